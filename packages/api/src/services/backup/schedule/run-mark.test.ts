import { DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { expect, test } from "vitest";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { readDoneUntil, writeDoneUntil } from "./policy-records.ts";
import { createRunMark } from "./run-mark.ts";

const HOUR_MS = 3_600_000;
const HOURLY = { ...DEFAULT_BACKUP_POLICY, enabled: true, cron: "0 * * * *", timezone: "UTC" };

test("a run is due once after each of its times, and none from before the first mark", async () => {
  await using panel = await createTestPanel();
  const mark = createRunMark(panel.context);
  expect(await readDoneUntil(panel.context)).toBeNull();
  expect(await mark.isDue(HOURLY)).toBe(false);
  expect(await readDoneUntil(panel.context)).not.toBeNull();
  panel.host.advance(HOUR_MS);
  expect(await mark.isDue(HOURLY)).toBe(true);
  await mark.advance();
  expect(await mark.isDue(HOURLY)).toBe(false);
  panel.host.advance(5 * HOUR_MS);
  expect(await createRunMark(panel.context).isDue(HOURLY)).toBe(true);
});

test("a mark that a wrong clock set far ahead is replaced, and holds no run back", async () => {
  await using panel = await createTestPanel();
  await writeDoneUntil(panel.context, panel.host.now() + 24 * HOUR_MS);
  const mark = createRunMark(panel.context);
  expect(await mark.isDue(HOURLY)).toBe(false);
  panel.host.advance(HOUR_MS);
  expect(await mark.isDue(HOURLY)).toBe(true);
});

test("a mark that cannot be stored holds while the panel runs", async () => {
  await using panel = await createTestPanel();
  const mark = createRunMark(panel.context);
  await mark.isDue(HOURLY);
  panel.host.advance(HOUR_MS);
  panel.faults.failNext("store.saveSetting", new Error("the disk is full"));
  await expect(mark.advance()).rejects.toThrow("the disk is full");
  expect(await mark.isDue(HOURLY)).toBe(false);
});
