import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ConfigVersion } from "@claw/core/config-history";
import { DomainError } from "@claw/core/errors";
import { withValue } from "@claw/core/json5-edit";
import { wrongKeys } from "@claw/core/managed-keys";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  homeOfTest,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { managedKeysOf } from "../opening/managed-keys-of.ts";
import {
  compareConfigVersions,
  listConfigVersions,
  readConfigVersion,
  restoreConfig,
} from "./config-history.ts";
import { revisionOf } from "./config-revision.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { removeInstance } from "./remove-instance.ts";
import { restartInstance } from "./restart-instance.ts";
import { saveConfig } from "./save-config.ts";
import { startInstance } from "./start-instance.ts";
import { stopInstance } from "./stop-instance.ts";

const ANNA = { user: "anna", via: null, address: "" };

async function setUp(options: { start?: boolean } & TestAppOptions = {}) {
  const { start = false, ...rest } = options;
  const panel = await createTestPanel(rest);
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  return panel;
}

const onDisk = (panel: TestPanel) => panel.context.disk.storage.readConfig("anna");

/** As OpenClaw, or somebody on this machine, would. */
const changeOutside = (home: string, text: string) =>
  writeFile(path.join(home, "instances/anna/data/openclaw.json"), text);

async function save(panel: TestPanel, text: string) {
  const { revision } = await readConfig(panel.context, "anna");
  return saveConfig(panel.context, { id: "anna", text, revision }, ANNA);
}

/** All versions, newest first. */
async function history(panel: TestPanel): Promise<ConfigVersion[]> {
  return (await listConfigVersions(panel.context, { id: "anna", limit: 200 })).versions;
}

const origins = async (panel: TestPanel) =>
  (await history(panel)).map(({ source, by }) => `${source} ${by ?? "-"}`);

test("a history begins with what the panel wrote, and has what people saved, with its text", async () => {
  await using panel = await setUp();
  const first = await onDisk(panel);
  const text = "{\r\n  // 注释\r\n  a: 1,\r\n}";
  const { revision } = await save(panel, text);
  const versions = await history(panel);
  expect(versions).toMatchObject([
    { version: 2, source: "editor", by: "anna", revision, size: Buffer.byteLength(text) },
    { version: 1, source: "panel", by: null, revision: revisionOf(first ?? "") },
  ]);
  expect(versions.map(({ current }) => current)).toEqual([true, false]);
  const old = await readConfigVersion(panel.context, { id: "anna", version: 1 });
  expect(old).toEqual({ ...versions[1], text: first });
  expect((await readConfigVersion(panel.context, { id: "anna", version: 2 })).text).toBe(text);
});

test("saving what is there adds no version", async () => {
  await using panel = await setUp();
  await save(panel, "{ a: 1 }");
  await save(panel, "{ a: 1 }");
  expect(await origins(panel)).toEqual(["editor anna", "panel -"]);
});

test("a change that the panel did not make is OpenClaw's: noticed when the history is read", async () => {
  await using panel = await setUp();
  await changeOutside(panel.home, '{"a":1}');
  expect(await origins(panel)).toEqual(["openclaw -", "panel -"]);
});

test("… when somebody opens the configuration, saves another, or starts the instance", async () => {
  await using panel = await setUp();
  await changeOutside(panel.home, '{"a":1}');
  await readConfig(panel.context, "anna");
  await changeOutside(panel.home, '{"a":2}');
  const basis = revisionOf('{"a":2}');
  await saveConfig(panel.context, { id: "anna", text: '{"a":3}', revision: basis }, ANNA);
  await changeOutside(panel.home, '{"a":4}');
  await startInstance(panel.context, "anna");
  await changeOutside(panel.home, '{"a":5}');
  expect(await origins(panel)).toEqual([
    "openclaw -",
    "openclaw -",
    "editor anna",
    "openclaw -",
    "openclaw -",
    "panel -",
  ]);
});

test("a version comes back as another one, byte for byte, by whoever restores it", async () => {
  await using panel = await setUp();
  await save(panel, "{ /* mine */ a: 1 }");
  await save(panel, "{ a: 2 }");
  const saved = await restoreConfig(panel.context, { id: "anna", version: 2 }, ANNA);
  expect(saved).toMatchObject({
    effect: "next-start",
    revision: revisionOf("{ /* mine */ a: 1 }"),
  });
  expect(await onDisk(panel)).toBe("{ /* mine */ a: 1 }");
  expect(await history(panel)).toMatchObject([
    { version: 4, source: "restore", by: "anna", current: true },
    { version: 3, source: "editor", current: false },
    { version: 2, current: false },
    { version: 1 },
  ]);
});

test("a version from before OpenClaw wrote the file comes back with what OpenClaw needs to keep it", async () => {
  await using panel = await setUp();
  await save(panel, "{ /* mine */ a: 1 }");
  await changeOutside(panel.home, '{"a":2,"meta":{"lastTouchedVersion":"2026.9.6"}}');
  const saved = await restoreConfig(panel.context, { id: "anna", version: 2 }, ANNA);
  const text = '{ /* mine */ a: 1, "meta": {"lastTouchedVersion":"2026.9.6"} }';
  expect(await onDisk(panel)).toBe(text);
  expect(saved.revision).toBe(revisionOf(text));
});

test.each([
  ["the file", (text: string) => text],
  ["a broken file", () => "{ broken"],
  ["a file with another wrong access", (text: string) => text.replace('"trusted-proxy"', '"none"')],
])("in place of %s, a version from before a migration comes back with the access of today", async (_, edit) => {
  await using panel = await setUp({ timing: { openclawVersion: "2026.9.6" } });
  const { context, home } = panel;
  const today = (await onDisk(panel)) ?? "";
  const auth = { mode: "token", token: "of-then" };
  const former = `// mine\n${withValue(today, ["gateway", "auth"], auth)}`;
  await save(panel, former);
  await changeOutside(home, edit(today));
  await restoreConfig(context, { id: "anna", version: 2 }, ANNA);
  const text = (await onDisk(panel)) ?? "";
  expect(wrongKeys(text, await managedKeysOf(context, "anna"))).toEqual([]);
  expect(withValue(text, ["gateway", "auth"], auth)).toBe(former);
});

test("a text that is written counts as saved, also when its version could not be confirmed", async () => {
  await using panel = await setUp();
  panel.faults.failNext("store.confirmConfigVersion", new DomainError("DISK_FULL", "full"));
  const saved = await save(panel, "{ a: 1 }");
  expect(saved).toMatchObject({ revision: revisionOf("{ a: 1 }"), effect: "next-start" });
  expect(await onDisk(panel)).toBe("{ a: 1 }");
  expect(await origins(panel)).toEqual(["editor anna", "panel -"]);
});

test("a file that is gone comes back from the history", async () => {
  await using panel = await setUp();
  const first = await onDisk(panel);
  await rm(path.join(panel.home, "instances/anna/data/openclaw.json"));
  expect(await history(panel)).toMatchObject([{ version: 1, current: false }]);
  await restoreConfig(panel.context, { id: "anna", version: 1 }, ANNA);
  expect(await onDisk(panel)).toBe(first);
  expect(await origins(panel)).toEqual(["restore anna", "panel -"]);
});

test("a version that is no configuration does not come back", async () => {
  await using panel = await setUp();
  await changeOutside(panel.home, "{ broken");
  await readConfig(panel.context, "anna");
  await changeOutside(panel.home, "{ a: 1 }");
  await readConfig(panel.context, "anna");
  await rejects(restoreConfig(panel.context, { id: "anna", version: 2 }), "CONFIG_INVALID");
  expect(await onDisk(panel)).toBe("{ a: 1 }");
});

test("a version that is not there is refused by name", async () => {
  await using panel = await setUp();
  const missing = { id: "anna", version: 9 };
  await rejects(readConfigVersion(panel.context, missing), "CONFIG_VERSION_NOT_FOUND");
  await rejects(restoreConfig(panel.context, missing), "CONFIG_VERSION_NOT_FOUND");
});

test("two versions are compared by the paths of the values that differ", async () => {
  await using panel = await setUp();
  await save(panel, "{ a: { b: 1, c: 2 } /* x */ }");
  await save(panel, "{ a: { b: 1, c: 3 }, d: [] }");
  await changeOutside(panel.home, "no JSON5");
  await readConfig(panel.context, "anna");
  const compare = (from: number, to: number) =>
    compareConfigVersions(panel.context, { id: "anna", from, to });
  expect(await compare(2, 3)).toMatchObject({
    from: { version: 2, text: "{ a: { b: 1, c: 2 } /* x */ }" },
    to: { version: 3 },
    paths: ["a.c", "d"],
  });
  expect((await compare(3, 4)).paths).toEqual([]);
});

test("pages follow each other without a gap", async () => {
  await using panel = await setUp();
  for (const n of [1, 2, 3, 4]) await save(panel, `{ a: ${n} }`);
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await listConfigVersions(panel.context, { id: "anna", limit: 2, cursor });
    seen.push(...page.versions.map(({ version }) => version));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  const all = await listConfigVersions(panel.context, { id: "anna", limit: 5 });
  expect(all.nextCursor).toBeNull();
});

test("broken while the panel was off, an instance runs again by its last good version", async () => {
  const home = await homeOfTest();
  const before = await setUp({ start: true, home });
  const good = await onDisk(before);
  await eventually(async () => expect((await history(before))[0]?.healthy).toBe(true));
  await stopInstance(before.context, "anna");
  await before[Symbol.asyncDispose]();
  await changeOutside(home, "{ /* STUB_INVALID */ }");
  await using panel = await createTestPanel({ home });
  await startInstance(panel.context, "anna");
  await panel.until("anna", "error");
  const { versions, lastHealthy } = await listConfigVersions(panel.context, {
    id: "anna",
    limit: 10,
  });
  expect(versions[0]).toMatchObject({ source: "openclaw", current: true, healthy: false });
  const version = lastHealthy?.version ?? 0;
  await restoreConfig(panel.context, { id: "anna", version }, ANNA);
  await restartInstance(panel.context, "anna");
  await panel.until("anna", "running");
  expect(await onDisk(panel)).toBe(good);
});

test("the last good version comes back, also with a key that the image's schema does not know", async () => {
  await using panel = await setUp({ timing: { configSchema: OPENCLAW_SCHEMA } });
  const { context, home } = panel;
  // As OpenClaw reads it from an older version.
  const older = (await onDisk(panel))?.replace("tools: {", "tools: { list: [],") ?? "";
  await changeOutside(home, older);
  await startInstance(context, "anna");
  await eventually(async () => expect((await history(panel))[0]?.healthy).toBe(true));
  await stopInstance(context, "anna");
  await changeOutside(home, "{ gateway: {} }");
  await rejects(save(panel, older.replace("list:", "bogus: 1, list:")), "CONFIG_INVALID");
  const { lastHealthy } = await listConfigVersions(context, { id: "anna", limit: 1 });
  const version = lastHealthy?.version ?? 0;
  const { message } = await restoreConfig(context, { id: "anna", version }, ANNA);
  expect(message).toContain("tools: Unrecognized key: list");
  expect(await onDisk(panel)).toBe(older);
});

test("a deleted instance leaves no text behind, and another of its id has none of it", async () => {
  await using panel = await setUp();
  await save(panel, "{ secret: 1 }");
  const uid = panel.context.runtime.live.board.specOf("anna")?.uid ?? "";
  await removeInstance(panel.context, { id: "anna", deleteData: true });
  expect(await panel.context.store.configTextOf(uid, 2)).toBeNull();
  await createInstance(panel.context, { id: "anna", name: "Another", start: false });
  expect(await origins(panel)).toEqual(["panel -"]);
});
