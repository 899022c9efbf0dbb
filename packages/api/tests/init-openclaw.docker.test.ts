import { onboardCommand, type Provider } from "@claw/core/provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start. */
const PATIENCE_MS = 300_000;

/** A provider inside the container, which takes the key `good`; it logs the accepted keys. */
const PROVIDER = `
const { appendFileSync } = require("node:fs");
const answer = { id: "x", object: "chat.completion", created: 1, model: "m1", choices: [
  { index: 0, message: { role: "assistant", content: "hello" }, finish_reason: "stop" }] };
const error = { error: { message: "Incorrect API key", type: "invalid_request_error", code: "invalid_api_key" } };
for (const port of [9911, 9912]) require("node:http").createServer((request, reply) => {
  const isGood = request.headers.authorization === "Bearer good" + port;
  let body = "";
  request.on("data", (part) => { body += part; }).on("end", () => {
    appendFileSync("/tmp/asked", port + " " + isGood + "\\n");
    const isStream = isGood && body && JSON.parse(body).stream;
    reply.writeHead(isGood ? 200 : 401, { "content-type": isStream ? "text/event-stream" : "application/json" });
    if (!isStream) return reply.end(JSON.stringify(isGood ? answer : error));
    const chunk = { id: "x", object: "chat.completion.chunk", created: 1, model: "m1" };
    const delta = { index: 0, delta: { role: "assistant", content: "hello" }, finish_reason: null };
    reply.write("data: " + JSON.stringify({ ...chunk, choices: [delta] }) + "\\n\\n");
    reply.write("data: " + JSON.stringify({ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }) + "\\n\\n");
    reply.end("data: [DONE]\\n\\n");
  });
}).listen(port, "127.0.0.1");
`;

let place: DockerHome;
let panel: PanelProcess;

beforeAll(async () => {
  place = await DockerHome.make(23_970, "10.218.12.0/24");
  panel = await PanelProcess.start({ ...place.env, CLAW_IMAGE: OPENCLAW_IMAGE });
  await panel.client.instances.create.mutate({ id: "anna", name: "安娜" });
  await eventually(
    async () =>
      expect((await panel.client.instances.get.query({ id: "anna" })).status).toBe("running"),
    PATIENCE_MS,
  );
  await docker("exec", "-d", "openclaw-anna", "node", "-e", PROVIDER);
}, PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const init = (port: number, apiKey: string) =>
  initWith({
    choice: "custom-api-key",
    apiKey,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    modelId: "m1",
  });

async function initWith(provider: Provider) {
  const { id } = await panel.client.instances.init.mutate({ id: "anna", provider });
  return eventually(async () => {
    const job = await panel.client.jobs.get.query({ id });
    expect(job.finishedAt).not.toBeNull();
    return job;
  }, PATIENCE_MS);
}

/** The provider's ports that the running agent calls for a message, and whether each took the key. */
async function asked(): Promise<string[]> {
  await docker("exec", "openclaw-anna", "sh", "-c", ": > /tmp/asked");
  const message = ["agent", "--agent", "main", "--message", "hello", "--json"];
  await docker("exec", "openclaw-anna", "openclaw", ...message);
  const lines = await docker("exec", "openclaw-anna", "cat", "/tmp/asked");
  return [...new Set(lines.trim().split("\n"))];
}

test("the image says which providers it offers, and its onboarding takes each of them", {
  timeout: PATIENCE_MS,
}, async () => {
  const { isFromImage, offers } = await panel.client.instances.providers.query({ id: "anna" });
  expect(isFromImage).toBe(true);
  const help = await docker("exec", "openclaw-anna", "openclaw", "onboard", "--help");
  const [, listed = ""] = /--auth-choice <choice>\s+Auth:\s+([\s\S]+?)\n\s+--/.exec(help) ?? [];
  const taken = new Set(listed.replaceAll(/\s+/g, "").split("|"));
  expect(offers.map(({ choice }) => choice).filter((choice) => !taken.has(choice))).toEqual([]);
  expect(offers.length).toBeGreaterThan(40);
  expect(offers).toContainEqual(
    expect.objectContaining({
      ...{ choice: "openrouter-api-key", plugin: "built-in", keyVariable: "OPENROUTER_API_KEY" },
      ...{ addresses: [], provider: "openrouter" },
    }),
  );
  expect(offers.find(({ choice }) => choice === "apiKey")?.models).not.toEqual([]);
});

test("OpenAI's models run in a plugin that the image lacks, and its onboarding says so", {
  timeout: PATIENCE_MS,
}, async () => {
  const { offers } = await panel.client.instances.providers.query({ id: "anna" });
  expect(offers.find(({ choice }) => choice === "openai-api-key")?.plugin).toBe("missing");
  const choice = "openai-api-key";
  const { argv } = onboardCommand({ choice, apiKey: "sk-secret" }, "OPENAI_API_KEY");
  const onboarding = docker("exec", "-e", "OPENAI_API_KEY=sk-secret", "openclaw-anna", ...argv);
  await expect(onboarding).rejects.toThrow("Codex runtime is required but unavailable");
});

test("an endpoint that is dead is told within seconds, and the configuration stays as it was", {
  timeout: PATIENCE_MS,
}, async () => {
  const before = await panel.client.instances.readConfig.query({ id: "anna" });
  const job = await init(9, "good");
  expect(job).toMatchObject({ status: "failed", error: { reason: "PROVIDER_UNREACHABLE" } });
  expect(job.error?.message).toContain("Nothing accepts connections at 127.0.0.1:9.");
  const { startedAt, finishedAt } = job;
  expect(Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? "")).toBeLessThan(30_000);
  expect(await panel.client.instances.readConfig.query({ id: "anna" })).toEqual(before);
});

test("a plugin that cannot be installed is told as that, and not blamed on the key", {
  timeout: PATIENCE_MS,
}, async () => {
  const { offers } = await panel.client.instances.providers.query({ id: "anna" });
  const offer = offers.find(({ plugin, addresses }) => plugin === "missing" && !addresses.length);
  expect(offer).toBeDefined();
  const job = await initWith({ choice: offer?.choice ?? "", apiKey: "sk-secret" });
  expect(job.error?.reason).toBe("COMMAND_FAILED");
  expect(job.error?.message).toContain("installs a plugin for this provider first");
  expect(job.error?.message).not.toMatch(/check the key|sk-secret/i);
});

test("a key that was mistyped or has changed is replaced by initialising again; a wrong one never replaces one that works", {
  timeout: 6 * PATIENCE_MS,
}, async () => {
  const mistyped = await init(9911, "god9911");
  expect(mistyped.error?.reason).toBe("PROVIDER_REFUSED");
  expect(mistyped.error?.message).toMatch(/401: Incorrect API key.*Nothing was changed\.$/);

  expect(await init(9911, "good9911")).toMatchObject({ error: null, result: { answered: true } });
  expect(await asked()).toEqual(["9911 true"]);

  const wrong = await init(9911, "wrong");
  expect(wrong.error?.message).toMatch(/401.*Check the key.*Nothing was changed\.$/);
  expect(wrong.error?.message).not.toContain("wrong");
  expect(await asked()).toEqual(["9911 true"]);

  expect(await init(9912, "good9912")).toMatchObject({ error: null, result: { answered: true } });
  expect(await asked()).toEqual(["9912 true"]);
});
