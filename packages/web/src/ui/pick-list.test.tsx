import { fireEvent, render, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { PickField } from "./pick-field.tsx";
import { PickMenu } from "./pick-menu.tsx";

const MANY = Array.from({ length: 200 }, (_, index) => ({
  value: `user-${index}`,
  label: `User ${index}`,
  hint: `user-${index}`,
}));

function open() {
  const picked: string[] = [];
  render(() => (
    <PickMenu
      label="Add a user"
      trigger="Add"
      triggerClass=""
      options={[...MANY, { value: "zhangsan", label: "张三", hint: "18789" }]}
      onPick={(value) => picked.push(value)}
    />
  ));
  fireEvent.click(screen.getByRole("button", { name: "Add a user" }));
  return picked;
}
const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Add a user" });
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const options = () => screen.getAllByRole("option").map((option) => option.textContent);
const active = () =>
  document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent;

test("shows as many of 200 as one looks through, and says how many more there are", async () => {
  open();
  await screen.findByRole("combobox");
  expect(options()).toHaveLength(50);
  expect(screen.getByRole("status").textContent).toBe("151 more; type to find them");
  type("user 19");
  expect(options().every((text) => text?.includes("19"))).toBe(true);
  expect(screen.getByRole("status").textContent).toBe("");
  type("nobody");
  expect(screen.queryAllByRole("option")).toEqual([]);
  expect(screen.getByRole("status").textContent).toBe("Nothing matches");
});

test("is found by id and by pinyin initials, and chosen with the keyboard alone", async () => {
  const picked = open();
  await screen.findByRole("combobox");
  type("zs");
  await expect.poll(() => screen.queryAllByRole("option").length).toBe(1);
  expect(active()).toBe("张三 18789");
  fireEvent.keyDown(field(), { key: "Enter" });
  expect(picked).toEqual(["zhangsan"]);
  await expect.poll(() => screen.queryByRole("combobox")).toBeNull();
});

test("a field says what is chosen, and marks it in the list", async () => {
  render(() => <PickField label="Owner" value="user-3" onChange={() => {}} options={MANY} />);
  fireEvent.click(screen.getByRole("button", { name: "Owner: User 3" }));
  const chosen = await screen.findByRole("option", { selected: true });
  expect(chosen.textContent).toBe("User 3 user-3");
});
