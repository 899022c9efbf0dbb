import { GATEWAY_PORT } from "@claw/core/naming";
import type { ContainerInspectInfo } from "dockerode";
import type { Endpoint } from "../engine.ts";

/**
 * The address at which this machine reaches a container's gateway; null without one. `hostname`
 * is the machine of Docker's published ports.
 */
export function endpointOf(info: ContainerInspectInfo, hostname: string): Endpoint | null {
  const { State: state } = info;
  if (!state.Running || state.Paused || state.Restarting) return null;
  const published = info.NetworkSettings.Ports[`${GATEWAY_PORT}/tcp`]?.[0];
  if (!published) return null;
  const everywhere = ["", "0.0.0.0", "::"].includes(published.HostIp);
  // Another machine's loopback is not ours.
  if (published.HostIp.startsWith("127.") && hostname !== "127.0.0.1") return null;
  const host = (everywhere ? hostname : published.HostIp).replace(/^\[|\]$/g, "");
  return { host, port: Number(published.HostPort) };
}
