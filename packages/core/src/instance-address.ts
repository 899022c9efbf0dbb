import type { InstanceId } from "./instance.ts";
import { bracketed } from "./naming.ts";

/** The names under which the panel serves instances: each an origin of its own below `domain`. */
export interface InstanceSite {
  /** `localhost` for browsers on this machine, `internal`, or a wildcard domain. */
  domain: string;
  scheme: "http" | "https";
  /** The panel's port as browsers reach it. */
  port: number;
}

/** Random bytes in a label. */
export const LABEL_BYTES = 5;

/**
 * Stands for all labels where it is tested how a browser reaches them. No instance has it: theirs end
 * in random digits.
 */
export const PROBE_LABEL = "probe";

/**
 * The name of an instance in its address. With its random part it is never used again, unlike the
 * id: what a browser keeps for an origin must not meet another owner. At most 51 characters.
 */
export function instanceLabel(id: InstanceId, hex: string): string {
  return `${id}-${hex}`;
}

/**
 * The host name of an instance. Below `internal` a single label: browsers take each such name for a
 * site of its own, so that no instance can set or push out cookies of another or of the panel.
 */
function publicName(label: string, { domain }: InstanceSite): string {
  return domain === "internal" ? `claw-${label}.internal` : `${label}.${domain}`;
}

/** The origin of an instance, as browsers send it. */
export function publicOrigin(label: string, site: InstanceSite): string {
  return originOf(publicName(label, site), site);
}

/** The origin of a name, as browsers send it. */
export function originOf(name: string, site: Omit<InstanceSite, "domain">): string {
  return `${site.scheme}://${authority(name, site)}`;
}

/**
 * Reads a Host header: an instance's label, `unknown` for another name below the domain or another
 * port, or null when the host is not of the site. A label is not checked for
 * existence.
 */
export function labelOfHost(
  host: string | undefined,
  site: InstanceSite,
): { label: string } | "unknown" | null {
  const text = host?.toLowerCase() ?? "";
  const name = text.replace(/:\d*$/, "");
  const prefix = site.domain === "internal" ? "claw-" : "";
  if (!name.startsWith(prefix) || !name.replace(/\.$/, "").endsWith(`.${site.domain}`)) return null;
  const label = name.slice(prefix.length, -site.domain.length - 1);
  return text === authority(publicName(label, site), site) && /^[a-z0-9-]+$/.test(label)
    ? { label }
    : "unknown";
}

/** The label in the name that a client of TLS asks for; null for any other name. */
export function labelOfName(name: string, site: InstanceSite): string | null {
  const named = labelOfHost(authority(name, site), site);
  return named === null || named === "unknown" ? null : named.label;
}

function authority(name: string, { scheme, port }: Omit<InstanceSite, "domain">): string {
  return port === (scheme === "https" ? 443 : 80) ? name : `${name}:${port}`;
}

/** The local address of a port that is published at every address. */
const LOOPBACK_OF: Readonly<Record<string, string>> = {
  "": "127.0.0.1",
  "0.0.0.0": "127.0.0.1",
  "::": "::1",
};

/**
 * Address of a Control UI at its published port, for a browser on the Docker host. Always an IP
 * address: `localhost` has two, and another program may listen on the same port of the other one.
 * The browser would load that program's page and hand it the token in the link.
 */
export function controlUiUrl(publishHost: string, port: number): string {
  return `http://${bracketed(LOOPBACK_OF[publishHost] ?? publishHost)}:${port}/`;
}

/** The origin of that address, as browsers send it. */
export function controlUiOrigin(publishHost: string, port: number): string {
  return controlUiUrl(publishHost, port).slice(0, -1);
}

/** Origins from which the Control UI of an instance on this host port may connect. */
export function loopbackOrigins(port: number): string[] {
  return [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
}

/** The loopback origins, and the origin of the published address if it is another. */
export function allowedOrigins(port: number, publishHost = "127.0.0.1"): string[] {
  return [...new Set([...loopbackOrigins(port), controlUiOrigin(publishHost, port)])];
}
