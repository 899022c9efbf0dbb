import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { createFakeBatches } from "../testing/fake-batches.ts";
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

/** The page over a panel whose batches the test drives. */
function renderList(instances = stopped, answers: Record<string, (input: never) => unknown> = {}) {
  const batches = createFakeBatches();
  const view = renderApp({ instances, answers: { ...batches.answers, ...answers } });
  batches.of(view.fake);
  return { ...view, batches };
}
const ok = (...ids: string[]) => ids.map((id) => ({ id, ok: true }));
const IDS = stopped.map(({ id }) => id);

test("the panel does all; what failed is told with why, and only that is tried again", async () => {
  const { fake, batches } = renderList();
  press(box("Select all"));
  press(button("Start", bar()));
  await screen.findByRole("dialog", { name: "Start 6 instances" });
  await expect.poll(() => batches.asked).toEqual([{ action: "start", ids: IDS }]);
  batches.begin("anna", "bob");
  await expect
    .poll(states)
    .toEqual(["running", "running", "waiting", "waiting", "waiting", "waiting"]);
  expect(screen.getByText(/You can close this window or the page/)).toBeTruthy();
  const taken = {
    id: "bob",
    ok: false,
    reason: "PORT_TAKEN",
    message: "Port 18790 is used.",
  } as const;
  for (const one of stopped.filter(({ id }) => id !== "bob"))
    fake.push("instances.watch", {
      type: "changed",
      instance: { ...one, status: "running" },
    });
  batches.end(...ok("anna"), taken, ...ok("carla", "dora", "emil", "finn"));
  batches.finish("partial");
  await expect.poll(states).toEqual(["done", "failed", "done", "done", "done", "done"]);
  expect(screen.getByText(/The port is in use. Port 18790 is used./)).toBeTruthy();
  const summary = within(screen.getByRole("dialog")).getByRole("status");
  expect(summary.textContent).toContain("5 of 6 done · 1 failed");

  press(button("Retry 1 failed"));
  await expect.poll(() => batches.asked[1]).toEqual({ action: "start", ids: ["bob"] });
  fake.push("instances.watch", {
    type: "changed",
    instance: { ...stopped[1], status: "running" },
  });
  batches.end(...ok("bob"));
  batches.finish();
  await expect.poll(states).toEqual(Array(6).fill("done"));
});

test("a start that failed is told by the instance itself", async () => {
  const { fake, batches } = renderList();
  press(box("Select Anna"));
  press(button("Start", bar()));
  await expect.poll(() => batches.asked.length).toBe(1);
  const broken = anInstance({ id: "anna", name: "Anna", status: "error", statusReason: "No." });
  fake.push("instances.watch", { type: "changed", instance: broken });
  batches.end({ id: "anna", ok: false, reason: "START_FAILED", message: "anna: exit code 78" });
  batches.finish("failed");
  await expect.poll(states).toEqual(["failed"]);
  expect(within(screen.getByRole("dialog")).queryByText(/exit code 78/)).toBeNull();
  expect(within(screen.getByRole("dialog")).getByText("No.")).toBeTruthy();
});

test("a batch that the panel refuses has failed for all, with why", async () => {
  renderList(stopped, {
    "batches.run": () => {
      throw panelError("BUSY", "The limit is 3 at a time for each user.");
    },
  });
  press(box("Select all"));
  press(button("Start", bar()));
  await expect.poll(() => screen.queryAllByText(/The limit is 3 at a time/).length).toBe(6);
  expect(states()).toEqual(Array(6).fill("failed"));
});

test("a cancelled batch leaves what it has not begun, and can go on with it", async () => {
  const { batches } = renderList();
  press(box("Select all"));
  press(button("Delete…", bar()));
  const dialog = await screen.findByRole("dialog", { name: "Delete 6 instances" });
  press(button("Delete 6 instances", dialog));
  await screen.findByRole("dialog", { name: "Delete 6 instances, keep the data" });
  await expect.poll(() => batches.asked.length).toBe(1);
  batches.end(...ok("anna", "bob", "carla", "dora"));
  press(await screen.findByRole("button", { name: "Cancel the remaining 2" }));
  await expect.poll(states).toEqual(["done", "done", "done", "done", "skipped", "skipped"]);
  press(button("Continue with 2"));
  await expect
    .poll(() => batches.asked[1])
    .toEqual({ action: "remove", ids: ["emil", "finn"], options: { deleteData: false } });
});

test("one that is cancelled before the panel has answered is cancelled then", async () => {
  const answered = Promise.withResolvers<void>();
  const batches = createFakeBatches();
  const { fake } = renderApp({
    instances: stopped,
    answers: {
      ...batches.answers,
      "batches.run": async (input: never) => {
        await answered.promise;
        return batches.answers["batches.run"](input);
      },
    },
  });
  batches.of(fake);
  press(box("Select all"));
  press(button("Start", bar()));
  press(await screen.findByRole("button", { name: "Cancel the remaining 6" }));
  answered.resolve();
  await expect.poll(states).toEqual(Array(6).fill("skipped"));
  expect(fake.calls.at(-1)).toEqual({ path: "jobs.cancel", input: { id: "batch-1" } });
});

test("closing the view stops nothing; the end is told, and can be looked at", async () => {
  const { batches } = renderList();
  press(box("Select Anna"));
  press(button("Start", bar()));
  await screen.findByRole("dialog", { name: "Start 1 instance" });
  press(button("Continue in the background"));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(button("Batch, 0 of 1 done")).toBeTruthy();
  await expect.poll(() => batches.asked.length).toBe(1);
  // The panel continues without the page.
  expect(window.dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(true);
  batches.end(...ok("anna"));
  batches.finish();
  expect(await screen.findByText("Batch finished")).toBeTruthy();
  press(button("Show"));
  expect(await screen.findByRole("dialog", { name: "Start 1 instance" })).toBeTruthy();
});

test("deleting the data of many needs their number typed", async () => {
  const { batches } = renderList();
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
    .poll(() => batches.asked)
    .toEqual([{ action: "remove", ids: ["anna", "bob"], options: { deleteData: true } }]);
  batches.end(...ok("anna", "bob"));
  batches.finish();
  await screen.findByRole("button", { name: "Done" });
  expect(screen.queryByRole("button", { name: "Recreate them" })).toBeNull();
});

test("taking several down is asked once, with their number; nothing happens before", async () => {
  const { batches } = renderList(stopped.map((one) => ({ ...one, status: "running" as const })));
  press(box("Select all"));
  press(button("Stop", bar()));
  const dialog = await screen.findByRole("dialog", { name: "Stop 6 instances?" });
  expect(within(dialog).getAllByRole("listitem")).toHaveLength(6);
  press(button("Cancel", dialog));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();

  press(button("Restart", bar()));
  const again = await screen.findByRole("dialog", { name: "Restart 6 instances?" });
  expect(batches.asked).toEqual([]);
  press(button("Restart 6 instances", again));
  await expect.poll(() => batches.asked).toEqual([{ action: "restart", ids: IDS }]);
});

test("taking back the start of several takes them down, and asks like any stop", async () => {
  const { batches } = renderList();
  press(box("Select all"));
  press(button("Start", bar()));
  await expect.poll(() => batches.asked.length).toBe(1);
  batches.end(...ok(...IDS));
  batches.finish();
  press(await screen.findByRole("button", { name: "Stop them again" }));
  const dialog = await screen.findByRole("dialog", { name: "Stop 6 instances?" });
  expect(batches.asked).toHaveLength(1);
  press(button("Stop 6 instances", dialog));
  await screen.findByRole("dialog", { name: "Stop 6 instances" });
  await expect.poll(() => batches.asked[1]).toEqual({ action: "stop", ids: IDS });
});

test("many restart in waves, which pause, where the dialog is asked to", async () => {
  const { batches } = renderList(stopped.map((one) => ({ ...one, status: "running" as const })));
  press(box("Select all"));
  press(button("Restart", bar()));
  const dialog = await screen.findByRole("dialog", { name: "Restart 6 instances?" });
  press(within(dialog).getByRole("switch", { name: "In waves" }));
  const size = within(dialog).getByRole("textbox", { name: "Instances per wave" });
  fireEvent.input(size, { target: { value: "7" } });
  expect(button("Restart 6 instances", dialog).disabled).toBe(true);
  fireEvent.input(size, { target: { value: "2" } });
  press(within(dialog).getByRole("switch", { name: "Stop at the first failure" }));
  press(button("Restart 6 instances", dialog));
  const options = { wave: 2, pauseBetween: true, stopAtFirstFailure: false };
  await expect.poll(() => batches.asked).toEqual([{ action: "restart", ids: IDS, options }]);
  expect(await screen.findByRole("button", { name: "Pause" })).toBeTruthy();
});

test("those that could open through the panel change in waves, after a question with their number", async () => {
  const { batches } = renderList(
    stopped.map((one, index) => ({
      ...one,
      opensBy: index < 3 ? ("token-migratable" as const) : ("token" as const),
      status: "running" as const,
    })),
  );
  press(box("Select Emil"));
  expect(within(bar()).queryByRole("button", { name: /^Via panel/ })).toBeNull();
  press(box("Select all"));
  press(button("Via panel… 3", bar()));
  const dialog = await screen.findByRole("dialog", {
    name: "Let 3 instances open through the panel?",
  });
  expect(batches.asked).toEqual([]);
  press(within(dialog).getByRole("switch", { name: "In waves" }));
  press(button("Let 3 instances open through the panel", dialog));
  const options = { wave: 1, pauseBetween: true, stopAtFirstFailure: true };
  await expect
    .poll(() => batches.asked)
    .toEqual([{ action: "migrate", ids: IDS.slice(0, 3), options }]);
  batches.end(...ok("anna"), { id: "bob", ok: false, reason: "GATEWAY_REFUSES", message: "…" });
  batches.finish("partial");
  expect(await screen.findByText("Opens through the panel")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /again$/ }), "it has no undo").toBeNull();
});
