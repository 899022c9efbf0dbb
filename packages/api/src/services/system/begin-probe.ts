import type { NetworkProbe } from "@claw/core/network";
import type { Uses } from "../../context.ts";

/** Followed by the key; below the path that instances leave to the panel. */
export const PROBE_PATH = "/.claw/probe/";

/**
 * Lets the panel's page at an origin ask, for a minute, whether names of instances lead here. Null
 * where instances have no names.
 */
export function beginProbe(
  { runtime }: Uses<"addresses" | "probes">,
  panelOrigin: string,
): NetworkProbe | null {
  const at = runtime.addresses.probe();
  if (at === null) return null;
  const { key, proof } = runtime.probes.begin(panelOrigin);
  const path = `${PROBE_PATH}${key}`;
  return {
    url: `${at.origin}${path}`,
    plainUrl: at.plainOrigin && `${at.plainOrigin}${path}`,
    socketUrl: `${at.origin.replace(/^http/, "ws")}${path}`,
    host: new URL(at.origin).host,
    proof,
  };
}
