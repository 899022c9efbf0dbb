import { expect, test } from "vitest";
import { Child } from "../support/child.ts";
import { Panel } from "../support/panel.ts";
import { runExample } from "../support/run-example.ts";

test("the example creates an instance, follows its log and removes it", async () => {
  await using panel = await Panel.start({ rig: { heartbeatMs: 50 } });
  await runExample(panel);
});

test("the example says why an instance could not be made, and leaves nothing", async () => {
  await using panel = await Panel.start({ rig: { images: [] } });
  const example = new Child(["docs/examples/create-and-follow.ts", panel.url], {
    env: { CLAW_TOKEN: panel.token },
  });
  expect(await example.exitCode()).toBe(1);
  expect(example.output).toMatch(/image/);
  expect(await panel.client.instances.list.query()).toEqual([]);
});
