import { expect, test } from "vitest";
import { addScheduled } from "../../../../tests/support/scheduled-backups.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { pruneBackups } from "./prune-backups.ts";

const KEEP_ONE = { keepLast: 1, keepDaily: 0, keepWeekly: 0, timezone: "UTC" };

async function withBackups() {
  const panel = await createTestPanel();
  await addScheduled(panel.context, ["2026-01-01", "2026-01-02", "2026-01-03"]);
  const left = async () => (await panel.context.store.listBackups()).map(({ id }) => id);
  return { panel, left, [Symbol.asyncDispose]: () => panel[Symbol.asyncDispose]() };
}

test("what the policy lets go is deleted, file and record, and said in the log", async () => {
  await using has = await withBackups();
  const { faults, context, logged } = has.panel;
  faults.record();
  const removed = await pruneBackups(context, KEEP_ONE);
  expect(removed.map(({ id }) => id)).toEqual(["2026-01-01", "2026-01-02"]);
  expect(await has.left()).toEqual(["2026-01-03"]);
  const files = faults.calls.filter(({ method }) => method === "repository.delete");
  expect(files.map(({ args }) => args[0])).toEqual(["2026-01-01.tar", "2026-01-02.tar"]);
  expect(logged.join("")).toContain("2026-01-02.tar was deleted, as the policy says");
});

test("one that is being read, or cannot be deleted, stays for the next time; the others go", async () => {
  await using has = await withBackups();
  const { context } = has.panel;
  await context.runtime.backups.reading("2026-01-01", () => pruneBackups(context, KEEP_ONE));
  expect(await has.left()).toEqual(["2026-01-03", "2026-01-01"]);
  has.panel.faults.failNext("repository.delete", new Error("the file is held"));
  expect(await pruneBackups(context, KEEP_ONE)).toEqual([]);
  expect(has.panel.logged.join("")).toContain("the file is held");
  expect(await pruneBackups(context, KEEP_ONE)).toHaveLength(1);
});
