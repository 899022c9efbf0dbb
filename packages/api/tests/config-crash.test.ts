import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { listConfigVersions } from "../src/services/instance/config-history.ts";
import { revisionOf } from "../src/services/instance/config-revision.ts";
import { writeInstanceConfig } from "../src/services/instance/config-versions.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { createTestPanel, homeOfTest } from "./support/test-app.ts";

const TEXT = "{ a: 1 }";
const BY_ANNA = {
  source: "editor",
  by: { user: "anna", via: null, address: "" },
} as const;

/** What OpenClaw makes of whatever it finds. */
const REWRITTEN = '{"a":1,"meta":{"lastTouchedVersion":"2026.9.6"}}';

const OF_ANNA = ["editor", "anna", revisionOf(TEXT)];

const configOf = (home: string) => path.join(home, "instances/anna/data/openclaw.json");
const rewrite = (home: string) => writeFile(configOf(home), REWRITTEN);

async function withAnna(home: string) {
  const panel = await createTestPanel({ home });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  // The first look at everything is over.
  await listConfigVersions(panel.context, { id: "anna", limit: 10 });
  return panel;
}

type Panel = Awaited<ReturnType<typeof withAnna>>;

const write = ({ context }: Panel) =>
  writeInstanceConfig(context, "anna", TEXT, { author: BY_ANNA });

/** Kills a panel before call number `n` of a write; `isDone` when the write had that many only. */
async function killAt(n: number) {
  const home = await homeOfTest();
  const died = await withAnna(home);
  died.faults.dieAt(n);
  const writing = write(died);
  const isDone = await Promise.race([writing.then(() => true), died.faults.died.then(() => false)]);
  died.faults.die();
  await died[Symbol.asyncDispose]();
  return { home, isDone, told: `after a crash at call ${n} (${died.faults.calls[n]?.method})` };
}

/** The authors of the versions, newest first. */
async function historyOf({ context }: Panel) {
  const { versions } = await listConfigVersions(context, { id: "anna", limit: 10 });
  return versions.map(({ source, by, revision }) => [source, by, revision]);
}

/** True when the write was done before call number `n`, at which the panel dies. */
async function dieAt(n: number, seen: Set<string>): Promise<boolean> {
  const { home, isDone, told } = await killAt(n);

  await using panel = await createTestPanel({ home });
  const { versions } = await listConfigVersions(panel.context, { id: "anna", limit: 10 });
  const text = await panel.context.disk.storage.readConfig("anna");
  expect(versions[0], told).toMatchObject({ revision: revisionOf(text ?? ""), current: true });
  const isNew = text === TEXT;
  // Never another's, never without its text, never one that was not written.
  expect(
    versions.map(({ source, by }) => [source, by]),
    told,
  ).toEqual([...(isNew ? [["editor", "anna"]] : []), ["panel", null]]);
  seen.add(isNew ? "new" : "former");
  return isDone;
}

test("killed at any call of a write, the file and its history agree: both new, or both as before", {
  timeout: 60_000,
}, async () => {
  const seen = new Set<string>();
  let n = 0;
  while (!(await dieAt(n, seen))) n += 1;
  expect(n).toBeGreaterThan(3);
  expect(seen).toEqual(new Set(["former", "new"]));
});

test("killed at any call of a write that was done, it is the author's, though OpenClaw rewrites the file first", {
  timeout: 60_000,
}, async () => {
  const seen = new Set<boolean>();
  for (let n = 0, isDone = false; !isDone; n += 1) {
    const killed = await killAt(n);
    const text = await readFile(configOf(killed.home), "utf8");
    await rewrite(killed.home);
    await using panel = await createTestPanel({ home: killed.home });
    const history = await historyOf(panel);
    expect(history[0], killed.told).toEqual(["openclaw", null, revisionOf(REWRITTEN)]);
    if (text === TEXT) expect(history[1], killed.told).toEqual(OF_ANNA);
    seen.add(text === TEXT);
    isDone = killed.isDone;
  }
  expect(seen).toEqual(new Set([false, true]));
});

test("so it is when its version could not be confirmed", async () => {
  const home = await homeOfTest();
  await using panel = await withAnna(home);
  panel.faults.failNext("store.confirmConfigVersion", new DomainError("DISK_FULL", "full"));
  await write(panel);
  await rewrite(home);
  expect((await historyOf(panel)).slice(0, 2)).toEqual([
    ["openclaw", null, revisionOf(REWRITTEN)],
    OF_ANNA,
  ]);
});
