import { type BackupPolicy, DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestApp, createTestPanel, homeOfTest } from "../../../../tests/support/test-app.ts";
import { getPolicy } from "./get-policy.ts";
import { writeLastRun } from "./policy-records.ts";
import { previewPolicy } from "./preview-policy.ts";
import { savePolicy } from "./save-policy.ts";

const NIGHTLY: BackupPolicy = { ...DEFAULT_BACKUP_POLICY, enabled: true, timezone: "UTC" };
const RECIPIENT = "age126rcs6hy2tgkffw9wt8tvg0qwqkxmvyttrwgm2zkhj7g2egyvs3qltuqjy";

test("before one is chosen it is off, in the time zone of the panel", async () => {
  await using panel = await createTestPanel({ config: { timezone: "Asia/Shanghai" } });
  expect(await getPolicy(panel.context)).toEqual({
    policy: { ...DEFAULT_BACKUP_POLICY, enabled: false, timezone: "Asia/Shanghai" },
    nextRun: null,
    lastRun: null,
    waiting: null,
  });
});

test("what is chosen is there again after a new start", async () => {
  const home = await homeOfTest();
  const policy = { ...NIGHTLY, instanceIds: ["anna"], recipients: [RECIPIENT], keepLast: 3 };
  {
    await using panel = await createTestPanel({ home });
    const saved = await savePolicy(panel.context, policy);
    expect(saved).toMatchObject({ policy, lastRun: null, waiting: null });
    expect(saved.nextRun).toMatch(/T03:00:00\.000Z$/);
  }
  await using panel = await createTestPanel({ home });
  expect((await getPolicy(panel.context)).policy).toEqual(policy);
});

describe("a policy is refused as a whole, and the one before stays,", () => {
  test.each([
    ["with a schedule that is none", { cron: "0 25 * * *" }, /hour: 25/],
    ["with a schedule that never comes", { cron: "0 3 30 2 *" }, /never comes/],
    ["with a time zone that is none", { timezone: "Mars" }, /no time zone "Mars"/],
    ["with no instance", { instanceIds: [] }, /at least one instance/],
    [
      "with a key that was mistyped",
      { recipients: [RECIPIENT, `${RECIPIENT.slice(0, -1)}q`] },
      /checksum/,
    ],
    ["also while it is off", { enabled: false, cron: "x x x x x" }, /five fields/],
  ])("%s", async (_, change, why) => {
    await using panel = await createTestPanel();
    await savePolicy(panel.context, NIGHTLY);
    const error = await rejects(
      savePolicy(panel.context, { ...NIGHTLY, ...change }),
      "INVALID_INPUT",
    );
    expect(error.message).toMatch(why);
    expect((await getPolicy(panel.context)).policy).toEqual(NIGHTLY);
  });
});

test("the next three times of a schedule are shown before it is saved", async () => {
  await using panel = await createTestPanel();
  const { next } = previewPolicy(panel.context, { cron: "15 3 * * *", timezone: "Asia/Tokyo" });
  expect(next).toHaveLength(3);
  for (const at of next) expect(at).toMatch(/T18:15:00\.000Z$/);
  expect(Date.parse(next[0] ?? "")).toBeGreaterThan(panel.host.now());
  expect(() => previewPolicy(panel.context, { cron: "15 3 * *", timezone: "UTC" })).toThrow(
    /five fields/,
  );
});

test("a run whose job is forgotten is not said to have succeeded", async () => {
  await using panel = await createTestPanel();
  const at = "2026-05-01T03:00:00.000Z";
  await writeLastRun(panel.context, { at, jobId: "gone", message: null });
  expect((await getPolicy(panel.context)).lastRun).toMatchObject({ at, status: "failed" });
});

test("a policy that a newer panel wrote, and this one cannot read, is off", async () => {
  await using panel = await createTestPanel();
  await panel.context.store.saveSetting("backup.policy", { ...NIGHTLY, cron: 7 });
  expect((await getPolicy(panel.context)).policy.enabled).toBe(false);
});

test("over the client: what is not of the right shape is refused by name", async () => {
  await using app = await createTestApp();
  const saved = await app.client.backups.savePolicy.mutate(NIGHTLY);
  expect(await app.client.backups.policy.query()).toEqual(saved);
  const schedule = { cron: "0 3 * * *", timezone: "UTC" };
  expect((await app.client.backups.previewPolicy.query(schedule)).next[0]).toBe(saved.nextRun);
  await expect(
    app.client.backups.savePolicy.mutate({ ...NIGHTLY, keepLast: 0 }),
  ).rejects.toMatchObject({ data: { code: "BAD_REQUEST", reason: "INVALID_INPUT" } });
  await expect(
    app.client.backups.previewPolicy.query({ ...schedule, cron: "61 3 * * *" }),
  ).rejects.toMatchObject({ data: { reason: "INVALID_INPUT" } });
});
