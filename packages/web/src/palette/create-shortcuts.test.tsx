import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const key = (name: string, target: Element = document.body, init = {}) =>
  fireEvent.keyDown(target, { key: name, code: name, ...init });

/** The listener starts a moment after the page appears. */
async function ready(path = "/jobs") {
  renderApp({ path, instances: [anInstance()] });
  await import("tinykeys");
  await new Promise((resolve) => setTimeout(resolve));
}

test("? lists the shortcuts, and Escape closes the list", async () => {
  await ready();
  key("?", document.body, { shiftKey: true });
  const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  key("Escape", dialog);
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});

test("g and a letter goes to a page, n asks for a new instance", async () => {
  await ready();
  key("g");
  key("i");
  await expect.poll(() => window.location.pathname).toBe("/instances");
  key("n");
  expect(await screen.findByRole("dialog", { name: "Create instance" })).toBeTruthy();
});

test("one page after the other; a letter alone goes nowhere", async () => {
  await ready();
  for (const [letter, path] of [
    ["s", "/system"],
    ["i", "/instances"],
    ["l", "/logs"],
    ["d", "/"],
    ["b", "/backups"],
    ["j", "/jobs"],
  ] as const) {
    key("g");
    key(letter);
    await expect.poll(() => window.location.pathname).toBe(path);
    key("s");
    expect(window.location.pathname).toBe(path);
  }
});

test("/ goes to the search; within it keys are letters, but the palette opens", async () => {
  await ready("/instances");
  key("/");
  const search = screen.getByRole("searchbox");
  expect(document.activeElement).toBe(search);
  key("n", search);
  key("?", search, { shiftKey: true });
  await Promise.resolve();
  expect(screen.queryByRole("dialog")).toBeNull();
  key("k", search, { ctrlKey: true });
  expect(await screen.findByRole("dialog", { name: "Search or jump" })).toBeTruthy();
});

test("a dialog has the keyboard for itself", async () => {
  await ready("/instances");
  key("n");
  const dialog = await screen.findByRole("dialog", { name: "Create instance" });
  key("k", dialog, { ctrlKey: true });
  key("?", dialog, { shiftKey: true });
  await Promise.resolve();
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
});
