import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";

const EVERY_MS = 10_000;

test("room is looked for again and again, also after a look that failed", async () => {
  await using panel = await createTestPanel();
  const looks = () => panel.faults.calls.filter(({ method }) => method === "store.catchUp").length;
  panel.faults.record();
  panel.faults.failNext("store.catchUp", new Error("the disk does not answer"));
  for (let look = 1; look <= 3; look++) {
    panel.host.advance(EVERY_MS);
    await eventually(() => expect(looks()).toBe(look));
    await eventually(() => expect(panel.host.asleep).toBeGreaterThan(0));
  }
  expect(panel.logged.join("")).toContain("the disk does not answer");
});
