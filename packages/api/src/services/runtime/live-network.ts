import type { Network } from "../../network-config.ts";

/** How browsers reach the panel: administrators change it while the panel runs. */
export interface LiveNetwork {
  now(): Network;
  change(next: Network): void;
}

export function createLiveNetwork(first: Network): LiveNetwork {
  let network = first;
  return {
    now: () => network,
    change(next) {
      network = next;
    },
  };
}
