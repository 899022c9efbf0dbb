import type { ServerResponse } from "node:http";
import type { ChannelAccount } from "@claw/core/channel-status";
import type { Pairing } from "@claw/core/pairing";
import type { MemoryGateway } from "../../src/gateway/memory/memory-gateway.ts";
import { Upstream } from "./upstream.ts";

/** How OpenClaw 2026.9.6 answers over HTTP, with what a gateway in memory knows. */
export async function rpcGateway(gateway: MemoryGateway): Promise<Upstream> {
  const upstream = await Upstream.open();
  upstream.answer = (request, response) => {
    if (gateway.mood === "silent") return;
    if (gateway.mood === "refusing") return void response.writeHead(401).end("Unauthorized");
    if (gateway.mood === "broken") return void response.writeHead(500).end("oops");
    if (request.url === "/control-ui-config.json") return void response.end("{}");
    const isRpc = request.method === "POST" && request.url === "/api/v1/admin/rpc";
    if (!isRpc || gateway.mood === "off") return void response.writeHead(404).end("Not Found");
    // Not there yet, but kept from here on.
    const seen = upstream.seen.at(-1);
    request.once("end", () => answer(gateway, seen?.body ?? "", response));
  };
  return upstream;
}

type DeviceRequest = Pairing["pending"][number];
type PairedDevice = Pairing["paired"][number];
type Params = Record<string, string>;
type Failure = { code: string; message: string };

function answer(gateway: MemoryGateway, body: string, response: ServerResponse): void {
  const { method, params } = JSON.parse(body) as { method: string; params: Params };
  const isControl = method.startsWith("gateway.suspend.");
  const said =
    gateway.suspension && !isControl
      ? failure("UNAVAILABLE", "gateway is suspended")
      : (METHODS[method]?.(gateway, params) ?? failure("INVALID_REQUEST", `no ${method}`));
  const status = "code" in said ? (said.code === "UNAVAILABLE" ? 503 : 400) : 200;
  const text = JSON.stringify(
    "code" in said ? { id: "1", ok: false, error: said } : { id: "1", ok: true, ...said },
  );
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(text);
}

const failure = (code: string, message: string): Failure => ({ code, message });
const payload = (value: object) => ({ payload: value });

const METHODS: Record<
  string,
  (gateway: MemoryGateway, params: Params) => { payload: object } | Failure
> = {
  "device.pair.list": ({ pending, paired }) =>
    payload({ pending: pending.map(pendingRow).reverse(), paired: paired.map(pairedRow) }),
  "device.pair.approve": (gateway, { requestId = "" }) =>
    gateway.letIn(requestId)
      ? payload({ requestId, device: {} })
      : failure("INVALID_REQUEST", "unknown requestId"),
  "device.pair.reject": (gateway, { requestId = "" }) =>
    gateway.forgetRequest(requestId)
      ? payload({ requestId })
      : failure("INVALID_REQUEST", "unknown requestId"),
  "device.pair.remove": (gateway, { deviceId = "" }) =>
    gateway.forgetDevice(deviceId)
      ? payload({ deviceId })
      : failure("INVALID_REQUEST", "unknown deviceId"),
  "channels.status": ({ load, channels }) =>
    payload({
      ts: 1,
      channels: {},
      channelAccounts: Object.fromEntries(
        [...Map.groupBy(channels, ({ channel }) => channel)].map(([channel, accounts]) => [
          channel,
          accounts.map(accountRow),
        ]),
      ),
      channelDefaultAccountId: Object.fromEntries(
        channels.map(({ channel }) => [channel, "default"]),
      ),
      statusIssues: [],
      eventLoop: { degraded: load.isBusy, reasons: [], delayP99Ms: load.delayP99Ms },
    }),
  "gateway.suspend.prepare": (gateway, { requestId = "" }) => {
    const suspensionId = gateway.suspend(requestId);
    if (suspensionId === null)
      return failure("UNAVAILABLE", "another gateway suspension is already prepared");
    const blockers = gateway.work.map((each) => ({ ...each, message: "x active" }));
    return payload({ status: blockers.length > 0 ? "draining" : "ready", suspensionId, blockers });
  },
  "gateway.suspend.resume": (gateway, { suspensionId = "" }) => {
    const resumed = gateway.suspension !== null;
    gateway.resume(suspensionId);
    return payload({ ok: true, status: "running", resumed });
  },
};

function accountRow(row: ChannelAccount) {
  const { account, isEnabled, isConfigured, isRunning, isConnected, problem } = row;
  const facts = { enabled: isEnabled, configured: isConfigured, running: isRunning };
  return {
    accountId: account ?? "default",
    ...known({ ...facts, connected: isConnected }),
    lastError: problem,
  };
}

/** Absent rather than null, as the gateway leaves out what it does not know. */
const known = (entries: object) =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));

function factsRow(device: PairedDevice | DeviceRequest) {
  const { deviceId, name, platform, address, roles, scopes } = device;
  const optional = known({ displayName: name, platform, remoteIp: address });
  return { deviceId, publicKey: "k", ...optional, role: roles[0], roles, scopes };
}

function pendingRow(request: DeviceRequest) {
  const { requestId, requestedAt } = request;
  return { ...factsRow(request), requestId, ts: Date.parse(requestedAt), silent: false };
}

function pairedRow(device: PairedDevice) {
  const { approvedAt, lastSeenAt, isConnected } = device;
  const at = Date.parse(approvedAt);
  return {
    ...factsRow(device),
    ...{ connected: isConnected, createdAtMs: at, approvedAtMs: at },
    ...known({ lastSeenAtMs: lastSeenAt === null ? null : Date.parse(lastSeenAt) }),
  };
}
