import type { ChannelAccount } from "@claw/core/channel-status";
import type { InstanceSpec } from "@claw/core/instance";
import { withValue } from "@claw/core/json5-edit";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestApp, type TestPanel } from "../../../tests/support/test-app.ts";
import { createClawClient } from "../../client.ts";
import { createMemoryGateways } from "../../gateway/memory/memory-gateways.ts";
import { createInstance } from "../instance/create-instance.ts";
import { readChannels } from "./read-channels.ts";

const works = { isEnabled: true, isConfigured: true, isRunning: true };
const ACCOUNTS: ChannelAccount[] = [
  { channel: "telegram", account: null, ...works, isConnected: true, problem: null },
  {
    ...{ channel: "feishu", account: "sales", ...works, isConnected: false },
    problem: "app secret invalid",
  },
];

async function setUp(owner: string | null = null) {
  const gateways = createMemoryGateways();
  const app = await createTestApp({ gateways, timing: { openclawVersion: "2026.9.6" } });
  if (owner !== null) await haveUser(app.context.store, owner, "member");
  const named = { id: "anna", name: "Anna", owner: owner === null ? null : `u-${owner}` };
  await createInstance(app.context, { ...named, start: true });
  await app.until("anna", "running");
  const { ingress } = app.context.runtime.live.board.specOf("anna") as InstanceSpec;
  return { app, gateway: gateways.of({ header: ingress?.header ?? "" }) };
}

async function useToken({ context }: TestPanel, id: string, token: string) {
  const { storage } = context.disk;
  const text = (await storage.readConfig(id)) ?? "";
  const path = ["channels", "telegram", "botToken"];
  await storage.writeConfig(id, withValue(text, path, token));
}

test("each channel is connected, or says why not", async () => {
  const { app: made, gateway } = await setUp();
  await using app = made;
  gateway.channels = ACCOUNTS;
  expect(await app.client.instances.channels.query({ id: "anna" })).toEqual({
    channels: [
      {
        ...{ channel: "telegram", account: null, state: "connected", problem: null },
        message: "Connected.",
      },
      {
        ...{ channel: "feishu", account: "sales", state: "failed", problem: "app secret invalid" },
        message: "Not connected: app secret invalid.",
      },
    ],
    ...{ hindrance: null, warnings: [] },
  });
});

test.each([
  ["silent", "GATEWAY_SILENT"],
  ["refusing", "GATEWAY_REFUSES"],
  ["off", "NOT_SUPPORTED"],
  ["broken", "GATEWAY_FAILED"],
] as const)("of a gateway that is %s the answer says why it has none", async (mood, reason) => {
  const { app: made, gateway } = await setUp();
  await using app = made;
  Object.assign(gateway, { mood, channels: ACCOUNTS });
  expect(await readChannels(app.context, "anna")).toMatchObject({
    ...{ channels: [], hindrance: { reason, message: expect.stringContaining("anna") } },
  });
});

test("an instance that does not run says so, and one that is not there is not found", async () => {
  const { app: made } = await setUp();
  await using app = made;
  await app.client.instances.stop.mutate({ id: "anna" });
  const { channels, hindrance } = await app.client.instances.channels.query({ id: "anna" });
  expect(channels).toEqual([]);
  expect(hindrance?.reason).toBe("INSTANCE_NOT_RUNNING");
  expect(hindrance?.message).toContain("does not run (stopped)");
  await rejects(readChannels(app.context, "nobody"), "INSTANCE_NOT_FOUND");
});

test("another instance with the same bot is named, to whom it may be named", async () => {
  const { app: made, gateway } = await setUp("mina");
  await using app = made;
  gateway.channels = ACCOUNTS;
  await createInstance(app.context, { id: "bob", name: "Bob", start: false });
  await useToken(app, "anna", "1:same");
  await useToken(app, "bob", "1:same");
  const mina = await haveUser(app.context.store, "mina", "member");
  const { token } = await signIn(app.context, mina);
  const asMina = createClawClient({ url: app.url, token });
  const shared = (instanceIds: string[]) => [
    { code: "CHANNEL_SHARED", channel: "telegram", instanceIds },
  ];
  const { warnings } = await app.client.instances.channels.query({ id: "anna" });
  expect(warnings).toEqual(shared(["bob"]));
  const seen = await asMina.instances.channels.query({ id: "anna" });
  expect(seen.warnings).toEqual(shared([]));
  await useToken(app, "bob", "2:other");
  expect((await readChannels(app.context, "anna")).warnings).toEqual([]);
});
