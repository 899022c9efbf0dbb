import type { Identity } from "@claw/core/gateway-access";
import type { Endpoint } from "../engine/engine.ts";

/** A gateway that takes its users from the panel, and what it needs to know of each request. */
export interface GatewayTarget {
  endpoint: Endpoint;
  /** The secret name of the identity header. */
  header: string;
  /** The public origin of the instance. */
  origin: string;
}

/** The gateways of instances as the panel itself asks them. */
export interface Gateways {
  /**
   * Whether the gateway takes the panel for its proxy. `silent`: it does not answer in time, or
   * not as a gateway would; that proves nothing.
   */
  trust(target: GatewayTarget, as: Identity): Promise<"trusted" | "refused" | "silent">;
}
