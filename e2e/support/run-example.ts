import { expect } from "vitest";
import { Child } from "./child.ts";
import type { Panel } from "./panel.ts";

/** Runs docs/examples/create-and-follow.ts as a newcomer does, and checks what it prints and leaves. */
export async function runExample(panel: Panel): Promise<void> {
  const example = new Child(["docs/examples/create-and-follow.ts", panel.url], {
    env: { CLAW_TOKEN: panel.token },
  });
  const exitCode = await example.exitCode();
  const lines = example.output.trim().split("\n");
  expect(exitCode, example.output).toBe(0);
  expect(lines[0]).toBe("Created example");
  expect(lines[1]).toMatch(/^It runs at http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(lines.slice(2, -1).map((line) => Number(line.split(".")[0]))).toEqual(
    Array.from({ length: 10 }, (_, index) => index + 1),
  );
  expect(lines.at(-1)).toBe("Removed example");
  expect(await panel.client.instances.list.query()).toEqual([]);
}
