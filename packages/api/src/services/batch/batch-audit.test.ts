import type { BatchItemResult } from "@claw/core/batch";
import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { NOBODY } from "../access/audit-draft.ts";
import { recordBatchEnd } from "./batch-audit.ts";
import { createBatchRecord } from "./batch-record.ts";

const ok = (id: string): BatchItemResult => ({ id, ok: true });
const bad = (id: string): BatchItemResult => ({ id, ok: false, reason: "BUSY", message: "Busy." });

test.each<[string, BatchItemResult[], boolean, string, string[]]>([
  ["all", [ok("a"), ok("b")], false, "ok", ["a", "b"]],
  ["some", [ok("a"), bad("b")], false, "partial", ["a"]],
  ["none", [bad("a"), bad("b")], false, "BUSY", ["a", "b"]],
  ["some, and was cancelled", [ok("a")], true, "CANCELLED", ["a"]],
])("a batch that did %s names what it did", async (_, results, isCancelled, result, named) => {
  await using panel = await createTestPanel();
  const abort = new AbortController();
  if (isCancelled) abort.abort();
  const job = {
    ...{ id: "j1", signal: abort.signal, report: () => {}, detail: () => {}, result: () => {} },
    ...{ failed: () => {}, incomplete: () => {}, note: () => {}, save: async () => {} },
  };
  const request = { action: "stop" as const, ids: ["a", "b"] };
  const record = { ...createBatchRecord(job, request), results };
  await recordBatchEnd(panel.context, { job, request, record, by: NOBODY, about: [] });
  const [entry] = await panel.context.store.listAudit({ before: null, limit: 1 });
  expect(entry).toMatchObject({ action: "batches.stop", object: "j1", result, instanceIds: named });
});
