import path from "node:path";
import { pathToFileURL } from "node:url";
import { createClient } from "@libsql/client";
import { expect, test } from "vitest";
import { homeOfTest } from "../../../tests/support/test-app.ts";
import { openLibsqlStore } from "./libsql-store.ts";

/** A database with records as an older panel wrote them. */
async function withRecords(...records: string[]) {
  const file = path.join(await homeOfTest(), "claw.db");
  await (await openLibsqlStore(file))[Symbol.asyncDispose]();
  const client = createClient({ url: pathToFileURL(file).href });
  for (const record of records) await client.execute(record);
  client.close();
  return openLibsqlStore(file);
}

test("audit events with a reason of another name, or of none that is known, are listed", async () => {
  const results = ["ok", "partial", "TOO_MANY_TRIES", "SAFETY_COPY_NOT_FOUND", "GONE", "BUSY"];
  await using store = await withRecords(
    ...results.map(
      (result) =>
        `INSERT INTO audit (at, address, action, instance_ids, result) VALUES ('2026-01-01', '', 'a.b', '[]', '${result}')`,
    ),
  );
  const read = await store.listAudit({ limit: 10, before: null });
  expect(read.map(({ result }) => result).reverse()).toEqual([
    "ok",
    "partial",
    "TOO_MANY_ATTEMPTS",
    "SNAPSHOT_NOT_FOUND",
    "INTERNAL",
    "BUSY",
  ]);
});

const text = (value: unknown) => `'${JSON.stringify(value)}'`;

function jobRow(id: string, row: { kind: string; step: string; result?: unknown; more?: object }) {
  const more = Object.entries(row.more ?? {}).map(([name, value]) => [name, text(value)]);
  const columns = ["id", "kind", "step", "status", "progress", "created_at", "result"];
  const values = [`'${id}'`, `'${row.kind}'`, `'${row.step}'`, "'partial'", "1", "'2026-01-01'"];
  const names = [...columns, ...more.map(([name]) => name)].join(", ");
  const all = [...values, text(row.result ?? null), ...more.map(([, value]) => value)].join(", ");
  return `INSERT INTO jobs (${names}) VALUES (${all})`;
}

test("jobs of an older panel are read: with sentences as steps, and results of before", async () => {
  const failed = { id: "ben", reason: "TOO_MANY_TRIES", message: "No." };
  const restored = { from: "anna", id: "anna", safetyCopyId: "s1" };
  const part = { id: "anna", name: "Anna", bytes: 1 };
  await using store = await withRecords(
    jobRow("image", { kind: "image", step: "waiting for another build", result: "made" }),
    jobRow("begun", { kind: "verify", step: "verify", result: { opened: true } }),
    jobRow("restore", {
      kind: "restore",
      step: "restore.swap",
      result: { restored: [restored], failed: [failed] },
      more: { error: failed, detail: { instances: [part] } },
    }),
    jobRow("later", { kind: "of a later panel", step: "x" }),
  );
  const jobs = new Map((await store.listJobs(10)).map((job) => [job.id, job]));
  expect([...jobs.keys()].sort()).toEqual(["begun", "image", "restore"]);
  expect(jobs.get("image")).toMatchObject({ status: "partial", step: "begin", result: null });
  expect(jobs.get("begun")).toMatchObject({ step: "begin", result: { opened: true } });
  const reason = "TOO_MANY_ATTEMPTS";
  expect(jobs.get("restore")).toMatchObject({
    step: "restore.swap",
    error: { reason, message: "No." },
    detail: null,
    result: {
      restored: [{ from: "anna", id: "anna", snapshotId: "s1" }],
      failed: [{ id: "ben", reason, message: "No." }],
    },
  });
  expect(await store.findJob("restore")).toEqual(jobs.get("restore"));
  expect(await store.findJob("later")).toBeNull();
});
