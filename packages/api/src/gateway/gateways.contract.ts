import { describe, expect, test } from "vitest";
import { rejects } from "../../tests/support/rejects.ts";
import type { Gateways, GatewayTarget } from "./gateway.ts";
import type { MemoryGateway } from "./memory/memory-gateway.ts";

/** A driver, and the one gateway that it reaches. */
export interface GatewaysHarness extends AsyncDisposable {
  gateways: Gateways;
  target: GatewayTarget;
  gateway: MemoryGateway;
}

const PHONE = { requestId: "0f-1", deviceId: "d-phone", name: "Anna's phone" };
const LAPTOP = { requestId: "0f-2", deviceId: "d-laptop" };

/** The contract of `Gateways`, as tests that every driver must pass. */
export function describeGateways(name: string, open: () => Promise<GatewaysHarness>): void {
  describe(`${name} gateways: devices`, () => {
    test("one that asks is listed with what it asks for, the latest first", async () => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      expect(await gateways.pairing(target)).toEqual({ pending: [], paired: [] });
      gateway.ask(PHONE);
      gateway.ask(LAPTOP);
      const { pending, paired } = await gateways.pairing(target);
      expect(paired).toEqual([]);
      expect(pending).toEqual([
        expect.objectContaining({ ...LAPTOP, name: null }),
        {
          ...PHONE,
          ...{ platform: "Linux", address: "192.0.2.7", roles: ["operator"] },
          scopes: ["operator.read", "operator.write"],
          requestedAt: "2026-01-01T00:00:01.000Z",
        },
      ]);
    });

    test("one that is let in is known from then on, and asks no more", async () => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      gateway.ask(PHONE);
      gateway.ask(LAPTOP);
      await gateways.approve(target, LAPTOP.requestId);
      await gateways.approve(target, PHONE.requestId);
      const { pending, paired } = await gateways.pairing(target);
      expect(pending).toEqual([]);
      expect(paired.map(({ deviceId }) => deviceId)).toEqual(["d-phone", "d-laptop"]);
      expect(paired[0]).toMatchObject({ name: "Anna's phone", isConnected: false });
      expect(paired[0]?.lastSeenAt).toBeNull();
    });

    test("one that is rejected is not known", async () => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      gateway.ask(PHONE);
      await gateways.reject(target, PHONE.requestId);
      expect(await gateways.pairing(target)).toEqual({ pending: [], paired: [] });
    });

    test("one that is removed is forgotten, and no other", async () => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      for (const device of [PHONE, LAPTOP]) {
        gateway.ask(device);
        await gateways.approve(target, device.requestId);
      }
      await gateways.removeDevice(target, PHONE.deviceId);
      const { paired } = await gateways.pairing(target);
      expect(paired.map(({ deviceId }) => deviceId)).toEqual(["d-laptop"]);
    });

    test("one that is not there any more cannot be decided on", async () => {
      await using made = await open();
      const { gateways, target } = made;
      await rejects(gateways.approve(target, "gone"), "DEVICE_NOT_FOUND");
      await rejects(gateways.reject(target, "gone"), "DEVICE_NOT_FOUND");
      await rejects(gateways.removeDevice(target, "gone"), "DEVICE_NOT_FOUND");
    });
  });

  describe(`${name} gateways: channels`, () => {
    test("each account is listed with what the gateway knows of it", async () => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      expect(await gateways.channels(target)).toEqual([]);
      const works = { isEnabled: true, isConfigured: true, isRunning: true };
      gateway.channels = [
        { channel: "telegram", account: null, ...works, isConnected: true, problem: null },
        {
          ...{ channel: "telegram", account: "sales", ...works, isConnected: false },
          problem: "401: Unauthorized",
        },
        {
          ...{ channel: "feishu", account: null, isEnabled: false, isConfigured: null },
          ...{ isRunning: null, isConnected: null, problem: null },
        },
      ];
      expect(await gateways.channels(target)).toEqual(gateway.channels);
    });
  });

  describe(`${name} gateways: work`, () => {
    test("a busy gateway is distinguished from an idle one", async () => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      expect(await gateways.load(target)).toEqual({ isBusy: false, delayP99Ms: 11 });
      gateway.load = { isBusy: true, delayP99Ms: 1_400 };
      expect(await gateways.load(target)).toEqual({ isBusy: true, delayP99Ms: 1_400 });
    });

    test("a suspension says what still runs, and does nothing else until it ends", async () => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      gateway.work = [{ kind: "chat-run", count: 2 }];
      const { id, blockers } = await gateways.suspend(target, "stop-1");
      expect(blockers).toEqual([{ kind: "chat-run", count: 2 }]);
      await rejects(gateways.pairing(target), "GATEWAY_SILENT");
      gateway.work = [];
      expect(await gateways.suspend(target, "stop-1")).toEqual({ id, blockers: [] });
      await gateways.resume(target, id ?? "");
      await gateways.resume(target, id ?? "");
      expect((await gateways.pairing(target)).paired).toEqual([]);
    });

    test("the suspension of another controller is not taken over", async () => {
      await using made = await open();
      const { gateways, target } = made;
      await gateways.suspend(target, "theirs");
      await rejects(gateways.suspend(target, "ours"), "BUSY");
    });
  });

  describe(`${name} gateways: one that does not do its part`, () => {
    test.each([
      ["silent", "GATEWAY_SILENT", "silent"],
      ["refusing", "GATEWAY_REFUSES", "refused"],
      ["off", "NOT_SUPPORTED", "trusted"],
      ["broken", "GATEWAY_FAILED", "silent"],
    ] as const)("%s: every call says so", async (mood, reason, trust) => {
      await using made = await open();
      const { gateways, target, gateway } = made;
      gateway.mood = mood;
      expect(await gateways.trust(target, "panel")).toBe(trust);
      const calls = [
        gateways.pairing(target),
        gateways.approve(target, "x"),
        gateways.reject(target, "x"),
        gateways.removeDevice(target, "x"),
        gateways.channels(target),
        gateways.load(target),
        gateways.suspend(target, "x"),
        gateways.resume(target, "x"),
      ];
      for (const { message } of await Promise.all(calls.map((call) => rejects(call, reason))))
        expect(message).toContain(target.id);
    });
  });
}
