import { expect, test } from "vitest";
import { withInstances } from "../../../tests/support/backup-home.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { isUp } from "./is-up.ts";

test("what may write to its files is up, also when it keeps ending", async () => {
  await using panel = await createTestPanel({ timing: { restartDelayMs: 60_000 } });
  await withInstances(panel, ["anna", "ben"], ["ben"]);
  expect([
    isUp(panel.context, "anna"),
    isUp(panel.context, "ben"),
    isUp(panel.context, "nobody"),
  ]).toEqual([true, false, false]);
  panel.engine.killOutside("anna", 1, true);
  await panel.until("anna", "error");
  expect(isUp(panel.context, "anna")).toBe(true);
});
