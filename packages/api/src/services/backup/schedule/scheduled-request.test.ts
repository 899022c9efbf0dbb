import { DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { writePolicy } from "./policy-records.ts";
import { isSameRun, requestOf, requireSameRun } from "./scheduled-request.ts";

const POLICY = { ...DEFAULT_BACKUP_POLICY, enabled: true, timezone: "UTC" };

test("another retention makes no other run; another time or other instances do", () => {
  expect(isSameRun(POLICY, { ...POLICY, keepLast: 99, keepDaily: 98, keepWeekly: 97 })).toBe(true);
  expect(isSameRun(POLICY, { ...POLICY, cron: "1 2 3 4 5" })).toBe(false);
  expect(isSameRun(POLICY, { ...POLICY, instanceIds: ["anna"] })).toBe(false);
});

test("a run whose policy has changed, or was switched off, is cancelled and says so", async () => {
  await using panel = await createTestPanel();
  await writePolicy(panel.context, { ...POLICY, keepLast: 99 });
  await requireSameRun(panel.context, POLICY);
  await writePolicy(panel.context, { ...POLICY, cron: "1 2 3 4 5" });
  await expect(requireSameRun(panel.context, POLICY)).rejects.toThrow("was changed while");
  await writePolicy(panel.context, { ...POLICY, enabled: false });
  await rejects(requireSameRun(panel.context, POLICY), "CANCELLED");
  await expect(requireSameRun(panel.context, POLICY)).rejects.toThrow("was switched off while");
});

test("instances that are gone are left out, and a policy for none of the others refused", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const { mode } = POLICY;
  expect(requestOf(panel.context, { ...POLICY, instanceIds: ["gone", "anna"] })).toEqual({
    mode,
    instanceIds: ["anna"],
  });
  expect(() => requestOf(panel.context, { ...POLICY, instanceIds: ["gone"] })).toThrow(
    "None of the instances that the schedule names exists any more.",
  );
});
