import { imageIssues } from "@claw/core/config-schema/image-issues";
import { parseJson5Object } from "@claw/core/json5-edit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CommandOverrun } from "../src/engine/command-overrun.ts";
import { createImageWord, type ImageWord } from "../src/services/runtime/image-word.ts";
import { DockerHarness } from "./support/docker.ts";
import { FakeHost } from "./support/fake-host.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
const PATIENCE_MS = 240_000;

let harness: DockerHarness;
let word: ImageWord;
beforeAll(async () => {
  harness = await DockerHarness.make();
  word = createImageWord({
    engine: harness.engine,
    host: new FakeHost(),
    isReachable: () => true,
    signal: new AbortController().signal,
  });
});
afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

async function issuesOf(text: string) {
  const question = { imageId: OPENCLAW_IMAGE, id: "anna", text, by: null };
  return imageIssues(text, parseJson5Object(text), await inTime(() => word.of(question)));
}

/** With the panel's own limit. Beside other tests a look may run out of it: the next one is judged. */
async function inTime<T>(look: () => Promise<T>): Promise<T> {
  const giveUp = performance.now() + PATIENCE_MS / 2;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof CommandOverrun) || performance.now() > giveUp) throw error;
    }
  }
}

const AUTH = 'auth: { mode: "token", token: "0123456789abcdef0123456789abcdef" }';
const GATEWAY = `gateway: { mode: "local", bind: "lan", port: 18789, ${AUTH} }`;

test("the first draft's mistakes lie at their lines, and what only warns is none", {
  timeout: PATIENCE_MS,
}, async () => {
  const text = `{
  // 注释
  gateway: {
    mode: "local",
    ${AUTH},
    token: "t",
    bind: "0.0.0.0",
  },
  tools: { defaults: {} },
  channels: [],
  agents: { defaults: { model: "gpt-4", sandbox: { mode: "non-main" } } },
  frobnicate: true,
  logging: { maxFileBytes: "x" },
}`;
  const issues = await issuesOf(text);
  expect(issues.map(({ line, path, message }) => [line, path, message])).toEqual([
    [6, "gateway", "Unrecognized key: token"],
    [7, "gateway.bind", expect.stringContaining("lan")],
    [9, "tools", "Unrecognized key: defaults"],
    [10, "channels", expect.stringContaining("expected object, received array")],
    [12, "", "Unrecognized key: frobnicate"],
    [13, "logging.maxFileBytes", expect.stringContaining("expected number")],
  ]);
});

// One after the other: OpenClaw looks at channels once the rest is right.
test.each([
  [
    "tools",
    'tools: { allow: ["read"], alsoAllow: ["write"] }',
    "cannot set both allow and alsoAllow",
  ],
  ["channels.not-bundled", 'channels: { "not-bundled": { a: 1 } }', "unknown channel id"],
])(
  "what its schema accepts and OpenClaw refuses is told at its line: %s",
  {
    timeout: PATIENCE_MS,
  },
  async (path, member, said) => {
    const issues = await issuesOf(`{\n  ${GATEWAY},\n  ${member},\n}`);
    expect(issues).toEqual([
      expect.objectContaining({
        line: 3,
        path,
        source: "image",
        message: expect.stringContaining(said),
      }),
    ]);
  },
);

test("what a gateway starts with is valid: a model without provider, a sandbox, unknown plugins", {
  timeout: PATIENCE_MS,
}, async () => {
  const text = `{
  ${GATEWAY},
  agents: { defaults: { model: "gpt-4", sandbox: { mode: "non-main" } } },
  plugins: { entries: { "not-bundled": { config: { a: 1 } } } },
  logging: { level: "\${LOG_LEVEL}" },
}`;
  expect(await issuesOf(text)).toEqual([]);
});
