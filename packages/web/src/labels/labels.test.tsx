import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { createFakeBatches } from "../testing/fake-batches.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const instances = [
  anInstance({ id: "anna", name: "Anna", group: "销售", tags: ["VIP"] }),
  anInstance({ id: "bob", name: "Bob", port: 18790, group: "销售" }),
  anInstance({ id: "carla", name: "Carla", port: 18791, tags: ["vip", "test"] }),
];
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });
const shown = () =>
  screen.getAllByRole("checkbox", { name: /^Select (?!all)/ }).map((box) => {
    return box.getAttribute("aria-label") ?? box.parentElement?.textContent;
  }).length;
const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

test("the list is filtered by a label, in any spelling, and the address keeps it", async () => {
  const { unmount } = renderApp({ instances });
  expect(shown()).toBe(3);
  fireEvent.click(screen.getAllByRole("link", { name: "Group 销售" })[0] as HTMLElement);
  await expect.poll(shown).toBe(2);
  expect(new URLSearchParams(location.search).get("group")).toBe("销售");
  unmount();

  renderApp({ instances, path: "/instances?tag=Vip" });
  await expect.poll(shown).toBe(2);
  expect(button(/^Tag:? ?VIP/)).toBeTruthy();
});

test("the list is filtered for instances without a group, and the address keeps it", async () => {
  const { unmount } = renderApp({ instances });
  const mouse = { button: 0, pointerType: "mouse" };
  fireEvent.pointerDown(button(/^Group/), mouse);
  const none = await screen.findByRole("menuitemradio", { name: "No group" });
  fireEvent.pointerDown(none, mouse);
  fireEvent.pointerUp(none, mouse);
  await expect.poll(shown).toBe(1);
  const path = `/instances${location.search}`;
  expect(path).toContain("group=");
  unmount();

  renderApp({ instances, path });
  await expect.poll(shown).toBe(1);
  expect(button(/No group/)).toBeTruthy();
});

test("one instance gets another name and other labels; a comma ends a tag", async () => {
  const { fake } = renderApp({
    instances,
    path: "/instances/anna",
    answers: { "instances.update": () => null },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Edit name and labels…" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit Anna" });
  type(within(dialog).getByLabelText("Group"), " ");
  const tags = within(dialog).getByLabelText<HTMLInputElement>("Tags");
  type(tags, "vip, new,");
  expect(tags.value).toBe("");
  type(tags, "x");
  fireEvent.blur(tags);
  fireEvent.click(within(dialog).getByRole("button", { name: "Remove the tag new" }));
  fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "instances.update")?.input)
    .toEqual({ id: "anna", name: "Anna", group: null, tags: ["VIP", "x"] });
});

test("a tag that is too long stays in the field, with what is wrong", async () => {
  renderApp({ instances, path: "/instances/anna" });
  fireEvent.click(await screen.findByRole("button", { name: "Edit name and labels…" }));
  const tags = within(await screen.findByRole("dialog")).getByLabelText<HTMLInputElement>("Tags");
  type(tags, "x".repeat(41));
  fireEvent.keyDown(tags, { key: "Enter" });
  expect(screen.getByText("1 to 40 visible characters on one line.")).toBeTruthy();
  expect(tags.value).toHaveLength(41);
});

test("many get what is filled in, as one batch with their number; the rest stays", async () => {
  const batches = createFakeBatches();
  const { fake } = renderApp({ instances, answers: batches.answers });
  batches.of(fake);
  fireEvent.click(screen.getByRole("checkbox", { name: "Select all" }));
  fireEvent.click(button("Labels…"));
  const dialog = await screen.findByRole("dialog", { name: "Label 3 instances" });
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", {
    name: "Label 3 instances",
  });
  expect(confirm.disabled).toBe(true);
  type(within(dialog).getByLabelText("Add tags"), "new,");
  type(within(dialog).getByLabelText("Remove tags"), "test,");
  fireEvent.click(within(dialog).getByRole("switch", { name: "Remove them from their group" }));
  fireEvent.click(confirm);
  const change = { group: null, addTags: ["new"], removeTags: ["test"] };
  await expect
    .poll(() => batches.asked)
    .toEqual([
      {
        action: "label",
        instances: ["anna", "bob", "carla"].map((id) => ({ id, ...change })),
      },
    ]);
});
