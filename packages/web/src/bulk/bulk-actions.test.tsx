import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const NAMES = ["Anna", "Bob", "Carla", "Dora", "Emil", "Finn"];
const stopped = NAMES.map((name, index) =>
  anInstance({
    id: name.toLowerCase(),
    name,
    port: 18789 + index,
    status: "stopped",
    desired: "stopped",
    startedAt: null,
  }),
);
const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
const button = (name: RegExp | string, within_?: HTMLElement) =>
  (within_ ? within(within_) : screen).getByRole<HTMLButtonElement>("button", { name });
const bar = () => screen.getByRole("region", { name: "Actions for the selected instances" });
const press = (element: HTMLElement, init = {}) => fireEvent.click(element, init);
const states = () =>
  within(screen.getByRole("dialog"))
    .getAllByRole("listitem")
    .map((row) => row.dataset.state);

test("chooses one by one, a range with shift, and all of what the filter shows", () => {
  renderApp({ instances: stopped });
  expect(screen.queryByRole("region", { name: /selected instances/ })).toBeNull();
  press(box("Select Bob"));
  press(box("Select Dora"), { shiftKey: true });
  expect(within(bar()).getByText("3 selected")).toBeTruthy();
  expect(box("Select all").indeterminate).toBe(true);
  fireEvent.input(screen.getByRole("searchbox"), { target: { value: "a" } });
  press(box("Select all"));
  expect(within(bar()).getByText("3 selected")).toBeTruthy();
  press(button("Clear the selection"));
  expect(screen.queryByRole("region", { name: /selected instances/ })).toBeNull();
});

test("the keyboard goes from box to box, and takes along what it passes", () => {
  renderApp({ instances: stopped });
  box("Select Anna").focus();
  fireEvent.keyDown(box("Select Anna"), { key: "ArrowDown", shiftKey: true });
  expect(document.activeElement).toBe(box("Select Bob"));
  fireEvent.keyDown(box("Select Bob"), { key: "ArrowDown", shiftKey: true });
  fireEvent.keyDown(box("Select Carla"), { key: "ArrowUp" });
  expect(within(bar()).getByText("3 selected")).toBeTruthy();
  fireEvent.keyDown(box("Select Bob"), { key: "a", ctrlKey: true });
  expect(within(bar()).getByText("6 selected")).toBeTruthy();
  fireEvent.keyDown(box("Select Bob"), { key: "Escape" });
  expect(screen.queryByRole("region", { name: /selected instances/ })).toBeNull();
});

test("starts four at a time, tells what failed and why, and tries only that again", async () => {
  const answers: (() => void)[] = [];
  let broken = true;
  const { fake } = renderApp({
    instances: stopped,
    answers: {
      "instances.start": async ({ id }: { id: string }) => {
        await new Promise<void>((resolve) => answers.push(resolve));
        if (id === "bob" && broken) throw panelError("PORT_TAKEN", "Port 18790 is used.");
        fake.push("instances.watch", {
          type: "changed",
          instance: { ...stopped.find((one) => one.id === id), status: "running" },
        });
      },
    },
  });
  press(box("Select all"));
  press(button("Start", bar()));
  await screen.findByRole("dialog", { name: "Start 6 instances" });
  await expect.poll(() => answers.length).toBe(4);
  expect(states()).toEqual(["running", "running", "running", "running", "waiting", "waiting"]);
  for (const answer of answers.splice(0)) answer();
  await expect.poll(() => answers.length).toBe(2);
  for (const answer of answers.splice(0)) answer();
  await expect.poll(states).toEqual(["done", "failed", "done", "done", "done", "done"]);
  expect(screen.getByText(/The port is in use. Port 18790 is used./)).toBeTruthy();
  expect(screen.getByRole("status", { name: "" }).textContent).toContain("5 of 6 done · 1 failed");

  broken = false;
  press(button("Retry 1 failed"));
  await expect.poll(() => answers.length).toBe(1);
  answers[0]?.();
  await expect.poll(states).toEqual(Array(6).fill("done"));
  expect(fake.calls.filter((call) => call.path === "instances.start")).toHaveLength(7);
});

test("a cancelled batch leaves what it has not begun, and can go on with it", async () => {
  const answers: (() => void)[] = [];
  renderApp({
    instances: stopped,
    answers: {
      "instances.remove": () => new Promise<void>((resolve) => answers.push(resolve)),
    },
  });
  press(box("Select all"));
  press(button("Delete…", bar()));
  const dialog = await screen.findByRole("dialog", { name: "Delete 6 instances" });
  press(button("Delete 6 instances", dialog));
  await screen.findByRole("dialog", { name: "Delete 6 instances, keep the data" });
  press(button("Cancel the remaining 2"));
  for (const answer of answers.splice(0)) answer();
  await expect.poll(states).toEqual(["done", "done", "done", "done", "skipped", "skipped"]);
  press(button("Continue with 2"));
  await expect.poll(() => answers.length).toBe(2);
});

test("closing the view stops nothing; the end is told, and can be looked at", async () => {
  const answers: (() => void)[] = [];
  renderApp({
    instances: stopped,
    answers: { "instances.start": () => new Promise<void>((resolve) => answers.push(resolve)) },
  });
  press(box("Select Anna"));
  press(button("Start", bar()));
  await screen.findByRole("dialog", { name: "Start 1 instance" });
  press(button("Continue in the background"));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(button("Batch, 0 of 1 done")).toBeTruthy();
  answers[0]?.();
  expect(await screen.findByText("Batch finished")).toBeTruthy();
  press(button("Show"));
  expect(await screen.findByRole("dialog", { name: "Start 1 instance" })).toBeTruthy();
});

test("deleting the data of many needs their number typed", async () => {
  const { fake } = renderApp({
    instances: stopped,
    answers: { "instances.remove": () => null, "instances.create": () => null },
  });
  press(box("Select Anna"));
  press(box("Select Bob"));
  press(button("Delete…", bar()));
  const dialog = await screen.findByRole("dialog", { name: "Delete 2 instances" });
  press(within(dialog).getByRole("radio", { name: "Delete the data too" }));
  const confirm = () => button("Delete 2 instances and data", dialog);
  expect(confirm().disabled).toBe(true);
  fireEvent.input(within(dialog).getByRole("textbox"), { target: { value: "2" } });
  press(confirm());
  await expect
    .poll(() => fake.calls.filter((call) => call.path === "instances.remove"))
    .toEqual([
      { path: "instances.remove", input: { id: "anna", deleteData: true } },
      { path: "instances.remove", input: { id: "bob", deleteData: true } },
    ]);
  await screen.findByRole("button", { name: "Done" });
  expect(screen.queryByRole("button", { name: "Recreate them" })).toBeNull();
});

test("taking several down is asked once, with their number; nothing happens before", async () => {
  const running = stopped.map((one) => ({ ...one, status: "running" as const }));
  const { fake } = renderApp({
    instances: running,
    answers: { "instances.stop": () => null, "instances.restart": () => null },
  });
  const called = (path: string) => fake.calls.filter((call) => call.path === path).length;
  press(box("Select all"));
  press(button("Stop", bar()));
  const dialog = await screen.findByRole("dialog", { name: "Stop 6 instances?" });
  expect(within(dialog).getAllByRole("listitem")).toHaveLength(6);
  press(button("Cancel", dialog));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(called("instances.stop")).toBe(0);

  press(button("Restart", bar()));
  const again = await screen.findByRole("dialog", { name: "Restart 6 instances?" });
  expect(called("instances.restart")).toBe(0);
  press(button("Restart 6 instances", again));
  await expect.poll(() => called("instances.restart")).toBe(6);
});

test("taking back the start of several takes them down, and asks like any stop", async () => {
  const { fake } = renderApp({
    instances: stopped,
    answers: { "instances.start": () => null, "instances.stop": () => null },
  });
  press(box("Select all"));
  press(button("Start", bar()));
  press(await screen.findByRole("button", { name: "Stop them again" }));
  const dialog = await screen.findByRole("dialog", { name: "Stop 6 instances?" });
  expect(fake.calls.some((call) => call.path === "instances.stop")).toBe(false);
  press(button("Stop 6 instances", dialog));
  await screen.findByRole("dialog", { name: "Stop 6 instances" });
});
