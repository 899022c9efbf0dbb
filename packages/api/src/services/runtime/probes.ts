import type { Host } from "../../host/host.ts";

/** How long a page may ask. */
export const PROBE_MS = 60_000;
/** Limit of probes; beyond it the oldest are dropped. */
const PROBES = 100;

/** Texts of 128 random bits. */
export interface Probe {
  /** Who asks knows it. */
  key: string;
  /** The panel's answer. */
  proof: string;
}

/**
 * Tests by which a page of the panel finds out whether the names of instances lead to this panel.
 * Nobody else is answered.
 */
export interface Probes {
  /** For a page of this origin. */
  begin(origin: string): Probe;
  /** The answer to a page of this origin; null: there is none for it. */
  proofFor(key: string, origin: string | undefined): string | null;
}

export function createProbes(host: Pick<Host, "now" | "randomHex">): Probes {
  const probes = new Map<string, { origin: string; proof: string; until: number }>();

  function sweep(): void {
    for (const [key, { until }] of probes)
      if (until <= host.now() || probes.size >= PROBES) probes.delete(key);
  }

  return {
    begin(origin) {
      sweep();
      const [key, proof] = [host.randomHex(16), host.randomHex(16)];
      probes.set(key, { origin, proof, until: host.now() + PROBE_MS });
      return { key, proof };
    },

    proofFor(key, origin) {
      const probe = probes.get(key);
      if (!probe || probe.origin !== origin || probe.until <= host.now()) return null;
      return probe.proof;
    },
  };
}
