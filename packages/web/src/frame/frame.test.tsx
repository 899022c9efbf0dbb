import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { STATUS } from "../testing/fake-api.ts";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const withStatus = (patch: Partial<typeof STATUS>) => ({
  "system.status": () => ({ ...STATUS, ...patch }),
});

/** Menus open on mousedown and act on mouseup. */
async function choose(menu: RegExp | string, entry: string) {
  const trigger = screen.getByRole("button", { name: menu });
  fireEvent.pointerDown(trigger, { button: 0, pointerType: "mouse" });
  fireEvent.pointerUp(trigger, { button: 0, pointerType: "mouse" });
  const item = await screen.findByRole("menuitemradio", { name: entry });
  fireEvent.pointerDown(item, { button: 0, pointerType: "mouse" });
  fireEvent.pointerUp(item, { button: 0, pointerType: "mouse" });
  await expect.poll(() => screen.queryByRole("menu")).toBeNull();
}

test("the language changes without a reload, and is remembered", async () => {
  renderApp();
  await choose(/^Language/, "简体中文");
  expect(await screen.findByText("还没有实例")).toBeTruthy();
  expect(localStorage.getItem("claw.language")).toBe("zh");
});

test("the theme changes, and is remembered", async () => {
  renderApp();
  await choose("Theme", "Dark");
  await expect.poll(() => document.documentElement.dataset.theme).toBe("dark");
  expect(localStorage.getItem("claw.theme")).toBe("dark");
  await choose("Theme", "System");
  await expect.poll(() => document.documentElement.dataset.theme).toBeUndefined();
});

test("says that the memory engine has no real containers", async () => {
  renderApp({ answers: withStatus({ engine: { ...STATUS.engine, kind: "memory" } }) });
  expect(await screen.findByText("Demonstration: these are not real containers")).toBeTruthy();
});

test("says that Docker is away, why, and what to do; and asks again when it is back", async () => {
  const answers = withStatus({
    engine: { kind: "docker", reachable: false, version: null, error: "connect ENOENT" },
  });
  const { fake } = renderApp({ answers });
  const banner = await screen.findByRole("alert");
  expect(within(banner).getByText(/Docker is unreachable/)).toBeTruthy();
  expect(within(banner).getByText(/open Docker Desktop/)).toBeTruthy();
  expect(await within(banner).findByText("connect ENOENT")).toBeTruthy();
  fake.answers["system.status"] = () => STATUS;
  fake.push("instances.watch", { type: "engine", reachable: true });
  await expect.poll(() => screen.queryByText(/Docker is unreachable/)).toBeNull();
});

test("a missing image can be fetched, shows how far that is, and can be tried again", async () => {
  const answers = {
    ...withStatus({ image: { ref: "openclaw:local", present: false, id: null, size: null } }),
    "image.get": () => aJob(),
  };
  const { fake } = renderApp({ answers });
  fireEvent.click(await screen.findByRole("button", { name: "Get the image" }));
  await expect.poll(() => fake.calls.some((call) => call.path === "image.get")).toBe(true);
  fake.push("jobs.watch", { type: "changed", job: aJob({ progress: 0.4, step: "image.base" }) });
  expect(await screen.findByText(/Installing the base system and OpenClaw · 40%/)).toBeTruthy();
  expect(
    screen.getByRole("progressbar", { name: "Getting the image openclaw:local" }),
  ).toBeTruthy();
  const failed = aJob({
    status: "failed",
    error: { reason: "IMAGE_UNAVAILABLE", message: "No registry answered." },
  });
  fake.push("jobs.watch", { type: "changed", job: failed });
  expect(await screen.findByText("No registry answered.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

test("running jobs are counted at the top, with the progress of each", async () => {
  const { fake } = renderApp({ jobs: [aJob()] });
  fireEvent.click(await screen.findByRole("button", { name: "1 job running" }));
  const dialog = await screen.findByRole("dialog", { name: "1 job running" });
  expect(within(dialog).getByRole("progressbar", { name: "Get the image" })).toBeTruthy();
  fake.push("jobs.watch", { type: "changed", job: aJob({ status: "succeeded", progress: 1 }) });
  expect(screen.queryByRole("button", { name: "1 job running" })).toBeNull();
});

test("a lost connection is said, greys what there is, and is forgotten once it is back", async () => {
  const { fake } = renderApp({ instances: [anInstance()] });
  fake.connect(false);
  expect(await screen.findByText("Disconnected", undefined, { timeout: 3000 })).toBeTruthy();
  expect(screen.getByText(/retrying|reconnecting/)).toBeTruthy();
  expect(screen.getByRole("main").querySelector("[data-stale]")).toBeTruthy();
  expect(screen.getByRole("row", { name: /张三/ })).toBeTruthy();
  fake.connect(true);
  expect(screen.getByText("Connected")).toBeTruthy();
  expect(screen.getByRole("main").querySelector("[data-stale]")).toBeNull();
});

test("an address without a page says so", async () => {
  renderApp({ path: "/nowhere" });
  expect(await screen.findByText("There is no page at this address.")).toBeTruthy();
});
