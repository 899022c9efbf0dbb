import { monitorEventLoopDelay } from "node:perf_hooks";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestApp,
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import type { ConfigChecker } from "../../checker/config-checker.ts";
import { prepareChecks, requireValid, validateConfig } from "./check-config.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { saveConfig } from "./save-config.ts";

const WITH_SCHEMA = { timing: { configSchema: OPENCLAW_SCHEMA } };

async function setUp(options: TestAppOptions = WITH_SCHEMA, start = false) {
  const panel = await createTestPanel(options);
  await createInstance(panel.context, { id: "anna", name: "Anna", start });
  if (start) await panel.until("anna", "running");
  return panel;
}

/** A checker that has this to say of every text. */
const failing = (why: DomainError): ConfigChecker => ({
  check: () => Promise.reject(why),
  [Symbol.asyncDispose]: async () => undefined,
});

const check = (panel: TestPanel, text: string) =>
  validateConfig(panel.context, { id: "anna", text });
const onDisk = (panel: TestPanel) => panel.context.disk.storage.readConfig("anna");

/** Saves what `edit` makes of the text that is there. */
async function save(panel: TestPanel, edit: (text: string) => string) {
  const { text, revision } = await readConfig(panel.context, "anna");
  return saveConfig(panel.context, { id: "anna", text: edit(text), revision });
}

describe("a text is checked", () => {
  test("and what a new instance has is valid, commented as it is", async () => {
    await using panel = await setUp();
    const text = (await onDisk(panel)) ?? "";
    expect(text).toContain("//");
    expect(await check(panel, text)).toEqual({ valid: true, issues: [] });
  });

  test("for its syntax first", async () => {
    await using panel = await setUp();
    expect(await check(panel, "{\n  frobnicate: 1\n  b: 2\n}")).toEqual({
      valid: false,
      issues: [
        { line: 3, column: 3, path: "", message: "invalid character 'b'.", source: "syntax" },
      ],
    });
  });

  test("then by the schema of its image, and nothing is saved", async () => {
    await using panel = await setUp();
    const before = await onDisk(panel);
    const place = { line: 2, column: 14, path: "gateway", source: "schema" };
    expect(await check(panel, "{\n  gateway: { frobnicate: 1 },\n}")).toEqual({
      valid: false,
      issues: [{ ...place, message: "Unrecognized key: frobnicate" }],
    });
    expect(await onDisk(panel)).toBe(before);
  });

  test("by what the image says, which is asked once", async () => {
    await using panel = await setUp();
    panel.faults.record();
    const asked = () => panel.faults.calls.filter(({ method }) => method === "engine.runOnce");
    await Promise.all([check(panel, "{}"), check(panel, "{ a: 1 }"), check(panel, "{}")]);
    expect(asked().map(({ args }) => args[1])).toEqual([["openclaw", "config", "schema"]]);
  });

  test.each([
    ["brackets", `{ a: ${"[".repeat(1_000_000)}`],
    ["names", `{${"a:1,".repeat(250_000)}}`],
    ["comments", `{${"/**/".repeat(250_000)}}`],
    ["one name", `{ ${"a".repeat(1_000_000)}: 1 }`],
    ["as many numbers as are read", `{ a: [${"1,".repeat(24_000)}] }`],
  ])("and a megabyte of %s holds nobody up", async (_, text) => {
    await using panel = await setUp();
    await check(panel, "{}");
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await check(panel, text);
    delay.disable();
    // Milliseconds where it is refused, a tenth of a second for the most that is read.
    expect(delay.max / 1e6).toBeLessThan(1_000);
  });

  test("only where there is an instance, and only up to a length", async () => {
    await using panel = await setUp();
    const nobody = validateConfig(panel.context, { id: "nobody", text: "{}" });
    await rejects(nobody, "INSTANCE_NOT_FOUND");
    await rejects(check(panel, " ".repeat(1_048_577)), "CONFIG_TOO_LARGE");
  });
});

describe("saving a text that OpenClaw would not start with", () => {
  test("is refused with its places, and nothing is written", async () => {
    await using panel = await setUp();
    const before = await onDisk(panel);
    const error = await rejects(
      save(panel, () => "{\n  gateway: { frobnicate: 1 },\n  channels: [],\n}"),
      "CONFIG_INVALID",
    );
    expect(error.message).toBe(
      "OpenClaw would not start with this configuration: line 2, column 14: gateway: Unrecognized key: frobnicate (and 1 more). Correct it and save again; nothing was changed.",
    );
    expect(error.issues?.map(({ line, path }) => [line, path])).toEqual([
      [2, "gateway"],
      [3, "channels"],
    ]);
    expect(await onDisk(panel)).toBe(before);
  });

  test("is refused whatever state the instance is in", async () => {
    await using panel = await setUp(WITH_SCHEMA, true);
    await rejects(
      save(panel, (text) => text.replace("gateway: {", "gateway: { bogus: 1,")),
      "CONFIG_INVALID",
    );
    const hot = "[reload] config hot reload applied (logging)";
    panel.faults.onNext(
      "storage.writeConfig",
      () => panel.engine.write("anna", "stdout", hot),
      "after",
    );
    const { effect, message } = await save(panel, (text) => `${text}// a comment\n`);
    expect([effect, message]).toEqual(["hot", "The gateway applies it at once."]);
  });
});

test("checks are prepared before the first text, or it is told why they cannot be", async () => {
  await using panel = await setUp();
  const schema = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(await prepareChecks(panel.context, "anna")).toEqual({ hindrance: null, schema });
  panel.faults.record();
  await check(panel, "{ frobnicate: 1 }");
  expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.runOnce");
  await using without = await setUp({});
  expect(await prepareChecks(without.context, "anna")).toEqual({
    hindrance: { reason: "COMMAND_FAILED", message: expect.stringMatching(/prints no schema/) },
    schema: null,
  });
  await rejects(prepareChecks(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});

describe("without a schema a text is saved, and the answer says what was not checked:", () => {
  const UNKNOWN = "{ frobnicate: 1 }";
  const saved = async (panel: TestPanel) => (await save(panel, () => UNKNOWN)).message;

  test("an image that prints none", async () => {
    await using panel = await setUp({});
    expect(await saved(panel)).toMatch(
      /^It takes effect at the next start\. Only its syntax was checked: The image prints no schema/,
    );
    expect(await onDisk(panel)).toBe(UNKNOWN);
    expect(await check(panel, UNKNOWN)).toEqual({ valid: true, issues: [] });
  });

  test("an engine that runs no programs", async () => {
    await using panel = await setUp({ timing: { capabilities: { oneOff: false } } });
    expect(await saved(panel)).toContain("does not offer oneOff");
  });

  test("an engine that is away, and is not waited for", async () => {
    await using panel = await setUp({});
    panel.engine.setReachable(false);
    await expect.poll(() => panel.context.runtime.live.board.isReachable()).toBe(false);
    const { isChecked, note } = await requireValid(panel.context, "anna", UNKNOWN);
    expect([isChecked, note]).toEqual([false, expect.stringContaining("Docker")]);
  });

  test("a schema that cannot be prepared", async () => {
    const why = new DomainError("COMMAND_FAILED", "It took too long.");
    await using panel = await setUp({ ...WITH_SCHEMA, checker: failing(why) });
    expect(await saved(panel)).toContain("Only its syntax was checked: It took too long.");
  });
});

test("a text that cannot be checked is not saved, whatever the file has", async () => {
  const source = "schema" as const;
  const issues = [{ line: 1, column: 1, path: "", message: "It took too long.", source }];
  const why = new DomainError("CONFIG_INVALID", "It took too long.", { issues });
  await using panel = await setUp({ ...WITH_SCHEMA, checker: failing(why) });
  const before = await onDisk(panel);
  const saving = save(panel, (text) => `${text}// mine\n`);
  expect((await rejects(saving, "CONFIG_INVALID")).message).toBe("It took too long.");
  expect(await onDisk(panel)).toBe(before);
  expect(await check(panel, "{}")).toEqual({ valid: false, issues });
});

test("a disk that does not keep the schema is no reason not to check by it", async () => {
  await using panel = await setUp();
  panel.faults.failNext("files.keepImageSchema", new DomainError("DISK_FULL", "It is full."));
  await rejects(
    save(panel, () => "{ bogus: 1 }"),
    "CONFIG_INVALID",
  );
  expect(panel.logged.join("")).toContain("It is full.");
});

describe("what the file has already is no reason to refuse a save:", () => {
  /** As OpenClaw 2026.9.6 reads it from an older version, though its schema does not know it. */
  const OLDER = "{\n  tools: { list: [] },\n}";

  async function withOlder() {
    const panel = await setUp();
    await panel.context.disk.storage.writeConfig("anna", OLDER);
    return panel;
  }

  test("the rest can be edited, and the answer says what is unknown", async () => {
    await using panel = await withOlder();
    const edited = OLDER.replace("{", "{\n  logging: { level: 'debug' },");
    const { message } = await save(panel, () => edited);
    expect(message).toBe(
      "It takes effect at the next start. As before, its schema does not know this: line 3: tools: Unrecognized key: list.",
    );
    expect(await onDisk(panel)).toBe(edited);
    expect((await check(panel, edited)).valid).toBe(false);
  });

  test("nothing else may come with it", async () => {
    await using panel = await withOlder();
    const error = await rejects(
      save(panel, (text) => text.replace("list: []", "list: [], bogus: 1")),
      "CONFIG_INVALID",
    );
    expect(error.issues?.map(({ message }) => message)).toEqual([
      "Unrecognized key: list",
      "Unrecognized key: bogus",
    ]);
    expect(await onDisk(panel)).toBe(OLDER);
  });

  test("nothing else may come with it, however much that is", async () => {
    await using panel = await setUp();
    const keys = Array.from({ length: 60 }, (_, at) => `old${at}: 1`).join(", ");
    const older = `{ ${keys} }`;
    await panel.context.disk.storage.writeConfig("anna", older);
    const error = await rejects(
      save(panel, () => `{ ${keys}, bogus: 1 }`),
      "CONFIG_INVALID",
    );
    expect(error.issues).toHaveLength(50);
    expect(error.issues?.at(-1)?.message).toBe("Unrecognized key: bogus");
    expect(await onDisk(panel)).toBe(older);
    await save(panel, () => `{ ${keys} } // mine`);
    expect((await check(panel, older)).issues).toHaveLength(50);
  });

  test("an item of a list may go, and those behind it move up; none may join them", async () => {
    await using panel = await setUp();
    const textOf = (...accounts: string[]) =>
      `{ plugins: { entries: { imap: { config: { accounts: [${accounts.join(", ")}] } } } } }`;
    const older = "{ user: 'b', old: 1 }";
    await panel.context.disk.storage.writeConfig("anna", textOf("{ user: 'a' }", older));
    await rejects(
      save(panel, () => textOf(older, older)),
      "CONFIG_INVALID",
    );
    expect((await save(panel, () => textOf(older))).message).toContain("accounts.0");
    expect(await onDisk(panel)).toBe(textOf(older));
  });
});

test("a text is sent by POST, however long it is", async () => {
  await using app = await createTestApp(WITH_SCHEMA);
  await createInstance(app.context, { id: "anna", name: "Anna", start: false });
  const text = `{ // ${"x".repeat(300_000)}\n  frobnicate: 1 }`;
  expect(await app.client.instances.validateConfig.query({ id: "anna", text })).toEqual({
    valid: false,
    issues: [
      {
        ...{ line: 2, column: 3, path: "", source: "schema" },
        message: "Unrecognized key: frobnicate",
      },
    ],
  });
  const refused = app.client.instances.saveConfig.mutate({ id: "anna", text, revision: "" });
  await expect(refused).rejects.toMatchObject({
    data: { reason: "CONFIG_INVALID", issues: [{ line: 2, column: 3, source: "schema" }] },
  });
});

test("nothing of a text is in the panel's log", async () => {
  await using panel = await setUp();
  await check(panel, '{ apiKey: "sk-secret" }');
  await save(panel, () => '{ apiKey: "sk-secret" }').catch(() => undefined);
  expect(panel.logged.join("")).not.toContain("sk-secret");
});
