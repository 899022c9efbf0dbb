import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { recheckFile } from "./follow-saved.ts";
import { readConfig } from "./read-config.ts";
import { removeInstance } from "./remove-instance.ts";
import { saveConfig } from "./save-config.ts";
import { startInstance } from "./start-instance.ts";

const BY = { user: "zhang", via: { kind: "session" as const, id: "s1" }, address: "192.0.2.7" };
const MINUTE = 60_000;
const PUT_BACK =
  "Config auto-restored from backup: /home/node/.openclaw/openclaw.json (size-drop-vs-last-good:739->189, missing-meta-vs-last-good)";

const SKIPPED = "[reload] config reload skipped (invalid config): gateway: bogus";

/** An instance that runs, whose configuration was just saved with a comment and a change. */
async function setUp() {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  const { text: before, revision } = await readConfig(panel.context, "anna");
  const text = before.replace(/level: "info"/, 'level: "debug" /* mine */');
  expect(text).not.toBe(before);
  const { effect } = await saveConfig(panel.context, { id: "anna", text, revision }, BY);
  expect(effect).toBe("hot");
  return { panel, before, text };
}

const lost = async (panel: TestPanel) => (await readConfig(panel.context, "anna")).lost;

/** Waits for the end of the watch without reading the configuration, which would look itself. */
function outcome(panel: TestPanel, wanted: string) {
  return eventually(() =>
    expect(panel.context.runtime.live.saved.find("anna")?.outcome).toBe(wanted),
  );
}

async function audited(panel: TestPanel) {
  const filter = { before: null, limit: 1, action: "instances.loseConfig" };
  const [entry] = await panel.context.store.listAudit(filter);
  return entry;
}

test("a text that OpenClaw puts back is not saved: it is told, kept and written down", async () => {
  const { panel, before, text } = await setUp();
  await using _ = panel;
  panel.engine.write("anna", "stderr", PUT_BACK);
  await panel.context.disk.storage.writeConfig("anna", before);
  await outcome(panel, "replaced");
  expect(await lost(panel)).toMatchObject({ outcome: "replaced", text });
  await eventually(async () =>
    expect(await audited(panel)).toMatchObject({
      ...{ user: "zhang", address: "192.0.2.7" },
      ...{ instanceIds: ["anna"], result: "REVISION_MISMATCH" },
    }),
  );
});

test("a text that the gateway skips is not saved: its complaint is told", async () => {
  const { panel, before, text } = await setUp();
  await using _ = panel;
  const complaint =
    '[reload] config reload skipped (invalid config): gateway: Unrecognized key: "bogus"';
  panel.engine.write("anna", "stdout", complaint);
  await outcome(panel, "skipped");
  expect(await lost(panel)).toEqual({ outcome: "skipped", complaint, text, isBack: true });
  expect((await readConfig(panel.context, "anna")).text).toBe(before);
  await eventually(async () => expect((await audited(panel))?.result).toBe("CONFIG_INVALID"));
});

test("a text that the gateway dies of is not saved", async () => {
  const { panel, before, text } = await setUp();
  await using _ = panel;
  panel.engine.write("anna", "stderr", "Unrecognized key: bogus");
  panel.engine.killOutside("anna", 78);
  await outcome(panel, "died");
  expect(await lost(panel)).toMatchObject({ outcome: "died", text, isBack: true });
  expect((await readConfig(panel.context, "anna")).text).toBe(before);
});

describe("a text of which the gateway had said nothing is no way back:", () => {
  /** Saves another text at once; a gateway has taken neither. */
  async function saveAnother(panel: TestPanel) {
    const { text, revision } = await readConfig(panel.context, "anna");
    const another = `${text}// another\n`;
    await saveConfig(panel.context, { id: "anna", text: another, revision }, BY);
    return another;
  }

  test.each<[string, "skipped" | "died", (panel: TestPanel) => void]>([
    ["skips", "skipped", (panel) => panel.engine.write("anna", "stdout", SKIPPED)],
    ["dies of", "died", (panel) => panel.engine.killOutside("anna", 78)],
  ])("where it %s the next, the text that ran comes back", async (_, wanted, happens) => {
    const { panel, before } = await setUp();
    await using _panel = panel;
    const another = await saveAnother(panel);
    happens(panel);
    await outcome(panel, wanted);
    const now = await readConfig(panel.context, "anna");
    expect(now).toMatchObject({ text: before, lost: { text: another, isBack: true } });
  });

  test("one that it had taken comes back", async () => {
    const { panel, text } = await setUp();
    await using _ = panel;
    const { saved } = panel.context.runtime.live;
    panel.engine.write("anna", "stdout", "[reload] config hot reload applied (logging.level)");
    await eventually(() => expect(saved.find("anna")?.isAccepted).toBe(true));
    await saveAnother(panel);
    panel.engine.write("anna", "stdout", SKIPPED);
    await outcome(panel, "skipped");
    expect((await readConfig(panel.context, "anna")).text).toBe(text);
  });
});

describe("the former text does not come back", () => {
  test("when the gateway ended for another reason", async () => {
    const { panel, text } = await setUp();
    await using _ = panel;
    panel.engine.killOutside("anna", 137);
    await outcome(panel, "died");
    const now = await readConfig(panel.context, "anna");
    expect(now).toMatchObject({ text, lost: { outcome: "died", isBack: false } });
  });

  test("when somebody has written another meanwhile", async () => {
    const { panel, text } = await setUp();
    await using _ = panel;
    const theirs = `${text}// theirs\n`;
    await panel.context.runtime.live.locks.exclusive("anna", "saving", async () => {
      panel.engine.write("anna", "stdout", SKIPPED);
      await panel.context.disk.storage.writeConfig("anna", theirs);
    });
    await outcome(panel, "skipped");
    const now = await readConfig(panel.context, "anna");
    expect(now).toMatchObject({ text: theirs, lost: { text, isBack: false } });
  });

  test("when the disk does not take it, and that is written down", async () => {
    const { panel, text } = await setUp();
    await using _ = panel;
    panel.faults.failNext("storage.writeConfig", new Error("no room"));
    panel.engine.write("anna", "stdout", SKIPPED);
    await outcome(panel, "skipped");
    expect(await readConfig(panel.context, "anna")).toMatchObject({
      text,
      lost: { isBack: false },
    });
    expect(panel.logged.join("")).toContain("no room");
  });
});

test("a text that the gateway skips is not kept, though the instance is worked on for a minute", async () => {
  const { panel, before, text } = await setUp();
  await using _ = panel;
  const { live } = panel.context.runtime;
  await live.locks.exclusive("anna", "copying", async () => {
    panel.engine.write("anna", "stdout", "[reload] config hot reload applied (logging.level)");
    panel.engine.write("anna", "stdout", SKIPPED);
    await eventually(() => expect(live.saved.find("anna")?.isAccepted).toBe(true));
    const looked = Promise.withResolvers<void>();
    panel.faults.onNext("storage.readConfig", () => looked.resolve(), "after");
    panel.host.advance(MINUTE);
    await looked.promise;
  });
  await outcome(panel, "skipped");
  const now = await readConfig(panel.context, "anna");
  expect(now).toMatchObject({ text: before, lost: { text, isBack: true } });
});

test("a text that is still there after a minute is kept, and looked at again when it is read", async () => {
  const { panel, before } = await setUp();
  await using _ = panel;
  panel.engine.write("anna", "stdout", "[reload] config hot reload applied (logging.level)");
  panel.host.advance(MINUTE);
  await outcome(panel, "kept");
  expect(await lost(panel)).toBeNull();
  expect(await audited(panel)).toBeUndefined();
  await panel.context.disk.storage.writeConfig("anna", before);
  expect(await lost(panel)).toMatchObject({ outcome: "replaced" });
});

describe("whoever waits for what becomes of a text is told,", () => {
  /** After the mark of the start, which is one too. */
  async function accepted() {
    const { panel } = await setUp();
    const { store, runtime } = panel.context;
    const uid = runtime.live.board.specOf("anna")?.uid ?? "";
    await eventually(async () =>
      expect(await store.lastHealthyConfigVersion(uid, null)).not.toBeNull(),
    );
    panel.engine.write("anna", "stdout", "[reload] config hot reload applied (logging.level)");
    await eventually(() => expect(runtime.live.saved.find("anna")?.isAccepted).toBe(true));
    return panel;
  }

  test("though the disk is full when it is to be marked as healthy", async () => {
    await using panel = await accepted();
    panel.faults.failNext("store.markConfigHealthy", new DomainError("DISK_FULL", "full"));
    panel.host.advance(MINUTE);
    await outcome(panel, "kept");
    await eventually(() =>
      expect(panel.logged.join("")).toContain("marking anna's configuration as healthy failed"),
    );
  });

  test("though the file cannot be read at the end", async () => {
    await using panel = await accepted();
    for (let n = 0; n < 2; n += 1)
      panel.faults.failNext("storage.readConfig", new Error("no answer from the disk"));
    panel.host.advance(MINUTE);
    await outcome(panel, "kept");
  });
});

test("the next text that is saved is what counts", async () => {
  const { panel, before, text } = await setUp();
  await using _ = panel;
  await panel.context.disk.storage.writeConfig("anna", before);
  await outcome(panel, "replaced");
  const { revision } = await readConfig(panel.context, "anna");
  await saveConfig(panel.context, { id: "anna", text, revision }, BY);
  expect(await lost(panel)).toBeNull();
});

describe("what the panel itself does to the file is no loss:", () => {
  /** Looks at the file right after `method` changed it, and answers with what was known then. */
  const lookAfter = (panel: TestPanel, method: string) => {
    const seen = Promise.withResolvers<string | undefined>();
    panel.faults.onNext(
      method,
      async () => {
        await recheckFile(panel.context, "anna");
        seen.resolve(panel.context.runtime.live.saved.find("anna")?.outcome);
      },
      "after",
    );
    return seen.promise;
  };

  test("another text that is saved", async () => {
    const { panel, before, text } = await setUp();
    await using _ = panel;
    const seen = lookAfter(panel, "storage.writeConfig");
    const { revision } = await readConfig(panel.context, "anna");
    await saveConfig(panel.context, { id: "anna", text: before, revision }, BY);
    expect(await seen).toBe("watched");
    expect(panel.context.runtime.live.saved.find("anna")).toMatchObject({
      text: before,
      before: text,
    });
    expect(await audited(panel)).toBeUndefined();
  });

  test("one that could not be saved, and the one before is still watched", async () => {
    const { panel, before } = await setUp();
    await using _ = panel;
    const { revision } = await readConfig(panel.context, "anna");
    panel.faults.failNext("storage.writeConfig", new Error("no room"));
    const again = saveConfig(panel.context, { id: "anna", text: before, revision }, BY);
    await expect(again).rejects.toThrow("no room");
    await panel.context.disk.storage.writeConfig("anna", before);
    await outcome(panel, "replaced");
  });

  test("its removal with the data", async () => {
    const { panel } = await setUp();
    await using _ = panel;
    const seen = lookAfter(panel, "storage.removeInstance");
    await removeInstance(panel.context, { id: "anna", deleteData: true });
    expect(await seen).toBeUndefined();
    expect(await audited(panel)).toBeUndefined();
  });

  test("a look that began before a text was saved", async () => {
    const { panel, before } = await setUp();
    await using _ = panel;
    const { revision } = await readConfig(panel.context, "anna");
    const read = panel.faults.pauseNext("storage.readConfig", "after");
    const look = recheckFile(panel.context, "anna");
    await read.reached;
    await saveConfig(panel.context, { id: "anna", text: before, revision }, BY);
    read.resume();
    await look;
    expect(panel.context.runtime.live.saved.find("anna")?.outcome).toBe("watched");
  });
});

test("a text that was saved while the instance was stopped is watched from its start on", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const { text: before, revision } = await readConfig(panel.context, "anna");
  const text = before.replace(/level: "info"/, 'level: "debug" /* mine */');
  await saveConfig(panel.context, { id: "anna", text, revision }, BY);
  panel.host.advance(2 * MINUTE);
  expect(panel.context.runtime.live.saved.find("anna")?.outcome).toBe("watched");
  await startInstance(panel.context, "anna");
  await panel.until("anna", "running");
  await panel.context.disk.storage.writeConfig("anna", before);
  panel.engine.write("anna", "stderr", PUT_BACK);
  await outcome(panel, "replaced");
  expect(await lost(panel)).toMatchObject({ outcome: "replaced", text });
  await eventually(async () =>
    expect(await audited(panel)).toMatchObject({ user: "zhang", result: "REVISION_MISMATCH" }),
  );
});
