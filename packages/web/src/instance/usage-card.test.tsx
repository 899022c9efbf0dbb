import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";
// Loaded on demand by the page; imported first, so that no test waits for it.
import "../ui/chart.tsx";
import "./instance-page.tsx";

const use = (patch: object = {}) => ({
  id: "zhangsan",
  cpuPercent: 4,
  memoryBytes: 612 * 1024 ** 2,
  memoryLimitBytes: 2 * 1024 ** 3,
  networkReceivedBytes: 0,
  networkSentBytes: 0,
  ...patch,
});

test("charts tell in words what they draw", async () => {
  const { fake } = renderApp({ path: "/instances/zhangsan", instances: [anInstance()] });
  await expect.poll(() => fake.subscribed("instances.stats")).toEqual([{ ids: ["zhangsan"] }]);
  fake.push("instances.stats", [use({ cpuPercent: 8 })]);
  fake.push("instances.stats", [use()]);
  const cpu = await screen.findByRole("img", { name: /^CPU over time/ });
  expect(cpu.getAttribute("aria-label")).toBe(
    "CPU over time. CPU: newest 4.0%, lowest 4.0%, highest 8.0%.",
  );
  expect(screen.getByRole("img", { name: /Limit: newest 2 GiB/ })).toBeTruthy();
  expect(screen.getByText("612 MiB")).toBeTruthy();
  const hour = screen.getByRole("button", { name: "1 hour" });
  fireEvent.click(hour);
  expect(hour.getAttribute("aria-pressed")).toBe("true");
  expect(screen.getByRole("img", { name: /CPU: newest 6\.0%/ })).toBeTruthy();
});

test("an instance that never ran says what will be here, and the last numbers go when it stops", async () => {
  const { fake } = renderApp({
    path: "/instances/zhangsan",
    instances: [anInstance({ status: "stopped" })],
  });
  expect(await screen.findByText(/network use appear here/)).toBeTruthy();
  fake.push("instances.watch", { type: "changed", instance: anInstance() });
  await expect.poll(() => fake.subscribed("instances.stats").length).toBe(1);
  fake.push("instances.stats", [use()]);
  expect(await screen.findByText("4.0%")).toBeTruthy();
  fake.push("instances.stats", []);
  expect(screen.queryByText("4.0%")).toBeNull();
  expect(screen.getByRole("img", { name: /CPU: newest 4\.0%/ })).toBeTruthy();
});
