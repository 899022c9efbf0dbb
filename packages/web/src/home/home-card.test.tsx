import { fireEvent, screen } from "@solidjs/testing-library";
import { afterEach, expect, test, vi } from "vitest";
import { type FakeApi, panelError } from "../testing/fake-api.ts";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

afterEach(() => vi.restoreAllMocks());

const BEFORE = "2026-11-22T08:00:00.000Z";
const AFTER = "2026-11-22T09:00:00.000Z";
const stopped = anInstance({ status: "stopped", desired: "stopped", updatedAt: BEFORE });
const starting = anInstance({ status: "starting", updatedAt: AFTER });

function aTab() {
  const replace = vi.fn();
  const close = vi.fn();
  const tab = { opener: window, location: { replace }, close };
  vi.spyOn(window, "open").mockReturnValue(tab as unknown as Window);
  return { replace, close };
}

test("a member opens a stopped instance with one press, in a tab that waits for its start", async () => {
  const tab = aTab();
  const { fake } = renderApp({
    me: { role: "member" },
    path: "/",
    instances: [stopped],
    answers: {
      "instances.start": () => starting,
    },
  });
  const pushed = (instance: typeof starting) =>
    fake.push("instances.watch", { type: "changed", instance });
  fireEvent.click(await screen.findByRole("button", { name: "Start and open 张三" }));
  expect(window.open).toHaveBeenCalledWith("/starting/zhangsan", "_blank");
  await expect.poll(() => fake.calls.some(({ path }) => path === "instances.start")).toBe(true);
  pushed(starting);
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Start and open 张三" });
  expect([button.disabled, button.textContent]).toEqual([true, "Starting…"]);
  expect(fake.calls.some(({ path }) => path === "instances.open")).toBe(false);
  await expect
    .poll(() => tab.replace.mock.calls)
    .toEqual([[`/starting/zhangsan#since=${encodeURIComponent(AFTER)}`]]);
  pushed({ ...starting, status: "running" });
  expect(await screen.findByRole("button", { name: "Open 张三" })).toBeTruthy();
});

test("the tab closes when the panel refuses the start, and the page says so", async () => {
  const tab = aTab();
  renderApp({
    me: { role: "member" },
    path: "/",
    instances: [stopped],
    answers: {
      "instances.start": () => {
        throw panelError("BUSY", "…");
      },
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Start and open 张三" }));
  expect(await screen.findByText("Could not open 张三")).toBeTruthy();
  expect(tab.close).toHaveBeenCalledOnce();
});

test("an instance without a model leads to its set-up first, and may be opened all the same", async () => {
  let isSetUp = false;
  const { fake } = renderApp({
    me: { role: "member" },
    path: "/",
    instances: [anInstance()],
    answers: { "instances.modelState": () => ({ isSetUp }) },
  });
  const setUp = await screen.findByRole("button", { name: "Set up the model: 张三" });
  expect(screen.getByText(/the assistant cannot answer/)).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Open 张三" }).disabled).toBe(false);
  fireEvent.click(setUp);
  expect(await screen.findByRole("dialog", { name: /张三/ })).toBeTruthy();
  isSetUp = true;
  fake.push("jobs.watch", {
    type: "changed",
    job: aJob({
      kind: "init",
      instanceId: "zhangsan",
      status: "succeeded",
      result: { provider: "ollama", answered: true, url: "http://127.0.0.1:18789/" },
    }),
  });
  await expect.poll(() => screen.queryByText(/the assistant cannot answer/)).toBeNull();
});

test.each([
  ["has one", () => ({ isSetUp: true })],
  ["has a configuration that the panel cannot read", () => ({ isSetUp: null })],
  [
    "cannot be asked",
    () => {
      throw panelError("CONFIG_MISSING", "…");
    },
  ],
])("an instance that %s offers to be opened alone", async (_, answer) => {
  const { fake } = renderApp({
    me: { role: "member" },
    path: "/",
    instances: [anInstance()],
    answers: { "instances.modelState": answer },
  });
  await expect
    .poll(() => fake.calls.some(({ path }) => path === "instances.modelState"))
    .toBe(true);
  expect(await screen.findByRole("button", { name: "Open 张三" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Set up the model/ })).toBeNull();
});

const asked = (fake: FakeApi) =>
  fake.calls.filter(({ path }) => path === "instances.modelState").length;

test("no button shows up before it is known which ones there are, so that none moves", async () => {
  const answer = Promise.withResolvers<{ isSetUp: boolean }>();
  const { fake } = renderApp({
    me: { role: "member" },
    path: "/",
    instances: [anInstance()],
    answers: { "instances.modelState": () => answer.promise },
  });
  await expect.poll(() => asked(fake)).toBe(1);
  expect(screen.getByRole("heading", { name: "张三" })).toBeTruthy();
  for (const name of ["Open 张三", "Stop 张三"])
    expect(screen.queryByRole("button", { name })).toBeNull();
  answer.resolve({ isSetUp: false });
  expect(await screen.findByRole("button", { name: "Set up the model: 张三" })).toBeTruthy();
  for (const name of ["Open 张三", "Stop 张三"])
    expect(screen.getByRole("button", { name })).toBeTruthy();
});

test("a panel that is slow to say so keeps nobody from opening the instance", async () => {
  renderApp({
    me: { role: "member" },
    path: "/",
    instances: [anInstance()],
    answers: { "instances.modelState": () => new Promise(() => undefined) },
  });
  const open = await screen.findByRole("button", { name: "Open 张三" }, { timeout: 5_000 });
  expect(open).toBeTruthy();
});

test("a model that was set up elsewhere is noticed: after a save, and with the focus", async () => {
  let isSetUp = false;
  const { fake } = renderApp({
    me: { role: "member" },
    path: "/",
    instances: [anInstance()],
    answers: { "instances.modelState": () => ({ isSetUp }) },
  });
  const hint = () => screen.queryByText(/the assistant cannot answer/);
  await screen.findByText(/the assistant cannot answer/);
  expect(fake.subscribed("instances.watchConfig")).toEqual([{ id: "zhangsan" }]);
  isSetUp = true;
  fake.push("instances.watchConfig", { revision: "r1", outcome: "watched", lost: null });
  await expect.poll(hint).toBeNull();
  expect(fake.subscribed("instances.watchConfig")).toEqual([]);
  isSetUp = false;
  window.dispatchEvent(new Event("focus"));
  await expect.poll(hint).not.toBeNull();
});
