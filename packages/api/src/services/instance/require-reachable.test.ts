import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { promisify } from "node:util";
import type { Provider } from "@claw/core/provider";
import { CUSTOM_OFFER, type ProviderOffer } from "@claw/core/provider-offer";
import { expect, onTestFinished, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import type { ExecOptions, ExecResult } from "../../engine/engine.ts";
import { createInstance } from "./create-instance.ts";
import { REACH } from "./reach-program.ts";
import { requireReachable } from "./require-reachable.ts";

const run = promisify(execFile);
const KEY = "sk-very-secret";

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** How far the program came, with a second for each part. */
async function reached(addresses: string[], env: Record<string, string> = {}) {
  const argv = ["-e", REACH, "1", "1", ...addresses];
  const { stdout } = await run(process.execPath, argv, { env });
  return stdout === "" ? null : JSON.parse(stdout);
}

test("any answer is one, and a port that nobody has is told from a server that is silent", async () => {
  const answering = await listening(
    createHttpServer((_, response) => response.writeHead(404).end()),
  );
  const silent = await listening(createServer());
  const closed = createServer();
  const free = await listening(closed);
  closed.close();
  await once(closed, "close");
  const at = (port: number, host = "127.0.0.1") => `http://${host}:${port}/v1`;
  expect(
    await reached([at(answering), at(answering, "localhost"), at(silent), at(free)]),
  ).toMatchObject([
    { phase: "answered" },
    { phase: "answered" },
    { phase: "answer", code: null },
    { phase: "port", code: "ECONNREFUSED" },
  ]);
});

test("a name that nobody knows and a server without TLS are told apart", async () => {
  const plain = await listening(createServer((socket) => socket.end("hello\n")));
  expect(
    await reached(["https://nobody.invalid/v1", `https://127.0.0.1:${plain}/v1`]),
  ).toMatchObject([
    { phase: "name", code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) },
    { phase: "tls", code: expect.any(String) },
  ]);
});

test("a question to a model is put after the connection, and only a refusal is told", async () => {
  const asked: string[] = [];
  const provider = createHttpServer((request, response) => {
    const { url, headers } = request;
    request.setEncoding("utf8").on("data", (body) => {
      asked.push(`${url} ${headers.authorization} ${JSON.parse(body).model}`);
    });
    const status = { "/none/chat": 404, "/slow/chat": null }[url ?? ""];
    const isKnown = headers.authorization === `Bearer ${KEY}`;
    request.on(
      "end",
      () => status !== null && response.writeHead(status ?? (isKnown ? 200 : 401)).end("so"),
    );
    request.resume();
  });
  const address = `http://127.0.0.1:${await listening(provider)}`;
  const ask = async (path: string, key?: string) => {
    const CLAW_ASK = JSON.stringify({ url: `${address}/${path}`, key, model: "m" });
    const [first, ...others] = (await reached([`${address}/v1`], { CLAW_ASK })) ?? [];
    expect([first?.phase, others]).toEqual(["answered", []]);
    return first.refused;
  };
  expect(await ask("v1/chat", KEY)).toBeNull();
  expect(await ask("v1/chat", "other")).toEqual({ status: 401, body: "so" });
  expect(await ask("v1/chat")).toEqual({ status: 401, body: "so" });
  expect(await ask("none/chat", KEY)).toEqual({ status: 404, body: "so" });
  expect(await ask("slow/chat", KEY)).toBeNull();
  expect(asked).toEqual([
    `/v1/chat Bearer ${KEY} m`,
    "/v1/chat Bearer other m",
    "/v1/chat undefined m",
    `/none/chat Bearer ${KEY} m`,
    `/slow/chat Bearer ${KEY} m`,
  ]);
});

test("where a proxy is set it says nothing, since OpenClaw asks by way of it", async () => {
  expect(await reached(["http://127.0.0.1:1/"], { https_proxy: "http://proxy:3128" })).toBeNull();
});

const DEEPSEEK: ProviderOffer = {
  ...{ choice: "deepseek-api-key", label: "DeepSeek", provider: "deepseek" },
  ...{ keyVariable: "DEEPSEEK_API_KEY", plugin: "built-in", models: [] },
  addresses: ["https://api.deepseek.com", "https://other.example"],
};
const BY_KEY: Provider = { choice: "deepseek-api-key", apiKey: KEY };
const OWN: Provider = { choice: "custom-api-key", baseUrl: "http://10.1.1.1/v1", modelId: "m" };

const refusedAt = (address: string) => ({
  ...{ address, host: new URL(address).host, phase: "port", code: "ECONNREFUSED" },
  ...{ message: "", seconds: 0.1 },
});

/** The result of the test for an instance that answers so. */
async function scene(answer: Partial<ExecResult>) {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const asked: (readonly string[])[] = [];
  const questions: unknown[] = [];
  panel.engine.exec = async (_id: string, argv: readonly string[], options?: ExecOptions) => {
    asked.push(argv.slice(5));
    questions.push(options?.env?.CLAW_ASK && JSON.parse(options.env.CLAW_ASK));
    return { exitCode: 0, stdout: "", stderr: "", ...answer };
  };
  const check = (provider: Provider, offer: ProviderOffer) =>
    requireReachable(panel.context, { id: "anna", provider, offer }, new AbortController().signal);
  return { panel, asked, questions, check };
}

test("an instance that does not reach its provider is told where and why, and what to do", async () => {
  const stdout = JSON.stringify([refusedAt("http://10.1.1.1/v1")]);
  const { panel, asked, check } = await scene({ stdout });
  await using _ = panel;
  const { message } = await rejects(check(OWN, CUSTOM_OFFER), "PROVIDER_UNREACHABLE");
  expect(message).toBe(
    "The instance does not reach the provider custom-api-key: Nothing accepts connections at 10.1.1.1. Check the address, that the server runs, and the firewall. The key was not checked, and nothing was changed.",
  );
  expect(asked).toEqual([["http://10.1.1.1/v1"]]);
});

test.each([
  [401, "PROVIDER_REFUSED", "It refused the key (HTTP 401)."],
  [
    404,
    "PROVIDER_NOT_FOUND",
    "It knows no address http://10.1.1.1/v1/chat/completions (HTTP 404).",
  ],
] as const)("a custom provider that refuses the question with %i is told before anything is changed", async (status, reason, said) => {
  const [reached] = [refusedAt("http://10.1.1.1/v1")];
  const refused = { ...reached, phase: "answered", refused: { status, body: `no, ${KEY}` } };
  const { panel, questions, check } = await scene({ stdout: JSON.stringify([refused]) });
  await using _ = panel;
  const { message } = await rejects(check({ ...OWN, apiKey: KEY }, CUSTOM_OFFER), reason);
  expect(message).toContain(said);
  expect(message).toMatch(/Nothing was changed\.$/);
  expect(message).not.toContain(KEY);
  expect(questions).toEqual([{ url: "http://10.1.1.1/v1/chat/completions", key: KEY, model: "m" }]);
});

test("of several addresses one that answers is enough", async () => {
  const [first = "", second = ""] = DEEPSEEK.addresses;
  const answered = { ...refusedAt(second), phase: "answered", code: null };
  const some = await scene({ stdout: JSON.stringify([refusedAt(first), answered]) });
  await using _ = some.panel;
  await some.check(BY_KEY, DEEPSEEK);
  expect(some.asked).toEqual([DEEPSEEK.addresses]);
  expect(some.questions).toEqual([undefined]);
  const none = await scene({ stdout: JSON.stringify([refusedAt(first), refusedAt(second)]) });
  await using __ = none.panel;
  await rejects(none.check(BY_KEY, DEEPSEEK), "PROVIDER_UNREACHABLE");
});

test.each<[string, Partial<ExecResult>]>([
  ["has no Node", { exitCode: 127, stdout: "node: not found" }],
  ["asks by way of a proxy", { stdout: "" }],
  ["says something else", { stdout: '[{"address":1}]' }],
])("an image that %s is no reason to refuse", async (_name, answer) => {
  const { panel, check } = await scene(answer);
  await using _ = panel;
  await check(OWN, CUSTOM_OFFER);
});

test("a proxy in the configuration is OpenClaw's way, which a direct connection does not test", async () => {
  const { panel, asked, check } = await scene({
    stdout: JSON.stringify([refusedAt("http://10.1.1.1/v1")]),
  });
  await using _ = panel;
  await panel.context.disk.storage.writeConfig("anna", '{ proxy: { proxyUrl: "http://p:3128" } }');
  await check(OWN, CUSTOM_OFFER);
  expect(asked).toEqual([]);
});

test("a provider of which nobody says where it is, is not asked", async () => {
  const { panel, asked, check } = await scene({});
  await using _ = panel;
  await check(BY_KEY, { ...DEEPSEEK, addresses: [] });
  expect(asked).toEqual([]);
});
