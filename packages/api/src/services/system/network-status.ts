import { PROBE_LABEL, publicOrigin } from "@claw/core/instance-address";
import { type NetworkStatus, networkWay, type SavedNetwork } from "@claw/core/network";
import type { Uses } from "../../context.ts";
import { revisionOf } from "../instance/config-revision.ts";
import { createAddresses } from "../runtime/addresses.ts";

/** Fixed: it is in mails and scripts of administrators. */
export const AUTHORITY_PATH = "/ca.crt";

type Used = Uses<"addresses" | "certificates" | "config" | "network">;

/** How browsers reach panel and instances, and what set it so. */
export function networkStatus(ctx: Used): NetworkStatus {
  const { runtime } = ctx;
  const { addresses } = runtime;
  const network = runtime.network.now();
  const site = addresses.site();
  const setting = <Value>(variable: string, value: Value) => ({
    value,
    variable,
    from: sourceOf(ctx, variable),
  });
  return {
    way: networkWay(site, network.publicPort),
    panel: addresses.panel(),
    instances: site && publicOrigin("<id>-<random>", site),
    host: setting("CLAW_HOST", network.host),
    port: setting("CLAW_PORT", addresses.port()),
    names: setting("CLAW_PUBLIC_NAMES", [...network.publicNames]),
    domain: setting("CLAW_INSTANCE_DOMAIN", site?.domain ?? null),
    proxies: setting("CLAW_TRUSTED_PROXIES", [...network.trustedProxies]),
    publicPort: setting("CLAW_PUBLIC_PORT", network.publicPort),
    isDomainMissing: isDomainMissing(ctx),
    certificate: certificateOf(runtime),
    saved: runtime.network.saved(),
    revision: revisionOfNetwork(runtime.network.saved()),
    unused: unusedOf(runtime),
  };
}

/** Of what administrators save. */
export function revisionOfNetwork(saved: SavedNetwork): string {
  return revisionOf(JSON.stringify(saved));
}

/**
 * Whether browsers come through a declared proxy, and the names of instances, by default, lead to each
 * visitor's own machine.
 */
export function isDomainMissing(ctx: Uses<"config" | "network">): boolean {
  const { instanceSite, trustedProxies } = ctx.runtime.network.now();
  const isLocal = instanceSite?.domain === "localhost" && trustedProxies.length > 0;
  return isLocal && sourceOf(ctx, "CLAW_INSTANCE_DOMAIN") === "default";
}

type Setting = NetworkStatus["host"]["from"];

function sourceOf({ config, runtime }: Uses<"config" | "network">, variable: string): Setting {
  if (config.environment[variable] !== undefined) return "environment";
  const { saved, unused } = runtime.network;
  const inUse: Readonly<Record<string, string>> = unused() === null ? saved() : {};
  return inUse[variable] ? "saved" : "default";
}

function unusedOf({ addresses, network }: Used["runtime"]): NetworkStatus["unused"] {
  const unused = network.unused();
  if (unused?.why !== "untilRestart") return unused;
  const then = createAddresses({ port: addresses.port() }, () => unused.next);
  return { why: unused.why, panel: then.panel() };
}

function certificateOf({
  addresses,
  certificates,
  network,
}: Used["runtime"]): NetworkStatus["certificate"] {
  const authority = certificates?.authority();
  if (authority) {
    const { fingerprint, expiresAt } = authority;
    return { kind: "authority", url: AUTHORITY_PATH, fingerprint, expiresAt };
  }
  const given = certificates?.given();
  if (!certificates || !given) return { kind: "none" };
  const site = addresses.site();
  // Behind a proxy browsers see the proxy's.
  const coversInstances =
    site === null ||
    network.now().publicPort !== null ||
    certificates.covers(new URL(publicOrigin(PROBE_LABEL, site)).hostname);
  return { kind: "given", ...given, coversInstances };
}
