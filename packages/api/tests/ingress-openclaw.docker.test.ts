import type { IncomingHttpHeaders } from "node:http";
import type { InstanceId } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import { readToken, valueAt } from "@claw/core/openclaw-config";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { ask, upgrade } from "./support/opened.ts";
import { PanelProcess } from "./support/panel-process.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start, and a job has up to two. */
const PATIENCE_MS = 240_000;
const NOTE = "// 这一行是面板的使用者写的";

let place: DockerHome;
let panel: PanelProcess;

const instances = () => panel.client.instances;
const until = (id: string, status: string) =>
  eventually(
    async () => expect((await instances().get.query({ id })).status).toBe(status),
    PATIENCE_MS,
  );
const configOf = async (id: InstanceId) => (await instances().readConfig.query({ id })).text;
const gatewayValue = async (id: InstanceId, ...path: string[]) =>
  valueAt(parseJson5Object(await configOf(id)), ["gateway", ...path]);
const headerOf = async (id: InstanceId) =>
  String(await gatewayValue(id, "auth", "trustedProxy", "userHeader"));

async function succeeded(begun: Promise<{ id: string }>): Promise<void> {
  const { id } = await begun;
  await eventually(async () => {
    const { finishedAt, error, status } = await panel.client.jobs.get.query({ id });
    expect(finishedAt).not.toBeNull();
    expect([error, status]).toEqual([null, "succeeded"]);
  }, PATIENCE_MS);
}

/** Begins a panel in the same home; each has a port of its own. */
async function begin(env: Record<string, string> = {}): Promise<void> {
  panel = await PanelProcess.start({ ...place.env, CLAW_IMAGE: OPENCLAW_IMAGE, ...env });
}

/** Signs on at an instance as a browser does, and asks its gateway for a WebSocket. */
async function connects(id: InstanceId): Promise<string> {
  const { url } = await instances().open.mutate({ id });
  const label = new URL(url).pathname.split("/")[3] ?? "";
  const { action, ticket } = await instances().enter.mutate({ id, label });
  const { host, origin, pathname, port } = new URL(action);
  const entered = await ask(Number(port), pathname, {
    method: "POST",
    headers: {
      ...{ host, origin: panel.url, "content-type": "application/x-www-form-urlencoded" },
    },
    body: new URLSearchParams({ ticket }).toString(),
  });
  const cookie = cookieIn(entered.headers);
  const page = await ask(Number(port), "/", { headers: { host, cookie } });
  expect([entered.status, page.status]).toEqual([200, 200]);
  expect(page.body).toContain("<html");
  const [socket, answer] = await upgrade(Number(port), {
    Host: host,
    Origin: origin,
    Cookie: cookie,
  });
  socket.destroy();
  return answer.split("\r\n")[0] ?? "";
}

const cookieIn = (headers: IncomingHttpHeaders) =>
  headers["set-cookie"]?.[0]?.split(";")[0] ?? "no cookie";

/** The answer of an address to a program in a container that poses as the panel. */
async function fromContainer(id: InstanceId, url: string, header: string): Promise<string> {
  const headers = {
    ...{ "x-forwarded-for": "192.0.2.1", "x-forwarded-proto": "http" },
    ...{ "x-forwarded-host": "x", [header]: "owner" },
  };
  const script = `fetch(${JSON.stringify(url)}, { headers: ${JSON.stringify(headers)}, signal: AbortSignal.timeout(4000) })
    .then((answer) => console.log(answer.status), () => console.log("none"))`;
  return docker("exec", `openclaw-${id}`, "node", "-e", script);
}

beforeAll(async () => {
  place = await DockerHome.make(23_700, "10.218.14.0/24");
  // As an earlier version made them.
  await begin({ CLAW_INSTANCE_DOMAIN: "none" });
  await instances().create.mutate({ id: "anna", name: "安娜" });
  await until("anna", "running");
  const { text, revision } = await instances().readConfig.query({ id: "anna" });
  const edited = `${NOTE}\n${text}`;
  await instances().saveConfig.mutate({ id: "anna", text: edited, revision });
  await panel.end("SIGTERM");
  await begin();
  await until("anna", "running");
}, 2 * PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

test("an instance of an earlier version opens through the panel after a batch, with its comments", {
  timeout: PATIENCE_MS,
}, async () => {
  const token = readToken(await configOf("anna"));
  expect((await instances().open.mutate({ id: "anna" })).url).toContain(`#token=${token}`);
  await succeeded(panel.client.batches.run.mutate({ action: "migrate", ids: ["anna"] }));
  expect(await configOf("anna")).toContain(NOTE);
  expect(await configOf("anna")).not.toContain(token);
  expect(await connects("anna")).toContain(" 101 ");
});

test("it opens under another port of the panel, too, and the command line in its container works", {
  timeout: PATIENCE_MS,
}, async () => {
  await panel.end("SIGTERM");
  await begin();
  await until("anna", "running");
  expect(await connects("anna")).toContain(" 101 ");
  const port = new URL(panel.url).port;
  expect(await gatewayValue("anna", "controlUi", "allowedOrigins")).toEqual([
    expect.stringMatching(new RegExp(`^http://anna-[0-9a-f]{10}\\.localhost:${port}$`)),
  ]);
  const listed = await docker("exec", "openclaw-anna", "openclaw", "devices", "list", "--json");
  expect(listed).not.toMatch(/unauthorized/i);
});

test("a path that is open to channels reaches the gateway as nobody", {
  timeout: PATIENCE_MS,
}, async () => {
  // Both are for users; the first is how the panel proves that the gateway takes it for its proxy.
  const webhookPaths = ["/control-ui-config.json", "/tools"];
  const { url } = await instances().update.mutate({ id: "anna", webhookPaths });
  const { host, port } = new URL(url);
  const call = async (path: string, method: string) =>
    (await ask(Number(port), path, { method, headers: { host, "content-length": "0" } })).status;
  for (const [path, method] of [
    ["/control-ui-config.json", "GET"],
    ["/tools/invoke", "POST"],
  ] as const)
    expect([401, 403], path).toContain(await call(path, method));
  await instances().update.mutate({ id: "anna", webhookPaths: [] });
  expect(await connects("anna")).toContain(" 101 ");
});

describe("a program in a container that knows the secret header", () => {
  beforeAll(async () => {
    await instances().create.mutate({ id: "ben", name: "Ben" });
    await until("ben", "running");
    expect(await connects("ben")).toContain(" 101 ");
  }, PATIENCE_MS);

  test("is not taken for the panel by its own gateway, on any of its addresses", async () => {
    const info = await place.inspect("anna");
    const [network] = Object.values(info.NetworkSettings.Networks);
    const header = await headerOf("anna");
    const { port } = await instances().get.query({ id: "anna" });
    const path = "/control-ui-config.json";
    const own = [`http://127.0.0.1:18789${path}`, `http://${network?.IPAddress}:18789${path}`];
    for (const url of own)
      expect(await fromContainer("anna", url, header), url).toMatch(/^40[13]$/);
    const host = `http://${network?.Gateway}:${port}${path}`;
    expect(await fromContainer("anna", host, header)).toBe("none");
  });

  test("reaches no other gateway, neither directly nor by this machine", async () => {
    const info = await place.inspect("anna");
    const [network] = Object.values(info.NetworkSettings.Networks);
    const [ofBen] = Object.values((await place.inspect("ben")).NetworkSettings.Networks);
    const header = await headerOf("anna");
    const { port } = await instances().get.query({ id: "anna" });
    for (const url of [
      `http://${network?.IPAddress}:18789/`,
      `http://${network?.Gateway}:${port}/`,
      `http://${ofBen?.Gateway}:${port}/`,
    ])
      expect(await fromContainer("ben", url, header), url).toBe("none");
  });
});

test("a restored instance has a header of its own and opens, and so does a copy beside it", {
  timeout: 3 * PATIENCE_MS,
}, async () => {
  const before = await headerOf("anna");
  await succeeded(panel.client.backups.create.mutate({ instanceIds: ["anna"] }));
  const [backup] = await panel.client.backups.list.query();
  const id = backup?.id ?? "";
  await instances().remove.mutate({ id: "anna", deleteData: true });
  await succeeded(panel.client.backups.restore.mutate({ id }));
  await instances().start.mutate({ id: "anna" });
  await until("anna", "running");
  expect(await headerOf("anna")).toMatch(/^x-claw-user-[0-9a-f]{32}$/);
  expect(await headerOf("anna")).not.toBe(before);
  expect(await connects("anna")).toContain(" 101 ");
  const copies = [{ from: "anna", id: "bella", name: "Bella" }];
  await succeeded(panel.client.backups.restore.mutate({ id, copies }));
  await instances().start.mutate({ id: "bella" });
  await until("bella", "running");
  expect(await headerOf("bella")).not.toBe(await headerOf("anna"));
  for (const each of ["anna", "bella"]) expect(await connects(each)).toContain(" 101 ");
  expect(await configOf("bella")).toContain(NOTE);
});
