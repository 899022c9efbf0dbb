import type { SavedNetwork } from "@claw/core/network";
import pLimit, { type LimitFunction } from "p-limit";
import type { Network } from "../../network-config.ts";

type Unused =
  | { why: "untilRestart"; next: Network }
  | { why: "contradicts"; message: string }
  | null;

/** How browsers reach the panel: administrators change it while the panel runs. */
export interface LiveNetwork {
  now(): Network;
  saved(): SavedNetwork;
  /** Saves are judged and written one at a time. */
  readonly saves: LimitFunction;
  /** Why that is not in use; null: it is. */
  unused(): Unused;
  /** `next`: what follows from what is saved. */
  save(saved: SavedNetwork, next: Network): void;
  /** Goes on by what follows without what is saved, by which the panel cannot start. */
  leaveOut(rest: Network, message: string): void;
}

export function createLiveNetwork(
  first: Network,
  kept: { saved: SavedNetwork; unused: Unused },
): LiveNetwork {
  let network = first;
  let { saved, unused } = kept;
  return {
    now: () => network,
    saved: () => saved,
    saves: pLimit(1),
    unused: () => unused,
    save(given, next) {
      saved = given;
      // A server that listens cannot begin or end to serve TLS.
      const isSoon = next.ownAuthority === network.ownAuthority;
      unused = isSoon ? null : { why: "untilRestart", next };
      if (isSoon) network = next;
    },
    leaveOut(rest, message) {
      network = rest;
      unused = { why: "contradicts", message };
    },
  };
}
