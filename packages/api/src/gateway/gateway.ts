import type { ChannelAccount } from "@claw/core/channel-status";
import type { Identity } from "@claw/core/gateway-access";
import type { InstanceId } from "@claw/core/instance";
import type { Pairing } from "@claw/core/pairing";
import type { Endpoint } from "../engine/engine.ts";

/** A gateway that takes its users from the panel, and what it needs to know of each request. */
export interface GatewayTarget {
  /** For messages. */
  id: InstanceId;
  endpoint: Endpoint;
  /** The secret name of the identity header. */
  header: string;
  /** The public origin of the instance. */
  origin: string;
}

/**
 * The gateways of instances as the panel itself asks them, as the identity `panel`.
 *
 * Every call but `trust` ends within 2 s, one about devices or channels within 10 s, and MUST reject with a
 * DomainError: GATEWAY_SILENT without an answer in time, or while the gateway starts or is
 * suspended; GATEWAY_REFUSES when it does not know the panel; NOT_SUPPORTED when its control plane
 * is switched off; GATEWAY_FAILED with the gateway's own message for everything not named below,
 * also for an answer that is too long or has another form.
 */
export interface Gateways {
  /**
   * Whether the gateway takes the panel for its proxy. `silent`: it does not answer in time, or
   * not as a gateway would; that proves nothing.
   */
  trust(target: GatewayTarget, as: Identity): Promise<"trusted" | "refused" | "silent">;

  /** The devices that ask to be let in, and those that were. */
  pairing(target: GatewayTarget): Promise<Pairing>;

  /** Lets the device of a request in. Rejects with DEVICE_NOT_FOUND when it has expired. */
  approve(target: GatewayTarget, requestId: string): Promise<void>;

  /** Forgets a request; its device may ask again. Rejects with DEVICE_NOT_FOUND. */
  reject(target: GatewayTarget, requestId: string): Promise<void>;

  /** Forgets a device, which closes its connections. Rejects with DEVICE_NOT_FOUND. */
  removeDevice(target: GatewayTarget, deviceId: string): Promise<void>;

  /**
   * The channels that it has, account by account, as it sees them now; it asks nobody for that. Ends
   * within 10 s.
   */
  channels(target: GatewayTarget): Promise<readonly ChannelAccount[]>;

  /** How busy the gateway is. One that answers is not dead, however slow it is. */
  load(target: GatewayTarget): Promise<GatewayLoad>;

  /**
   * Lets running work finish and admits no other, for two minutes from the last call with the same
   * `requestId`. Repeat it to learn what still runs. Rejects with BUSY while another controller has
   * suspended the gateway.
   */
  suspend(target: GatewayTarget, requestId: string): Promise<Suspension>;

  /** Ends a suspension; no-op when it has ended. */
  resume(target: GatewayTarget, suspensionId: string): Promise<void>;
}

export interface GatewayLoad {
  /** It answers late, because its event loop or its processor is busy. */
  isBusy: boolean;
  /** By so much its event loop was late, at the 99th percentile. */
  delayP99Ms: number;
}

interface Suspension {
  /** Null when the gateway already ends by itself. */
  id: string | null;
  /** Running work by kind. Empty: a stop interrupts nobody's work. */
  blockers: readonly { kind: string; count: number }[];
}
