import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { rpcGateway } from "../../../tests/support/rpc-gateway.ts";
import { Upstream } from "../../../tests/support/upstream.ts";
import type { GatewayTarget } from "../gateway.ts";
import { describeGateways } from "../gateways.contract.ts";
import { MemoryGateway } from "../memory/memory-gateway.ts";
import { createHttpGateways } from "./http-gateways.ts";

const HEADER = "x-claw-user-0123";
/** Long enough for a busy machine, short enough for the tests of a silent gateway. */
const gateways = createHttpGateways({
  proofWithinMs: 500,
  answerWithinMs: 500,
  personWithinMs: 500,
});
const impatient = createHttpGateways({
  proofWithinMs: 50,
  answerWithinMs: 50,
  personWithinMs: 50,
});

const targetAt = ({ port }: Pick<Upstream, "port">): GatewayTarget => ({
  id: "anna",
  endpoint: { host: "127.0.0.1", port },
  header: HEADER,
  origin: "http://a-1.localhost:8000",
});
const CLAIMS = [
  ...["host", "a-1.localhost:8000", "x-forwarded-for", "192.0.2.1"],
  ...["x-forwarded-proto", "http", "x-forwarded-host", "a-1.localhost:8000", HEADER, "panel"],
];

describeGateways("HTTP", async () => {
  const gateway = new MemoryGateway();
  const upstream = await rpcGateway(gateway);
  return {
    ...{ gateways, target: targetAt(upstream), gateway },
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  };
});

test.each([
  [200, "trusted"],
  [401, "refused"],
  [403, "refused"],
  [404, "silent"],
  [500, "silent"],
])("a gateway that answers with %i is %s", async (status, trust) => {
  await using upstream = await Upstream.open();
  upstream.answer = (_, response) => void response.writeHead(status).end();
  expect(await gateways.trust(targetAt(upstream), "panel")).toBe(trust);
  expect(upstream.seen[0]?.rawHeaders).toEqual([...CLAIMS, "Connection", "close"]);
});

test("one that does not answer, or is not there, proves nothing", async () => {
  const upstream = await Upstream.open();
  upstream.answer = () => undefined;
  const target = targetAt(upstream);
  expect(await impatient.trust(target, "panel")).toBe("silent");
  await rejects(impatient.pairing(target), "GATEWAY_SILENT");
  await upstream[Symbol.asyncDispose]();
  expect(await gateways.trust(target, "panel")).toBe("silent");
  await rejects(gateways.pairing(target), "GATEWAY_SILENT");
});

test("a call is sent as the panel, without any credential but the header's name", async () => {
  await using upstream = await rpcGateway(new MemoryGateway());
  await rejects(gateways.approve(targetAt(upstream), "0f-1"), "DEVICE_NOT_FOUND");
  const [seen] = upstream.seen;
  const body = '{"method":"device.pair.approve","params":{"requestId":"0f-1"}}';
  expect(seen).toMatchObject({ method: "POST", url: "/api/v1/admin/rpc", body });
  const more = ["content-type", "application/json", "content-length", String(body.length)];
  expect(seen?.rawHeaders).toEqual([...CLAIMS, ...more, "Connection", "close"]);
});

test("a person's question about devices is awaited for longer than the panel's own", async () => {
  await using upstream = await Upstream.open();
  const patient = createHttpGateways({ answerWithinMs: 50, personWithinMs: 30_000 });
  const given = Promise.withResolvers<void>();
  upstream.answer = async (_, response) => {
    await given.promise;
    response.end(JSON.stringify({ ok: true, payload: { pending: [], paired: [] } }));
  };
  const answers = Promise.all([
    patient.pairing(targetAt(upstream)),
    patient.approve(targetAt(upstream), "r1"),
    patient.reject(targetAt(upstream), "r1"),
    patient.removeDevice(targetAt(upstream), "d1"),
  ]);
  await rejects(patient.load(targetAt(upstream)), "GATEWAY_SILENT");
  given.resolve();
  expect((await answers)[0]).toEqual({ pending: [], paired: [] });
});

test("an answer that stops half-way, or never ends, is silence within the time", async () => {
  await using upstream = await Upstream.open();
  upstream.answer = (_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"ok":');
  };
  await rejects(impatient.pairing(targetAt(upstream)), "GATEWAY_SILENT");
  upstream.answer = (_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"ok":', () => response.destroy());
  };
  await rejects(gateways.pairing(targetAt(upstream)), "GATEWAY_SILENT");
});

test("an endless answer is cut off, and its connection closed", async () => {
  await using upstream = await Upstream.open();
  const closed = Promise.withResolvers<void>();
  let sent = 0;
  upstream.answer = (_, response) => {
    const more = Buffer.alloc(256 * 1024, " ");
    const send = () => {
      while (!response.destroyed && response.write(more)) sent += more.length;
    };
    response.on("drain", send).on("close", closed.resolve);
    send();
  };
  const error = await rejects(createHttpGateways().pairing(targetAt(upstream)), "GATEWAY_FAILED");
  expect(error.message).toBe("The gateway of anna failed: its answer is longer than 4 MiB.");
  await closed.promise;
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test.each([
  ["no JSON", 200, "<html>", "it answered with status 200."],
  ["another payload", 200, '{"ok":true,"payload":{"pending":{}}}', "this panel does not know"],
  [
    "a failure of its own",
    500,
    '{"ok":false,"error":{"code":"X","message":"disk\\u001b[31m\\n full"}}',
    "The gateway of anna failed: device.pair.list: disk [31m full.",
  ],
])("%s is an error that says so", async (_, status, body, sentence) => {
  await using upstream = await Upstream.open();
  upstream.answer = (_request, response) => void response.writeHead(status).end(body);
  const error = await rejects(gateways.pairing(targetAt(upstream)), "GATEWAY_FAILED");
  expect(error.message).toContain(sentence);
});

test("a device's description becomes one line of bounded length that turns no text around", async () => {
  await using upstream = await Upstream.open();
  const device = { deviceId: "d", ts: 1, scopes: ["a\u202eb"], requestId: "r" };
  const displayName = `Anna\u202e\u0000\n<b>${"😀".repeat(300)}`;
  const pending = [{ ...device, displayName, platform: "\n" }];
  upstream.answer = (_, response) =>
    void response.end(JSON.stringify({ ok: true, payload: { pending, paired: [] } }));
  const [request] = (await gateways.pairing(targetAt(upstream))).pending;
  expect(request?.name).toMatch(/^Anna <b>(?:😀){192}…$/u);
  expect(request).toMatchObject({ platform: null, address: null, scopes: ["a b"] });
});

test("what a gateway says of its channels is one line each, and no more than 200 accounts", async () => {
  await using upstream = await Upstream.open();
  const account = {
    ...{ accountId: "default", enabled: true, configured: true, running: true, connected: false },
    lastError: "401:\u202e Unauthorized\n(token)",
  };
  const channelAccounts = {
    telegram: [account, { accountId: "b", enabled: false, healthState: "x" }],
    many: Array.from({ length: 500 }, (_, at) => ({ accountId: String(at) })),
  };
  const statusIssues = [
    { channel: "telegram", accountId: "b", kind: "config", message: "Not\tset up." },
    { channel: "telegram" },
  ];
  const payload = {
    channelAccounts,
    statusIssues,
    channelDefaultAccountId: { telegram: "default" },
  };
  upstream.answer = (_, response) => void response.end(JSON.stringify({ ok: true, payload }));
  const accounts = await gateways.channels(targetAt(upstream));
  expect(accounts).toHaveLength(200);
  const known = { channel: "telegram", isEnabled: true, isConfigured: true, isRunning: true };
  expect(accounts.slice(0, 2)).toEqual([
    { ...known, account: null, isConnected: false, problem: "401: Unauthorized (token)" },
    {
      ...{ channel: "telegram", account: "b", isEnabled: false, isConfigured: null },
      ...{ isRunning: null, isConnected: null, problem: "Not set up." },
    },
  ]);
});

test("a gateway that ends by itself has no suspension", async () => {
  await using upstream = await Upstream.open();
  const payload = { status: "busy", blockers: [{ kind: "task", count: 1, message: "x" }] };
  upstream.answer = (_, response) => void response.end(JSON.stringify({ ok: true, payload }));
  const blockers = [{ kind: "task", count: 1 }];
  expect(await gateways.suspend(targetAt(upstream), "stop")).toEqual({ id: null, blockers });
});
