import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const broken = anInstance({
  status: "error",
  statusReason: "…",
  statusDetail: {
    code: "CRASH_LOOP",
    exitCode: 78,
    lines: ["loading", "Invalid config: channels", 'Run "openclaw doctor"'],
  },
});

test("shows the facts, with folders as the host has them", async () => {
  renderApp({ path: "/instances/zhangsan", instances: [anInstance({ restartCount: 3 })] });
  expect(await screen.findByRole("heading", { name: "张三" })).toBeTruthy();
  expect(await screen.findByText("/srv/claw/instances/zhangsan/data")).toBeTruthy();
  expect(screen.getByText("18789")).toBeTruthy();
  await expect.poll(() => document.title).toBe("张三 · ClawMultiDeploy");
});

test("in error it says what happened, the last lines, and offers what helps", async () => {
  const { fake } = renderApp({
    path: "/instances/zhangsan",
    instances: [broken],
    answers: { "instances.restart": () => broken },
  });
  const panel = await screen.findByRole("region", { name: "What went wrong" });
  expect(within(panel).getByText(/exit code 78 \(invalid configuration/)).toBeTruthy();
  const [complaint, lines] = within(panel).getAllByText(/Invalid config: channels/);
  expect(complaint?.textContent).toBe("Invalid config: channels");
  expect(lines?.textContent).toContain("loading");
  expect(panel.textContent).toMatch(/^Invalid config: channels/);
  fireEvent.click(within(panel).getByRole("button", { name: "Try again" }));
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("instances.restart");
  fireEvent.click(within(panel).getByRole("button", { name: "Edit the configuration" }));
  await expect.poll(() => window.location.pathname).toBe("/instances/zhangsan/config");
});

test("beside the text that is to be mended stands what the gateway complains of", async () => {
  renderApp({
    path: "/instances/zhangsan/config",
    instances: [broken],
    answers: { "instances.readConfig": () => ({ text: "{}", revision: "1" }) },
  });
  const panel = await screen.findByRole("region", { name: "What went wrong" });
  expect(within(panel).getByText("Invalid config: channels")).toBeTruthy();
});

test.each([
  ["definition", "A newer container definition applies at the next restart."],
  ["image", /^openclaw:local now refers to another image/],
] as const)("says that a change of the %s is pending", async (pendingChange, sentence) => {
  renderApp({ path: "/instances/zhangsan", instances: [anInstance({ pendingChange })] });
  expect(await screen.findByText(sentence)).toBeTruthy();
});

test("tabs have addresses", async () => {
  renderApp({ path: "/instances/zhangsan", instances: [anInstance()] });
  fireEvent.click(await screen.findByRole("tab", { name: "Danger zone" }));
  await expect.poll(() => window.location.pathname).toBe("/instances/zhangsan/danger");
  expect(screen.getByRole("tab", { name: "Danger zone" }).getAttribute("aria-selected")).toBe(
    "true",
  );
});

test("an instance that does not exist, or no longer, says so", async () => {
  const { fake } = renderApp({ path: "/instances/zhangsan", instances: [anInstance()] });
  expect(await screen.findByRole("heading", { name: "张三" })).toBeTruthy();
  fake.push("instances.watch", { type: "removed", id: "zhangsan" });
  expect(await screen.findByText("This instance no longer exists.")).toBeTruthy();
});

test("initialising without a provider shows the job to its end", async () => {
  const job = aJob({ id: "job-9", kind: "init", instanceId: "zhangsan", step: "init.ready" });
  const { fake } = renderApp({
    path: "/instances/zhangsan",
    instances: [anInstance()],
    answers: { "instances.init": () => job },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Initialise" }));
  const dialog = await screen.findByRole("dialog", { name: "Initialise 张三" });
  fireEvent.click(within(dialog).getByRole("button", { name: "Initialise" }));
  await expect.poll(() => fake.calls.at(-1)?.input).toEqual({ id: "zhangsan" });
  fake.push("jobs.watch", { type: "changed", job });
  expect(await within(dialog).findByText("Waiting for the gateway")).toBeTruthy();
  fake.push("jobs.watch", { type: "changed", job: { ...job, status: "succeeded", progress: 1 } });
  expect(within(dialog).getByText("Done", { selector: "span" })).toBeTruthy();
  expect(within(dialog).getByRole("button", { name: "Open" })).toBeTruthy();
});
