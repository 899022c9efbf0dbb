import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { revisionOf } from "./config-revision.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { saveConfig } from "./save-config.ts";

async function setUp(start = false, options: TestAppOptions = {}) {
  const panel = await createTestPanel(options);
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  return panel;
}

/** Saves what `edit` makes of the text that is there. */
async function save(panel: TestPanel, edit: (text: string) => string) {
  const { text, revision } = await readConfig(panel.context, "anna");
  return saveConfig(panel.context, { id: "anna", text: edit(text), revision });
}

const onDisk = (panel: TestPanel) => panel.context.disk.storage.readConfig("anna");

describe("a text", () => {
  test.each([
    ["comments, trailing commas", "{\n  // 注释 /* x */\n  gateway: { port: 18789, },\n}\n"],
    ["Windows' line ends", "{\r\n  a: 1,\r\n}\r\n"],
    ["a byte order mark", "\u{feff}{}"],
    ["single quotes, hex, infinity", "{ 'a': 0x1F, b: +Infinity, c: .5 }"],
  ])("is kept byte for byte: %s", async (_, text) => {
    await using panel = await setUp();
    const { revision } = await save(panel, () => text);
    expect(await onDisk(panel)).toBe(text);
    expect(revision).toBe(revisionOf(text));
    expect((await readConfig(panel.context, "anna")).revision).toBe(revision);
  });

  test.each([
    ["{ a: 1, b: }", 1, 12],
    ['{\n  a: "x\n}', 2, 8],
    ["{\n  a: 1\n  b: 2\n}", 3, 3],
    ["[1]", 1, 1],
    ["", 1, 1],
    ["{ a: 1 ", 1, 8],
  ])("that is no JSON5 object is refused with line and column: %j", async (text, line, column) => {
    await using panel = await setUp();
    const before = await onDisk(panel);
    const error = await rejects(
      save(panel, () => text),
      "CONFIG_INVALID",
    );
    expect(error.issues).toHaveLength(1);
    expect(error.issues?.[0]).toMatchObject({ line, message: expect.stringMatching(/\S/) });
    expect(Math.abs((error.issues?.[0]?.column ?? 0) - column)).toBeLessThanOrEqual(1);
    expect(await onDisk(panel)).toBe(before);
  });

  test("of 5 MB is refused", async () => {
    await using panel = await setUp();
    const before = await onDisk(panel);
    const error = await rejects(
      save(panel, () => `{ a: "${"x".repeat(5 * 1024 * 1024)}" }`),
      "CONFIG_TOO_LARGE",
    );
    expect(error.message).toContain("1048576");
    expect(await onDisk(panel)).toBe(before);
  });
});

describe("somebody else's change", () => {
  test("is not overwritten", async () => {
    await using panel = await setUp();
    const { revision } = await readConfig(panel.context, "anna");
    await panel.context.disk.storage.writeConfig("anna", "{ theirs: 1 }");
    const mine = { id: "anna", text: "{ mine: 1 }", revision };
    await rejects(saveConfig(panel.context, mine), "REVISION_MISMATCH");
    expect(await onDisk(panel)).toBe("{ theirs: 1 }");
  });

  test("of two who save at once, one is told", async () => {
    await using panel = await setUp();
    const { revision } = await readConfig(panel.context, "anna");
    const outcomes = await Promise.allSettled(
      ["{ a: 1 }", "{ b: 1 }"].map((text) =>
        saveConfig(panel.context, { id: "anna", text, revision }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    for (const outcome of outcomes)
      if (outcome.status === "rejected")
        expect(["BUSY", "REVISION_MISMATCH"]).toContain((outcome.reason as DomainError).reason);
  });

  test("is no obstacle when it was to delete the file", async () => {
    await using panel = await setUp();
    const { revision } = await readConfig(panel.context, "anna");
    await panel.context.disk.storage.removeInstance("anna");
    await panel.context.disk.storage.createInstance("anna");
    await saveConfig(panel.context, { id: "anna", text: "{ mine: 1 }", revision });
    expect(await onDisk(panel)).toBe("{ mine: 1 }");
  });

  test("is mended by a text that is valid, when it was not", async () => {
    await using panel = await setUp();
    await panel.context.disk.storage.writeConfig("anna", "{ broken");
    await save(panel, () => "{ mended: 1 }");
    expect(await onDisk(panel)).toBe("{ mended: 1 }");
  });
});

describe("the effect", () => {
  test.each([
    ["hot", "a token", (text: string) => text.replace(/token: "[0-9a-f]+"/, 'token: "another"')],
    ["hot", "nothing", (text: string) => `${text}// a comment\n`],
    [
      "restart",
      "how it listens",
      (text: string) => text.replace('bind: "lan"', 'bind: "loopback"'),
    ],
  ])("is %s for %s while it runs", async (effect, _, edit) => {
    await using panel = await setUp(true);
    expect((await save(panel, edit)).effect).toBe(effect);
  });

  test("is at the next start while it does not run", async () => {
    await using panel = await setUp();
    expect((await save(panel, (text) => `${text} `)).effect).toBe("next-start");
  });
});

describe("the word of a running gateway", () => {
  const withSchema = () => setUp(true, { timing: { configSchema: OPENCLAW_SCHEMA } });

  /** Saves, and lets the gateway write `line` when the file has the text. */
  async function saveAndHear(panel: TestPanel, line: string) {
    panel.faults.onNext(
      "storage.writeConfig",
      () => panel.engine.write("anna", "stdout", line),
      "after",
    );
    return save(panel, (text) => `${text}// mine\n`);
  }

  test("that it does not take the text is the answer, and the former text is back", async () => {
    await using panel = await withSchema();
    const before = await readConfig(panel.context, "anna");
    const said = "[reload] config reload skipped (invalid config): channels: allowFrom is missing";
    const { effect, message, revision } = await saveAndHear(panel, said);
    expect(effect).toBe("refused");
    expect(message).toBe(
      `OpenClaw does not take this configuration: ${said}. The former configuration is back.`,
    );
    const now = await readConfig(panel.context, "anna");
    expect(now).toMatchObject({ text: before.text, revision, lost: { isBack: true } });
    expect(revision).toBe(before.revision);
  });

  test("that it takes it is waited for no longer than until it comes", async () => {
    await using panel = await withSchema();
    const { effect } = await saveAndHear(panel, "[reload] config hot reload applied (logging)");
    expect(effect).toBe("hot");
  });

  test("is waited for only for a moment", async () => {
    await using panel = await withSchema();
    const others = panel.host.asleep;
    const saved = save(panel, (text) => `${text}// mine\n`);
    // The wait for this word, and the watch over what becomes of the text.
    await eventually(() => expect(panel.host.asleep).toBe(others + 2));
    panel.host.advance(1_500);
    expect((await saved).effect).toBe("hot");
  });

  test("is not waited for where the image has no schema and may never say one", async () => {
    await using panel = await setUp(true);
    expect((await save(panel, (text) => `${text}// mine\n`)).effect).toBe("hot");
  });
});

test("an instance that is being worked on is left alone", async () => {
  await using panel = await setUp();
  const { revision } = await readConfig(panel.context, "anna");
  await panel.context.runtime.live.locks.exclusive("anna", "removing", () =>
    rejects(saveConfig(panel.context, { id: "anna", text: "{}", revision }), "BUSY"),
  );
  await rejects(
    saveConfig(panel.context, { id: "nobody", text: "{}", revision }),
    "INSTANCE_NOT_FOUND",
  );
});

test("a disk that is full leaves the old text, and the next save works", async () => {
  await using panel = await setUp();
  const before = await onDisk(panel);
  panel.faults.failNext("storage.writeConfig", new DomainError("DISK_FULL", "full"));
  await rejects(
    save(panel, () => "{}"),
    "DISK_FULL",
  );
  expect(await onDisk(panel)).toBe(before);
  await save(panel, () => "{}");
});

test.runIf(process.platform !== "win32")(
  "a link that the instance planted is not written through",
  async () => {
    await using panel = await setUp();
    await panel.context.disk.storage.removeInstance("anna");
    await panel.context.disk.storage.createInstance("anna");
    const victim = path.join(panel.home, "victim");
    await writeFile(victim, "precious");
    await symlink(victim, path.join(panel.home, "instances/anna/data/openclaw.json"));
    const input = { id: "anna", text: "{}", revision: "x" };
    await rejects(saveConfig(panel.context, input), "FILES_DENIED");
    expect(await readFile(victim, "utf8")).toBe("precious");
  },
);

test("nothing of the text is in the panel's log", async () => {
  await using panel = await setUp();
  await save(panel, () => '{ apiKey: "sk-secret" }');
  await save(panel, () => "{ apiKey: 'sk-secret', ").catch(() => undefined);
  expect(panel.logged.join("")).not.toContain("sk-secret");
});
