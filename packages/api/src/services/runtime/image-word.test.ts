import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { CommandOverrun } from "../../engine/command-overrun.ts";
import type { ExecResult, RunOptions } from "../../engine/engine.ts";
import { createImageWord } from "./image-word.ts";

const said = (word: object, exitCode = 0): ExecResult => ({
  ...{ exitCode, stderr: "" },
  stdout: `${JSON.stringify(word, null, 2)}\n`,
});
const VALID = said({ valid: true, path: "/tmp/openclaw.json", warnings: [] });

/** An engine that answers in turn. */
function scene(answers: (ExecResult | Error | Promise<ExecResult>)[]) {
  const host = new FakeHost();
  const runs: (Pick<RunOptions, "env" | "files"> & { argv: readonly string[] })[] = [];
  const word = createImageWord({
    host,
    isReachable: () => true,
    signal: new AbortController().signal,
    engine: {
      async runOnce(_image, argv, { env, files }) {
        runs.push({ argv, ...(env && { env }), ...(files && { files }) });
        const answer = answers.shift() ?? new Error("asked once too often");
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  });
  const ask = (text: string, id = "anna", by: string | null = null) =>
    word.of({ imageId: "sha256:1", id, text, by });
  return { ask, host, runs };
}

test("the text lies in a file of the container, not among its arguments", async () => {
  const { ask, runs } = scene([VALID]);
  expect(await ask("{ secret: 1 }")).toEqual([]);
  expect(runs).toEqual([
    {
      argv: ["openclaw", "config", "validate", "--json"],
      env: { OPENCLAW_CONFIG_PATH: "/tmp/openclaw.json" },
      files: { "/tmp/openclaw.json": "{ secret: 1 }" },
    },
  ]);
});

test("its complaints are those of the image", async () => {
  const issues = [{ path: "tools", message: "not both" }];
  const { ask } = scene([said({ ok: false, valid: false, issues }, 1)]);
  expect(await ask("{}")).toEqual(issues);
});

test.each<[string, ExecResult]>([
  ["has no such command", { exitCode: 2, stdout: "", stderr: "unknown command 'validate'" }],
  ["prints another thing", { exitCode: 0, stdout: "config help", stderr: "" }],
])("an image that %s has no word, and that instance does not ask it again for a while", async (_, answer) => {
  const { ask, host, runs } = scene([answer, VALID, VALID]);
  await rejects(ask("{}"), "COMMAND_FAILED");
  await rejects(ask("{ a: 1 }"), "COMMAND_FAILED");
  expect(runs).toHaveLength(1);
  expect(await ask("{}", "bea")).toEqual([]);
  host.advance(11 * 60_000);
  expect(await ask("{}")).toEqual([]);
});

test.each<[string, ExecResult | Error]>([
  ["runs out of time", new CommandOverrun("openclaw config validate", 20)],
  ["is killed for want of memory", { exitCode: 137, stdout: "", stderr: "" }],
  ["fails at a text", { exitCode: 1, stdout: "", stderr: "TypeError: not iterable" }],
  ["says no and not why", said({ valid: false, issues: [] }, 1)],
])("an image that %s has no word for that text, and judges the next one", async (_, answer) => {
  const complaint = { path: "tools", message: "not both" };
  const { ask } = scene([answer, said({ valid: false, issues: [complaint] }, 1)]);
  await rejects(ask("{}"), "COMMAND_FAILED");
  expect(await ask("{ a: 1 }")).toEqual([complaint]);
});

test("an engine that was away is asked again at once", async () => {
  const away = new DomainError("ENGINE_UNREACHABLE", "Docker does not answer.");
  const { ask } = scene([away, VALID]);
  await expect(ask("{}")).rejects.toBe(away);
  expect(await ask("{}")).toEqual([]);
});

test("one container runs at a time, and nobody waits behind all that another asks for", async () => {
  const first = Promise.withResolvers<ExecResult>();
  const { ask, runs } = scene([first.promise, VALID, VALID, VALID]);
  const asked = [
    ask("1", "anna", "anna"),
    ask("2", "anna", "anna"),
    ask("3", "anna", "anna"),
    ask("4", "bea", "bea"),
  ];
  await expect.poll(() => runs.length).toBe(1);
  first.resolve(VALID);
  await Promise.all(asked);
  expect(runs.map(({ files }) => Object.values(files ?? {})[0])).toEqual(["1", "4", "2", "3"]);
});
