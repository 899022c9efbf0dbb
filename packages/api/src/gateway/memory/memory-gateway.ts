import type { ChannelAccount } from "@claw/core/channel-status";
import type { Pairing } from "@claw/core/pairing";
import type { GatewayLoad } from "../gateway.ts";

/** How a gateway answers; `off`: its control plane is switched off. */
type Mood = "open" | "silent" | "refusing" | "off" | "broken";

const SCOPES = ["operator.read", "operator.write"];

/** The state of one gateway, and events from outside. */
export class MemoryGateway {
  mood: Mood = "open";
  pending: Pairing["pending"] = [];
  paired: Pairing["paired"] = [];
  channels: ChannelAccount[] = [];
  load: GatewayLoad = { isBusy: false, delayP99Ms: 11 };
  /** Running work. */
  work: { kind: string; count: number }[] = [];
  suspension: { requestId: string; id: string } | null = null;
  #now = Date.parse("2026-01-01T00:00:00.000Z");

  /** A device asks to be let in; the latest request comes first. */
  ask(device: { requestId: string; deviceId: string; name?: string }): void {
    const { requestId, deviceId, name = null } = device;
    const facts = { deviceId, name, platform: "Linux", address: "192.0.2.7" };
    const rights = { roles: ["operator"], scopes: [...SCOPES] };
    this.pending.unshift({ ...facts, ...rights, requestId, requestedAt: this.#time() });
  }

  /** False for an unknown request. */
  letIn(requestId: string): boolean {
    const request = this.pending.find((each) => each.requestId === requestId);
    if (!request || !this.forgetRequest(requestId)) return false;
    const { requestId: _, requestedAt: _at, ...facts } = request;
    this.forgetDevice(facts.deviceId);
    const approvedAt = this.#time();
    this.paired.unshift({ ...facts, isConnected: false, approvedAt, lastSeenAt: null });
    return true;
  }

  /** False for an unknown request. */
  forgetRequest(requestId: string): boolean {
    const before = this.pending.length;
    this.pending = this.pending.filter((each) => each.requestId !== requestId);
    return this.pending.length < before;
  }

  /** False for an unknown device. */
  forgetDevice(deviceId: string): boolean {
    const before = this.paired.length;
    this.paired = this.paired.filter((each) => each.deviceId !== deviceId);
    return this.paired.length < before;
  }

  /** The id of the suspension; null while another controller holds one. */
  suspend(requestId: string): string | null {
    this.suspension ??= { requestId, id: `suspension-of-${requestId}` };
    return this.suspension.requestId === requestId ? this.suspension.id : null;
  }

  resume(id: string): void {
    if (this.suspension?.id === id) this.suspension = null;
  }

  #time(): string {
    this.#now += 1_000;
    return new Date(this.#now).toISOString();
  }
}
