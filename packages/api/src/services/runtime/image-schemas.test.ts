import { createHash } from "node:crypto";
import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import type { ExecResult } from "../../engine/engine.ts";
import { createImageSchemas } from "./image-schemas.ts";

const SCHEMA = { type: "object", properties: { gateway: {} } };
const KEY = createHash("sha256").update(JSON.stringify(SCHEMA)).digest("hex");
const printed: ExecResult = { exitCode: 0, stdout: JSON.stringify(SCHEMA, null, 2), stderr: "" };

/** An engine that answers in turn, and a disk in memory, which may be full. */
function scene(answers: (ExecResult | Error)[] = [printed], disk = new Map<string, string>()) {
  const host = new FakeHost();
  const reachable = { now: true };
  const full = { now: false };
  const commands: (readonly string[])[] = [];
  const images = new Set(["sha256:1", "sha256:2"]);
  const warnings: string[] = [];
  const schemas = createImageSchemas({
    host,
    onWarning: (message) => warnings.push(message),
    isReachable: () => reachable.now,
    signal: new AbortController().signal,
    engine: {
      async runOnce(image, argv) {
        commands.push([image, ...argv]);
        const answer = answers.shift() ?? new Error("asked once too often");
        if (answer instanceof Error) throw answer;
        return answer;
      },
      images: {
        find: async (id) => (images.has(id) ? { id, digest: null, version: null, size: 1 } : null),
      },
    },
    files: {
      readImageSchema: async (id) => disk.get(id) ?? null,
      async keepImageSchema(id, text) {
        if (full.now) throw new DomainError("DISK_FULL", "It is full.");
        disk.set(id, text);
      },
      keptImageSchemas: async () => [...disk.keys()],
      async removeImageSchema(id) {
        if (id === "sha256:stuck") throw new DomainError("FILES_DENIED", "It is read-only.");
        disk.delete(id);
      },
    },
  });
  return { host, commands, disk, full, images, reachable, schemas, warnings };
}

test("an image prints its schema once, for all who ask at the same time and later", async () => {
  const { commands, disk, schemas } = scene();
  const [first, second] = await Promise.all([schemas.of("sha256:1"), schemas.of("sha256:1")]);
  expect(first.key).toBe(second.key);
  expect(JSON.parse(await first.text())).toEqual(SCHEMA);
  expect(await second.text()).toBe(await first.text());
  expect(commands).toEqual([["sha256:1", "openclaw", "config", "schema"]]);
  await scene([], disk).schemas.of("sha256:1");
});

test.each<[string, ExecResult]>([
  ["no such command", { exitCode: 2, stdout: "", stderr: "error: unknown command 'schema'" }],
  ["nothing", { exitCode: 0, stdout: "", stderr: "" }],
  ["text", { exitCode: 0, stdout: "config help", stderr: "" }],
  ["another JSON", { exitCode: 0, stdout: "[]", stderr: "" }],
])("an image that prints %s has none, and is not asked again for a while", async (_, answer) => {
  const { host, commands, schemas } = scene([answer, printed]);
  await rejects(schemas.of("sha256:1"), "COMMAND_FAILED");
  await rejects(schemas.of("sha256:1"), "COMMAND_FAILED");
  expect(commands).toHaveLength(1);
  host.advance(11 * 60_000);
  expect((await schemas.of("sha256:1")).key).toBe(KEY);
});

test.each([
  "NOT_SUPPORTED",
  "DISK_FULL",
] as const)("an image that cannot be asked, for %s, is not asked again for a while", async (reason) => {
  const { commands, host, schemas } = scene([new DomainError(reason, "No."), printed]);
  await rejects(schemas.of("sha256:1"), reason);
  await rejects(schemas.of("sha256:1"), reason);
  expect(commands).toHaveLength(1);
  host.advance(11 * 60_000);
  expect((await schemas.of("sha256:1")).key).toBe(KEY);
});

test("a schema that the disk does not take is used, and written when it does", async () => {
  const { commands, disk, full, schemas, warnings } = scene();
  full.now = true;
  for (let turn = 0; turn < 3; turn++)
    expect(JSON.parse(await (await schemas.of("sha256:1")).text())).toEqual(SCHEMA);
  expect(commands).toHaveLength(1);
  expect(warnings).toEqual([expect.stringContaining("It is full.")]);
  expect(disk.size).toBe(0);
  full.now = false;
  const schema = await schemas.of("sha256:1");
  const text = await schema.text();
  expect([...disk]).toEqual([["sha256:1", text]]);
  expect(await schema.text()).toBe(text);
});

test("why there is none is told in the image's words", async () => {
  const answer = { exitCode: 1, stdout: "", stderr: "starting\nunknown command 'schema'\n" };
  const { message } = await rejects(scene([answer]).schemas.of("sha256:1"), "COMMAND_FAILED");
  expect(message).toBe(
    "The image prints no schema of its configuration: unknown command 'schema'.",
  );
});

test("an engine that was away is asked again at once", async () => {
  const away = new DomainError("ENGINE_UNREACHABLE", "Docker does not answer.");
  const { schemas } = scene([away, printed]);
  await expect(schemas.of("sha256:1")).rejects.toBe(away);
  expect((await schemas.of("sha256:1")).key).toBe(KEY);
});

test("a schema that somebody removed from the disk is printed again", async () => {
  const { disk, schemas } = scene([printed, printed]);
  const schema = await schemas.of("sha256:1");
  disk.clear();
  await rejects(schema.text(), "FILES_DENIED");
  expect(JSON.parse(await (await schemas.of("sha256:1")).text())).toEqual(SCHEMA);
});

test("an engine that is away is not waited for, and what was kept needs none", async () => {
  const { commands, disk, reachable, schemas } = scene();
  reachable.now = false;
  await rejects(schemas.of("sha256:1"), "ENGINE_UNREACHABLE");
  expect(commands).toEqual([]);
  reachable.now = true;
  await schemas.of("sha256:1");
  const later = scene([], disk);
  later.reachable.now = false;
  expect(JSON.parse(await (await later.schemas.of("sha256:1")).text())).toEqual(SCHEMA);
});

test("with the first schema of another image those of images that are gone are removed", async () => {
  const { disk, images, schemas } = scene([printed, printed, printed]);
  await schemas.of("sha256:1");
  images.delete("sha256:1");
  await schemas.of("sha256:2");
  expect([...disk.keys()]).toEqual(["sha256:2"]);
  images.add("sha256:1");
  expect(JSON.parse(await (await schemas.of("sha256:1")).text())).toEqual(SCHEMA);
});

test("one that cannot be removed is written down, and no reason to check nothing", async () => {
  const { schemas, warnings } = scene([printed], new Map([["sha256:stuck", "{}"]]));
  expect((await schemas.of("sha256:1")).key).toBe(KEY);
  expect(warnings).toEqual([expect.stringContaining("It is read-only.")]);
});

test("a schema is found by the hash of its text, also that of an image with the same", async () => {
  const { disk, schemas } = scene([printed, printed]);
  expect(await schemas.find(KEY)).toBeNull();
  const { key } = await schemas.of("sha256:1");
  expect(key).toBe(KEY);
  expect(JSON.parse((await schemas.find(KEY)) ?? "")).toEqual(SCHEMA);
  expect((await schemas.of("sha256:2")).key).toBe(KEY);
  disk.delete("sha256:1");
  await rejects(schemas.find(KEY), "FILES_DENIED");
  expect(JSON.parse((await schemas.find(KEY)) ?? "")).toEqual(SCHEMA);
});
