import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { STATUS } from "../testing/fake-api.ts";
import { aJob, anInstance, faultOf, ofPanel } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const zhangsan = anInstance();
const lisi = anInstance({ id: "lisi", name: "李四", port: 18790, status: "stopped" });
const invalid = anInstance({
  id: "broken",
  name: "Broken",
  port: 18791,
  status: "error",
  statusReason: "…",
  statusDetail: { code: "CRASH_LOOP", exitCode: 78, lines: ["Invalid config"] },
});
const lost = anInstance({
  id: "lost",
  name: "Lost",
  port: 18792,
  status: "error",
  statusReason: "…",
  statusDetail: { code: "CONTAINER_MISSING", exitCode: null, lines: [] },
});

const withStatus = (patch: Partial<typeof STATUS>) => ({
  "system.status": () => ({ ...STATUS, ...patch }),
});
const attention = () => screen.findByRole("list", { name: "Needs attention" });

const use = (id: string, cpuPercent: number, memoryBytes: number) => ({
  id,
  cpuPercent,
  memoryBytes,
  memoryLimitBytes: 2_000_000_000,
  networkReceivedBytes: 0,
  networkSentBytes: 0,
});

test("counts instances by status; each count leads to the list of these", async () => {
  renderApp({ path: "/", instances: [zhangsan, lisi, invalid] });
  const totals = within(await screen.findByRole("list", { name: "Instances by status" }));
  const links = totals
    .getAllByRole("link")
    .map((one) => [one.textContent, one.getAttribute("href")]);
  expect(links).toEqual([
    ["All 3", "/instances"],
    ["Running 1", "/instances?status=running"],
    ["Changing 0", "/instances?status=busy"],
    ["Stopped 1", "/instances?status=stopped"],
    ["Error 1", "/instances?status=error"],
  ]);
});

test("says that all is well, and shows the machine", async () => {
  renderApp({ path: "/", instances: [zhangsan] });
  expect(await screen.findByText("All is well")).toBeTruthy();
  expect(await screen.findByText("27.0.0")).toBeTruthy();
  expect(screen.getByRole("meter", { name: "CPU load" }).getAttribute("aria-valuetext")).toBe(
    "1.5 (4 cores)",
  );
  expect(screen.getByRole("meter", { name: "Disk" })).toBeTruthy();
});

test("an instance in error tells why, with the buttons that fit the cause", async () => {
  const { fake } = renderApp({
    path: "/",
    instances: [invalid, lost],
    conditions: [faultOf(lost), faultOf(invalid)],
    answers: { "instances.start": () => lost },
  });
  const [first, second] = within(await attention()).getAllByRole("listitem");
  if (!first || !second) throw new Error("Two instances are in error.");
  expect(within(first).getByText(/invalid configuration/)).toBeTruthy();
  const href = (name: string) => within(first).getByRole("link", { name }).getAttribute("href");
  expect(href("Edit the configuration")).toBe("/instances/broken/config");
  expect(href("See logs")).toBe("/instances/broken/logs");
  expect(within(second).queryByRole("link", { name: "See logs" })).toBeNull();
  fireEvent.click(within(second).getByRole("button", { name: "Start" }));
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({ path: "instances.start", input: { id: "lost" } });
});

test("many errors are shown in part, with the way to all", async () => {
  const instances = Array.from({ length: 7 }, (_, n) => ({
    ...invalid,
    id: `n${n}`,
    name: `N${n}`,
  }));
  renderApp({ path: "/", instances, conditions: instances.map(faultOf) });
  const more = await screen.findByRole("link", { name: "2 more instances have failed" });
  expect(more.getAttribute("href")).toBe("/instances?status=error");
});

test("a missing image, a full disk and containers of nobody are told", async () => {
  const { fake } = renderApp({
    path: "/",
    instances: [zhangsan],
    conditions: [
      ofPanel("IMAGE_MISSING", { image: "openclaw:local" }),
      ofPanel("DISK_NEARLY_FULL", { free: 4_000_000_000, total: 500_000_000_000 }),
      ofPanel("ORPHAN_CONTAINERS", { containers: [{ container: "openclaw-old", id: "old" }] }),
    ],
    answers: { "image.get": () => aJob() },
  });
  const card = within(await attention());
  expect(card.getByText("The disk is nearly full: 4 GB of 500 GB left")).toBeTruthy();
  expect(card.getByText("1 container has no instance")).toBeTruthy();
  fireEvent.click(card.getByRole("button", { name: "Get the image" }));
  await expect.poll(() => fake.calls.some((call) => call.path === "image.get")).toBe(true);
  fake.push("jobs.watch", { type: "changed", job: aJob() });
  expect(card.getByRole("progressbar", { name: "Get the image" })).toBeTruthy();
});

test("with Docker away, that is what is told, not what follows from it", async () => {
  renderApp({
    path: "/",
    instances: [anInstance({ status: "unknown" })],
    conditions: [ofPanel("ENGINE_UNREACHABLE", { message: "refused" })],
    answers: withStatus({
      engine: { kind: "docker", reachable: false, version: null, error: "refused" },
      image: { ref: "openclaw:local", present: false, id: null, size: null },
    }),
  });
  const card = within(await attention());
  expect(card.getByText("Docker is unreachable")).toBeTruthy();
  expect(card.getAllByRole("listitem")).toHaveLength(1);
  expect(screen.getByRole("link", { name: "Unknown 1" })).toBeTruthy();
  expect(await screen.findByText(/so usage is unknown/)).toBeTruthy();
  expect(screen.getAllByText("–")).toHaveLength(3);
});

test("a bar that is full is never below the word that all is well", async () => {
  const { memoryTotal } = STATUS.host;
  const host = { ...STATUS.host, memoryFree: memoryTotal * 0.05 };
  const left = { free: host.memoryFree, total: memoryTotal };
  renderApp({
    path: "/",
    instances: [zhangsan],
    conditions: [ofPanel("MEMORY_NEARLY_FULL", left)],
    answers: withStatus({ host }),
  });
  expect(within(await attention()).getByText(/The memory is nearly full/)).toBeTruthy();
  expect(screen.queryByText("All is well")).toBeNull();
});

test("shows what instances use together, and which use the most", async () => {
  const { fake } = renderApp({ path: "/", instances: [zhangsan, { ...lisi, status: "running" }] });
  const names = () =>
    within(screen.getByRole("region", { name: /Top consumers/ }))
      .getAllByRole("listitem")
      .map((item) => item.textContent);
  await expect.poll(() => fake.subscribed("instances.stats")).toEqual([undefined]);
  expect(names()).toHaveLength(2);
  fake.push("instances.stats", [
    use("zhangsan", 5, 800 * 1024 ** 2),
    use("lisi", 20, 300 * 1024 ** 2),
  ]);
  expect(names()).toEqual(["李四20%", "张三5.0%"]);
  expect(screen.getByText("25%")).toBeTruthy();
  expect(screen.getByText("1.1 GiB")).toBeTruthy();
  const rank = within(screen.getByRole("group", { name: "Rank by" }));
  fireEvent.click(rank.getByRole("button", { name: "Memory" }));
  expect(names()).toEqual(["张三800 MiB", "李四300 MiB"]);
});

test("the latest jobs are there, with their progress", async () => {
  renderApp({ path: "/", instances: [zhangsan], jobs: [aJob()] });
  expect(await screen.findByRole("progressbar", { name: "Get the image" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "All jobs" }).getAttribute("href")).toBe("/jobs");
});

test("a new installation is led to its first instance", async () => {
  renderApp({ path: "/" });
  expect(await screen.findByText("Docker is connected")).toBeTruthy();
  expect(screen.getByText("The OpenClaw image is present")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Create instance" }));
  expect(await screen.findByRole("dialog", { name: "Create instance" })).toBeTruthy();
});

test("the log of an instance is two clicks away", async () => {
  renderApp({ path: "/", instances: [zhangsan] });
  const trigger = await screen.findByRole("button", { name: "See logs" });
  fireEvent.pointerDown(trigger, { button: 0, pointerType: "mouse" });
  fireEvent.pointerUp(trigger, { button: 0, pointerType: "mouse" });
  const item = await screen.findByRole("menuitem", { name: "张三" });
  fireEvent.pointerDown(item, { button: 0, pointerType: "mouse" });
  fireEvent.pointerUp(item, { button: 0, pointerType: "mouse" });
  await expect.poll(() => window.location.pathname).toBe("/instances/zhangsan/logs");
});

test("a panel that does not answer is said", async () => {
  renderApp({
    path: "/",
    instances: [zhangsan],
    answers: {
      "system.status": () => {
        throw new TypeError("Failed to fetch");
      },
    },
  });
  expect(await screen.findByText("The panel does not respond.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});
