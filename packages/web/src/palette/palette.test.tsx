import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const zhangsan = anInstance();
const lisi = anInstance({ id: "lisi", name: "李四", port: 18790, status: "stopped" });

async function open(scene: Parameters<typeof renderApp>[0] = {}) {
  const view = renderApp({ instances: [zhangsan, lisi], ...scene });
  fireEvent.click(screen.getByRole("button", { name: "Search or jump" }));
  await screen.findByRole("dialog", { name: "Search or jump" });
  return view;
}
const field = () => screen.getByRole<HTMLInputElement>("combobox");
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const key = (name: string) => fireEvent.keyDown(field(), { key: name });
const options = () => screen.getAllByRole("option").map((option) => option.textContent);
const active = () =>
  document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent;

test("jumps to an instance by its initials, with the keyboard alone", async () => {
  await open();
  await expect
    .poll(() => {
      type("ls");
      return options()[0];
    })
    .toBe("李四lisi · 18790");
  expect(active()).toBe("李四lisi · 18790");
  key("ArrowDown");
  expect(active()).toBe("李四 · Logs");
  expect(screen.getAllByRole("option", { selected: true })).toHaveLength(1);
  key("Enter");
  await expect.poll(() => window.location.pathname).toBe("/instances/lisi/logs");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("goes to every page that the navigation has", async () => {
  await open();
  const navigation = screen.getByRole("navigation", { name: "Main" });
  const places = within(within(navigation).getByRole("list")).getAllByRole("link");
  for (const place of places) {
    const name = place.querySelector("span")?.textContent ?? "";
    expect(name).not.toBe("");
    type(name);
    expect(options()).toContain(name);
  }
});

test("the list goes round, and says when nothing matches", async () => {
  await open();
  const first = active();
  key("ArrowUp");
  expect(active()).toBe(options().at(-1));
  key("ArrowDown");
  expect(active()).toBe(first);
  type("nothing of the kind");
  expect(screen.getByText("Nothing matches")).toBeTruthy();
  key("Enter");
  expect(screen.getByRole("dialog")).toBeTruthy();
});

test("does what a row could do, for what is allowed now", async () => {
  const { fake } = await open({ answers: { "instances.start": () => null } });
  type("18790 start");
  expect(options()).toEqual(["Start 李四"]);
  key("Enter");
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({ path: "instances.start", input: { id: "lisi" } });
});

test("switches the language, and opens the form for a new instance", async () => {
  await open();
  type("theme dark");
  key("Enter");
  await expect.poll(() => document.documentElement.dataset.theme).toBe("dark");
  delete document.documentElement.dataset.theme;
  fireEvent.keyDown(window, { key: "k", code: "KeyK", ctrlKey: true });
  await screen.findByRole("dialog", { name: "Search or jump" });
  type("create instance");
  key("Enter");
  expect(await screen.findByRole("dialog", { name: "Create instance" })).toBeTruthy();
});
