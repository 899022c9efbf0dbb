import { z } from "zod";

/**
 * A device as a gateway knows it: a browser, a phone or another machine. Name and platform are its
 * own words, without control characters.
 */
const DeviceFacts = z.object({
  deviceId: z.string(),
  name: z.string().nullable(),
  platform: z.string().nullable(),
  /** As the gateway saw it last. */
  address: z.string().nullable(),
  /** `operator` uses the Control UI, `node` lends its machine to the agent. */
  roles: z.array(z.string()),
  /** Rights, such as `operator.read`. */
  scopes: z.array(z.string()),
});

/** A device that asks to be let in, or for more rights than it has. It expires after minutes. */
const DeviceRequest = DeviceFacts.extend({
  requestId: z.string(),
  /** ISO-8601 UTC. */
  requestedAt: z.string(),
});

/** A device that was let in. */
const PairedDevice = DeviceFacts.extend({
  isConnected: z.boolean(),
  /** ISO-8601 UTC. */
  approvedAt: z.string(),
  /** ISO-8601 UTC; null: never since. */
  lastSeenAt: z.string().nullable(),
});

/** Pending and paired devices of a gateway, the latest first. */
export const Pairing = z.object({
  pending: z.array(DeviceRequest),
  paired: z.array(PairedDevice),
});
export type Pairing = z.output<typeof Pairing>;

/** The id of a request or of a device, which the gateway chooses. */
export const DeviceRef = z.string().regex(/^[\w.:-]{1,128}$/, "This is no id of a device.");
