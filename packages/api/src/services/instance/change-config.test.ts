import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { textOf } from "../../../tests/support/rollouts.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { NOBODY } from "../access/audit-draft.ts";
import type { ConfigAuthor } from "../runtime/config-author.ts";
import { changeConfig } from "./change-config.ts";
import { listConfigVersions } from "./config-history.ts";
import { revisionOf } from "./config-revision.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { saveConfig } from "./save-config.ts";

const BY = { user: "admin", via: null, address: "192.0.2.7" };
const author: ConfigAuthor = { source: "roll-out", by: BY, rollout: "j1" };

async function withAnna(start: boolean): Promise<TestPanel> {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  return panel;
}

const change = (panel: TestPanel, next: (before: string | null) => Promise<string | null>) =>
  changeConfig(panel.context, { id: "anna", author, next });

const newest = ({ context }: TestPanel) =>
  context.store.newestConfigVersion(context.runtime.live.board.identityOf("anna")?.uid ?? "");

test("writes what is made of the text in the file, as a version of its author", async () => {
  await using panel = await withAnna(true);
  const before = await textOf(panel, "anna");
  const changed = await change(panel, async (text) => `${text}// mine\n`);
  const text = `${before}// mine\n`;
  expect(changed).toEqual({
    revision: revisionOf(text),
    effect: "hot",
    isRunning: true,
    needsRestart: false,
  });
  expect(await textOf(panel, "anna")).toBe(text);
  const version = { source: "roll-out", by: "admin", rollout: "j1", isPending: false };
  expect(await newest(panel)).toMatchObject({ ...version, revision: revisionOf(text) });
  // From now on the panel observes how its gateway takes it.
  const saved = panel.context.runtime.live.saved.find("anna");
  expect(saved).toMatchObject({ before, text, outcome: "watched" });
});

test("without a text writes nothing, and observes nothing", async () => {
  await using panel = await withAnna(true);
  const { version } = (await newest(panel)) ?? {};
  panel.faults.record();
  expect(await change(panel, async () => null)).toBeNull();
  expect(panel.faults.calls.map(({ method }) => method)).not.toContain("storage.writeConfig");
  expect((await newest(panel))?.version).toBe(version);
  expect(panel.context.runtime.live.saved.find("anna")).toBeNull();
});

test("that fails while it makes the text leaves everything as it was", async () => {
  await using panel = await withAnna(false);
  const before = await textOf(panel, "anna");
  const failure = new Error("no text");
  await expect(change(panel, () => Promise.reject(failure))).rejects.toBe(failure);
  expect(await textOf(panel, "anna")).toBe(before);
  expect(await change(panel, async (text) => `${text} `)).toMatchObject({ effect: "next-start" });
});

test("mends a broken file", async () => {
  await using panel = await withAnna(false);
  await panel.context.disk.storage.writeConfig("anna", "{ broken");
  const changed = await change(panel, async (text) => `${text}: 1 }`);
  expect(changed).toMatchObject({ effect: "next-start", isRunning: false });
  expect(await textOf(panel, "anna")).toBe("{ broken: 1 }");
});

test("is refused while another one makes its text, and for an instance that is not there", async () => {
  await using panel = await withAnna(false);
  await change(panel, async (text) => {
    await rejects(
      change(panel, async () => "{}"),
      "BUSY",
    );
    return `${text}// first\n`;
  });
  expect(await textOf(panel, "anna")).toContain("// first");
  const nobody = { id: "nobody", author, next: async () => "{}" };
  await rejects(changeConfig(panel.context, nobody), "INSTANCE_NOT_FOUND");
});

const THEIRS = "{ theirs: 1 }";
const ROLL_OUT = { source: "roll-out", by: NOBODY } as const;

/** As OpenClaw, or somebody on this machine, would. */
const writeTheirs = ({ context }: TestPanel, text = THEIRS) =>
  context.disk.storage.writeConfig("anna", text);

test("what somebody writes while the new text is made is not overwritten: it is made again", async () => {
  await using panel = await withAnna(false);
  const first = await textOf(panel, "anna");
  const seen: (string | null)[] = [];
  const next = async (before: string | null) => {
    seen.push(before);
    if (seen.length === 1) await writeTheirs(panel);
    return `${before}// ours\n`;
  };
  await changeConfig(panel.context, { id: "anna", author: ROLL_OUT, next });
  expect(seen).toEqual([first, THEIRS]);
  expect(await textOf(panel, "anna")).toBe(`${THEIRS}// ours\n`);
  const { versions } = await listConfigVersions(panel.context, { id: "anna", limit: 10 });
  expect(versions.map(({ source }) => source)).toEqual(["roll-out", "openclaw", "panel"]);
});

test("a file that changes again and again is left alone, and that is told", async () => {
  await using panel = await withAnna(false);
  let asked = 0;
  const next = async () => {
    asked += 1;
    await writeTheirs(panel, `{ theirs: ${asked} }`);
    return "{ ours: 1 }";
  };
  const changing = changeConfig(panel.context, { id: "anna", author: ROLL_OUT, next });
  await rejects(changing, "REVISION_MISMATCH");
  expect(asked).toBe(3);
  expect(await textOf(panel, "anna")).toBe("{ theirs: 3 }");
});

test("whoever saves an edited text is told of a change between its look and its write", async () => {
  await using panel = await withAnna(false);
  const { revision } = await readConfig(panel.context, "anna");
  const { faults } = panel;
  faults.onNext("storage.readConfig", () => writeTheirs(panel), "after");
  const saving = saveConfig(panel.context, { id: "anna", text: "{ mine: 1 }", revision });
  await rejects(saving, "REVISION_MISMATCH");
  expect(await textOf(panel, "anna")).toBe(THEIRS);
  const again = { id: "anna", text: "{ mine: 1 }", revision: revisionOf(THEIRS) };
  await saveConfig(panel.context, again);
  expect(await textOf(panel, "anna")).toBe("{ mine: 1 }");
});
