import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { offersIn } from "@claw/core/image-offers";
import { expect, onTestFinished, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import type { ExecResult } from "../../engine/engine.ts";
import { createImageOffers } from "./image-offers.ts";
import { LIST_PROVIDERS } from "./provider-listing.ts";

const run = promisify(execFile);

const PLUGIN = {
  id: "openai",
  providerAuthChoices: [
    { provider: "openai", method: "oauth", choiceId: "openai" },
    {
      ...{ provider: "openai", method: "api-key", choiceId: "openai-api-key" },
      ...{ choiceLabel: "OpenAI API Key", cliFlag: "--openai-api-key" },
    },
  ],
  setup: { providers: [{ id: "openai", envVars: ["OPENAI_API_KEY"] }] },
  modelCatalog: {
    providers: {
      openai: {
        baseUrl: "https://api.openai.com/v1",
        models: [{ id: "gpt-6" }, { id: "gpt-4", status: "deprecated" }],
      },
    },
  },
};
const CATALOG = {
  entries: [
    { openclaw: { plugin: { id: "voyage" }, providers: [{ id: "voyage" }] } },
    {
      openclaw: {
        plugin: { id: "deepseek" },
        providerEndpoints: [{ hosts: ["api.deepseek.com"] }],
        providers: [
          {
            id: "deepseek",
            envVars: ["DEEPSEEK_API_KEY"],
            authChoices: [{ choiceId: "deepseek-api-key", cliFlag: "--deepseek-api-key" }],
          },
        ],
      },
    },
  ],
};

/** Folders laid out as in an image; returns the folder of its programs. */
async function anImage(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), "claw-offers-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const app = path.join(root, "app");
  const put = async (file: string, text: string) => {
    await mkdir(path.dirname(path.join(app, file)), { recursive: true });
    await writeFile(path.join(app, file), text);
  };
  await put("openclaw.mjs", "");
  await put("dist/extensions/openai/openclaw.plugin.json", JSON.stringify(PLUGIN));
  await put("dist/extensions/browser/openclaw.plugin.json", '{"id":"browser"}');
  await put("dist/extensions/shared/index.js", "");
  await put(
    "dist/official-external-provider-catalog-AbC1.mjs",
    `export const t = ${JSON.stringify(CATALOG)};`,
  );
  await mkdir(path.join(root, "bin"));
  await symlink(path.join(app, "openclaw.mjs"), path.join(root, "bin/openclaw"));
  return path.join(root, "bin");
}

async function listed(programs: string) {
  const env = { PATH: programs };
  const { stdout } = await run(process.execPath, ["-e", LIST_PROVIDERS], { env });
  return offersIn(JSON.parse(stdout));
}

test("the program lists what an image's plugins and its catalogue say", async () => {
  const programs = await anImage();
  expect(await listed(programs)).toMatchObject([
    { choice: "custom-api-key" },
    {
      ...{ choice: "openai-api-key", label: "OpenAI API Key", keyVariable: "OPENAI_API_KEY" },
      ...{ addresses: ["https://api.openai.com/v1"], models: ["gpt-6"], plugin: "missing" },
    },
    {
      ...{ choice: "deepseek-api-key", provider: "deepseek", keyVariable: "DEEPSEEK_API_KEY" },
      ...{ addresses: ["https://api.deepseek.com"], plugin: "missing" },
    },
  ]);
  await writeFile(path.join(programs, "npm"), "");
  const codex = path.join(programs, "../app/dist/extensions/codex");
  await mkdir(codex);
  await writeFile(path.join(codex, "openclaw.plugin.json"), '{"id":"codex"}');
  expect((await listed(programs))?.map(({ plugin }) => plugin)).toEqual([
    ...["built-in", "built-in", "download"],
  ]);
});

const ANSWER: ExecResult = {
  exitCode: 0,
  stdout: JSON.stringify({
    hasNpm: true,
    bundled: [{ id: "p", choices: [{ provider: "p", choiceId: "p", cliFlag: "--p" }] }],
    official: [],
  }),
  stderr: "",
};

function scene(answer: ExecResult) {
  const commands: (readonly string[])[] = [];
  const offers = createImageOffers({
    host: new FakeHost(),
    signal: new AbortController().signal,
    engine: {
      async runOnce(image, argv) {
        commands.push([image, ...argv]);
        return answer;
      },
    },
  });
  return { commands, offers };
}

test("an image is asked once, in a container of its own", async () => {
  const { commands, offers } = scene(ANSWER);
  expect((await offers.of("sha256:1")).map(({ choice }) => choice)).toEqual([
    ...["custom-api-key", "p"],
  ]);
  await offers.of("sha256:1");
  expect(commands).toEqual([["sha256:1", "node", "-e", LIST_PROVIDERS]]);
});

test.each<[string, ExecResult]>([
  ["has no Node", { exitCode: 127, stdout: "", stderr: "node: not found" }],
  ["is no OpenClaw", { exitCode: 1, stdout: "", stderr: "TypeError: path\nnode: not found\n" }],
  ["says something else", { exitCode: 0, stdout: "hello", stderr: "node: not found" }],
])("one that %s offers nothing that it says", async (_, answer) => {
  const { message } = await rejects(scene(answer).offers.of("sha256:1"), "COMMAND_FAILED");
  expect(message).toBe("The image does not say which providers it offers: node: not found.");
});
