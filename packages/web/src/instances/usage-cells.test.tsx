import { screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const zhangsan = anInstance();
const lisi = anInstance({ id: "lisi", name: "李四", port: 18790, status: "stopped" });

const use = (id: string) => ({
  id,
  cpuPercent: 1.84,
  memoryBytes: 612 * 1024 ** 2,
  memoryLimitBytes: 2 * 1024 ** 3,
  networkReceivedBytes: 0,
  networkSentBytes: 0,
});

test("a row shows what its instance uses while it runs, and a dash otherwise", async () => {
  const { fake } = renderApp({ instances: [zhangsan, lisi] });
  await expect.poll(() => fake.subscribed("instances.stats")).toEqual([{ ids: ["zhangsan"] }]);
  const cells = (name: RegExp) =>
    within(screen.getByRole("row", { name }))
      .getAllByRole("cell")
      .map((cell) => cell.textContent);
  fake.push("instances.stats", [use("zhangsan")]);
  expect(cells(/张三/)).toEqual(expect.arrayContaining(["1.8%", "612 MiB"]));
  expect(cells(/李四/)).not.toEqual(expect.arrayContaining(["1.8%"]));
  fake.push("instances.watch", { type: "changed", instance: { ...zhangsan, status: "stopping" } });
  expect(cells(/张三/)).not.toEqual(expect.arrayContaining(["1.8%"]));
});
