import { parseJson5Object, withValue } from "@claw/core/json5-edit";
import { valueAt } from "@claw/core/openclaw-config";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GatewayTarget } from "../src/gateway/gateway.ts";
import { createHttpGateways } from "../src/gateway/http/http-gateways.ts";
import { connect, newDevice } from "./support/asking-device.ts";
import { eventually } from "./support/deadline.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";
import { rejects } from "./support/rejects.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start. */
const PATIENCE_MS = 240_000;
const id = "anna";
const ASKS = /pairing required/i;

let place: DockerHome;
let panel: PanelProcess;
let target: GatewayTarget;

const instances = () => panel.client.instances;

beforeAll(async () => {
  place = await DockerHome.make(24_500, "10.218.19.0/24");
  panel = await PanelProcess.start({ ...place.env, CLAW_IMAGE: OPENCLAW_IMAGE });
  await instances().create.mutate({ id, name: "安娜" });
  await eventually(
    async () => expect((await instances().get.query({ id })).status).toBe("running"),
    PATIENCE_MS,
  );
  const { text } = await instances().readConfig.query({ id });
  const header = valueAt(parseJson5Object(text), [
    ...["gateway", "auth", "trustedProxy", "userHeader"],
  ]);
  const { port, url } = await instances().get.query({ id });
  const endpoint = { host: "127.0.0.1", port };
  target = { id, endpoint, header: String(header), origin: new URL(url).origin };
  // Healthy some seconds before it takes anybody in.
  await eventually(
    async () => expect(await connect(newDevice(), target)).toMatch(ASKS),
    PATIENCE_MS,
  );
}, 2 * PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

test("a device is let in only after its approval, and locked out when it is removed", {
  timeout: PATIENCE_MS,
}, async () => {
  const device = newDevice();
  expect(await connect(device, target)).toMatch(ASKS);
  const asking = (await instances().pairing.query({ id })).pending;
  const request = asking.find(({ deviceId }) => deviceId === device.id);
  expect(request).toMatchObject({ deviceId: device.id, name: "Test machine", roles: ["node"] });
  const requestId = request?.requestId ?? "";
  await instances().approveDevice.mutate({ id, requestId });
  expect(await connect(device, target)).toBe("connected");
  const { pending, paired } = await instances().pairing.query({ id });
  expect(pending).not.toContainEqual(expect.objectContaining({ deviceId: device.id }));
  expect(paired.map(({ deviceId }) => deviceId)).toEqual([device.id]);
  await instances().removeDevice.mutate({ id, deviceId: device.id });
  expect((await instances().pairing.query({ id })).paired).toEqual([]);
  expect(await connect(device, target)).toMatch(ASKS);
});

test("a rejected device asks anew, and a request that is gone cannot be decided on", {
  timeout: PATIENCE_MS,
}, async () => {
  const device = newDevice();
  await connect(device, target);
  const { pending } = await instances().pairing.query({ id });
  const requestId = pending.find(({ deviceId }) => deviceId === device.id)?.requestId ?? "";
  await instances().rejectDevice.mutate({ id, requestId });
  for (const call of [
    () => instances().rejectDevice.mutate({ id, requestId }),
    () => instances().approveDevice.mutate({ id, requestId }),
    () => instances().removeDevice.mutate({ id, deviceId: device.id }),
  ])
    await expect(call()).rejects.toMatchObject({ data: { reason: "DEVICE_NOT_FOUND" } });
});

test("an instance whose configuration lacks the control plane gets it by a migration, without a restart", {
  timeout: PATIENCE_MS,
}, async () => {
  const { text, revision } = await instances().readConfig.query({ id });
  const lacking = `// by hand\n${withValue(text, ["plugins"], {})}`;
  await instances().saveConfig.mutate({ id, text: lacking, revision });
  await eventually(async () => {
    await rejects(createHttpGateways().pairing(target), "NOT_SUPPORTED");
  }, PATIENCE_MS);
  const { startedAt } = await instances().get.query({ id });
  const job = await panel.client.batches.run.mutate({ action: "migrate", ids: [id] });
  await eventually(
    async () =>
      expect((await panel.client.jobs.get.query({ id: job.id })).status).toBe("succeeded"),
    PATIENCE_MS,
  );
  await instances().pairing.query({ id });
  expect((await instances().readConfig.query({ id })).text).toContain("// by hand");
  expect((await instances().get.query({ id })).startedAt).toBe(startedAt);
});

test("it says how busy it is, is suspended by one controller, and resumed", {
  timeout: PATIENCE_MS,
}, async () => {
  const gateways = createHttpGateways();
  const { delayP99Ms } = await gateways.load(target);
  expect(delayP99Ms).toBeGreaterThanOrEqual(0);
  // A request of before may still be under way.
  const suspension = await eventually(async () => {
    const now = await gateways.suspend(target, "a-stop");
    expect(now).toEqual({ id: expect.any(String), blockers: [] });
    return now;
  }, PATIENCE_MS);
  expect(await gateways.suspend(target, "a-stop")).toEqual(suspension);
  await rejects(gateways.suspend(target, "another"), "BUSY");
  await rejects(gateways.pairing(target), "GATEWAY_SILENT");
  await gateways.resume(target, suspension.id ?? "");
  await gateways.resume(target, suspension.id ?? "");
  await gateways.pairing(target);
});
