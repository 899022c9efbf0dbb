import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { InstanceSpec } from "@claw/core/instance";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { makeOlderDatabase, sqlOf } from "../../../tests/support/older-database.ts";
import { readMark, writeMark } from "../../../tests/support/restoring.ts";
import { snapshotOf, specOf } from "../../../tests/support/specs.ts";
import {
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  TEST_RANGES,
} from "../../../tests/support/test-app.ts";
import { expectWhole } from "../../../tests/support/wholeness.ts";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import { createInstance } from "../../services/instance/create-instance.ts";
import type { SnapshotRecord } from "../snapshot-records.ts";
import { openLibsqlStore } from "./libsql-store.ts";

/** The last migration of panels whose journal held restores only. */
const BEFORE = 9;
const AT = "2026-01-01T00:00:00.000Z";

function rowOf(table: string, row: Record<string, unknown>): string {
  const columns = Object.keys(row).map((name) => `"${name}"`);
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${Object.values(row).map(sqlOf).join(", ")})`;
}

const restoreRow = (row: {
  id: string;
  staged: string;
  kept: string;
  specBefore: InstanceSpec | null;
}) =>
  rowOf("restores", {
    instance_id: row.id,
    job_id: "j1",
    backup_id: "b1",
    staged: row.staged,
    kept: row.kept,
    spec_before: row.specBefore && olderSpec(row.specBefore),
    started_at: AT,
  });

const snapshotRow = ({ id, instanceId, kept }: SnapshotRecord) =>
  rowOf("safety_copies", {
    ...{ id, kept, instance_id: instanceId, name: "Anna", backup_id: "b1" },
    ...{ bytes: "1", created_at: AT, expires_at: "2999-01-01T00:00:00.000Z" },
  });

/** A spec as that panel wrote it. */
const olderSpec = ({
  label: _,
  ingress: _none,
  ingressFault: _neither,
  webhookPaths: _nor,
  template: _nothing,
  ownership: _random,
  ...spec
}: InstanceSpec) => spec;

const instanceRow = ({
  publishHost,
  createdAt,
  updatedAt,
  ...spec
}: ReturnType<typeof olderSpec>) =>
  rowOf("instances", {
    ...spec,
    port: String(spec.port),
    publish_host: publishHost,
    created_at: createdAt,
    updated_at: updatedAt,
  });

test("restores that an older panel left in its journal are replacements of data", async () => {
  const file = path.join(await homeOfTest(), "claw.db");
  const spec = specOf({ id: "anna", name: "Anna's" });
  const records = [
    restoreRow({ id: "anna", staged: "anna-j1", kept: "anna-j1", specBefore: spec }),
    restoreRow({ id: "ben", staged: "s1-j1", kept: "ben-j1", specBefore: null }),
    snapshotRow(snapshotOf({ id: "s1", instanceId: "ben", kept: "ben-j0" })),
  ];
  await makeOlderDatabase(file, { last: BEFORE, records });
  await using store = await openLibsqlStore(file);
  const common = { jobId: "j1", spec: null, containerBefore: null, startedAt: AT };
  expect(await store.listReplacements()).toEqual([
    {
      ...common,
      instanceId: "anna",
      data: { staged: "anna-j1", kept: "anna-j1", reverted: null },
      specBefore: { ...spec, ownership: "", label: expect.stringMatching(/^anna-[0-9a-f]{10}$/) },
    },
    {
      ...common,
      instanceId: "ben",
      data: { staged: "s1-j1", kept: "ben-j1", reverted: "s1" },
      specBefore: null,
    },
  ]);
});

test.each([
  "restore",
  "revert",
])("a %s that an older panel was killed in is undone by this one", async (kind) => {
  const isRevert = kind === "revert";
  const staged = isRevert ? "s1-j1" : "anna-j1";
  const home = await homeOfTest();
  await using engine = new MemoryEngine({
    home,
    ranges: TEST_RANGES,
    images: [TEST_IMAGE],
    startDelayMs: 5,
    heartbeatMs: 600_000,
  });
  let spec: InstanceSpec;
  {
    await using panel = await createTestPanel({ home, engine });
    await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
    await panel.until("anna", "running");
    await writeMark(home, "anna", "mine");
    spec = (await panel.context.store.findInstance("anna")) as InstanceSpec;
  }
  await engine.stop("anna");
  await rm(path.join(home, "data"), { recursive: true });
  const records = [
    instanceRow(olderSpec({ ...spec, owner: null })),
    restoreRow({ id: "anna", staged, kept: "anna-j1", specBefore: spec }),
    ...(isRevert ? [snapshotRow(snapshotOf({ kept: "anna-j0" }))] : []),
  ];
  await makeOlderDatabase(path.join(home, "data/claw.db"), { last: BEFORE, records });
  // Killed between its two renames and the start.
  const instances = path.join(home, "instances");
  await rename(path.join(instances, "anna"), path.join(instances, ".kept-anna-j1"));
  await mkdir(path.join(instances, "anna/data"), { recursive: true });
  await writeFile(path.join(instances, `anna/.swapped-in-${staged}`), "");
  await writeMark(home, "anna", "restored");

  await using panel = await createTestPanel({ home, engine });
  await eventually(async () => {
    expect(await panel.context.store.listReplacements()).toEqual([]);
    expect(await readMark(home, "anna")).toBe("mine");
  });
  await panel.until("anna", "running");
  await expectWhole(panel, "anna");
  const folders = await readdir(instances);
  expect(folders.filter((name) => name.startsWith("."))).toEqual(isRevert ? [".kept-anna-j0"] : []);
});
