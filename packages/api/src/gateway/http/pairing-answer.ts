import type { Pairing } from "@claw/core/pairing";
import { z } from "zod";
import { shown } from "./shown.ts";

const Text = z
  .string()
  .nullish()
  .transform((text) => (text ? shown(text) || null : null));
const Texts = z
  .array(z.string())
  .nullish()
  .transform((texts) => (texts ?? []).slice(0, 50).map(shown));
/** Milliseconds since the epoch that a date can hold. */
const Time = z.number().min(0).max(8.64e15);

const Facts = z.object({
  deviceId: z.string(),
  displayName: Text,
  platform: Text,
  remoteIp: Text,
  role: Text,
  roles: Texts,
  scopes: Texts,
});
const Request = Facts.extend({ requestId: z.string(), ts: Time });
const Device = Facts.extend({
  /** A name that its owner has given it in the Control UI. */
  operatorLabel: Text,
  connected: z.boolean().nullish(),
  approvedAtMs: Time,
  lastSeenAtMs: Time.nullish(),
});

/** The answer to `device.pair.list` (OpenClaw 2026.9.6). */
export const PairingAnswer = z
  .object({ pending: z.array(Request), paired: z.array(Device) })
  .transform(
    ({ pending, paired }): Pairing => ({
      pending: pending
        .toSorted((a, b) => b.ts - a.ts)
        .map(({ requestId, ts, ...facts }) => ({
          requestId,
          ...factsOf(facts),
          requestedAt: new Date(ts).toISOString(),
        })),
      paired: paired.toSorted((a, b) => latest(b) - latest(a)).map(pairedDevice),
    }),
  );

function pairedDevice(device: z.output<typeof Device>): Pairing["paired"][number] {
  const { operatorLabel, connected, approvedAtMs, lastSeenAtMs } = device;
  const facts = factsOf(device);
  return {
    ...facts,
    name: operatorLabel ?? facts.name,
    isConnected: connected ?? false,
    approvedAt: new Date(approvedAtMs).toISOString(),
    lastSeenAt: lastSeenAtMs == null ? null : new Date(lastSeenAtMs).toISOString(),
  };
}

function factsOf(facts: z.output<typeof Facts>) {
  const { deviceId, displayName, platform, remoteIp, role, roles, scopes } = facts;
  return {
    deviceId,
    name: displayName,
    platform,
    address: remoteIp,
    roles: roles.length > 0 || role === null ? roles : [role],
    scopes,
  };
}

function latest({ lastSeenAtMs, approvedAtMs }: z.output<typeof Device>): number {
  return lastSeenAtMs ?? approvedAtMs;
}
