import { isIP } from "node:net";
import type { InstanceSite } from "@claw/core/instance-address";
import { bracketed } from "@claw/core/naming";
import { DEFAULT_RANGES } from "@claw/core/subnet-allocation";
import proxyAddr from "@fastify/proxy-addr";
import { z } from "zod";

export const port = (from: number) =>
  z.coerce
    .number(`must be a number between ${from} and 65535`)
    .int("must be a whole number")
    .min(from, `must be between ${from} and 65535`)
    .max(65535, `must be between ${from} and 65535`);

/** Comma-separated words, lowercased. */
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .toLowerCase()
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  );

/** The variables from which names, certificates and proxies follow. */
export const NetworkEnv = z.object({
  CLAW_HOST: z
    .string()
    .default("127.0.0.1")
    .refine(
      (host) => host === "localhost" || isIP(host) !== 0,
      "must be localhost or an IP address of this machine",
    ),
  CLAW_PUBLISH_HOST: z
    .string()
    .default(DEFAULT_RANGES.publishHost)
    .refine((host) => isIP(host) !== 0, "must be an IP address of this host"),
  CLAW_PUBLIC_NAMES: list
    .refine(
      (names) => names.every(isHostName),
      "must be names or addresses without port or path, with commas between them, such as panel.example.lan,192.168.1.5",
    )
    .transform((names) => names.map(asSent)),
  CLAW_INSTANCE_DOMAIN: z
    .string()
    .toLowerCase()
    .refine(
      (name) => isHostName(name) && isIP(name) === 0,
      "must be a domain below which each instance has a name, such as claw.example.com, or none",
    )
    .optional(),
  CLAW_TRUSTED_PROXIES: list.refine(
    isProxyList,
    "must be addresses or networks of proxies, with commas between them, such as 127.0.0.1,10.0.0.0/24",
  ),
  CLAW_PUBLIC_PORT: port(1).optional(),
  CLAW_TLS_CERT: z.string().optional(),
  CLAW_TLS_KEY: z.string().optional(),
});
type NetworkSettings = z.output<typeof NetworkEnv>;

/** Settings as they are written, by variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that are set; an empty one is not. */
export function setOf(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}

/** Those by which browsers reach the panel. */
export function networkTexts(env: Environment): Environment {
  const ofNetwork = new Set([...Object.keys(NetworkEnv.shape), "CLAW_PORT"]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => ofNetwork.has(name)));
}

/** Throws an Error that names each invalid variable. */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  env: Environment,
): z.output<Schema> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues
      .map(
        (issue) =>
          `${issue.path.join(".")} ${issue.message} (it is "${env[String(issue.path[0])]}").`,
      )
      .join("\n"),
  );
}

/** How browsers reach the panel and its instances. */
export interface Network {
  host: string;
  /** Host names of the panel, in addition to the loopback names. */
  publicNames: readonly string[];
  /**
   * The site below which each instance has an origin of its own; null: instances open by a link with
   * their token.
   */
  instanceSite: Omit<InstanceSite, "port"> | null;
  /** Addresses and networks of proxies, as they were given. */
  trustedProxies: readonly string[];
  /** True for the address of a proxy trusted to name the client and the host. */
  trustsProxy: (address: string) => boolean;
  /** The port of the proxy through which browsers reach panel and instances; null: the panel's. */
  publicPort: number | null;
  /** Whether the panel serves HTTPS alone, with a certificate that the administrator gives. */
  tls: boolean;
  /** Whether it serves HTTPS beside HTTP, with certificates by an authority of its own. */
  ownAuthority: boolean;
}

/** Throws an Error that names each variable that is invalid or does not go together with others. */
export function readNetwork(texts: Environment): Network {
  return networkOf(parseEnvironment(NetworkEnv, setOf(texts)));
}

/** Throws an Error that names the variable where the settings do not go together. */
export function networkOf(value: NetworkSettings): Network {
  if (!isLoopback(value.CLAW_HOST) && value.CLAW_PUBLIC_NAMES.length === 0)
    throw new Error(
      `CLAW_PUBLIC_NAMES must say by which names the panel is reached, as CLAW_HOST is no loopback address (it is "${value.CLAW_HOST}").`,
    );
  const tls = value.CLAW_TLS_CERT !== undefined || value.CLAW_TLS_KEY !== undefined;
  const instanceSite = readInstanceSite(value);
  const publicPort = readPublicPort(value, instanceSite);
  return {
    host: value.CLAW_HOST,
    publicNames: value.CLAW_PUBLIC_NAMES,
    instanceSite,
    trustedProxies: value.CLAW_TRUSTED_PROXIES,
    trustsProxy: trusting(value.CLAW_TRUSTED_PROXIES),
    publicPort,
    tls,
    ownAuthority: instanceSite?.scheme === "https" && !tls && publicPort === null,
  };
}

/**
 * Names below `localhost` reach this machine's loopback addresses without DNS, and browsers treat
 * them as secure. Other names need TLS, without which browsers refuse the session's cookie.
 */
function readInstanceSite(value: NetworkSettings): Network["instanceSite"] {
  const asked = value.CLAW_INSTANCE_DOMAIN;
  if (asked === "none" || (asked === undefined && isProxyForPanelAlone(value))) return null;
  const domain = asked ?? (isLoopback(value.CLAW_HOST) ? "localhost" : "internal");
  const fault = instanceSiteFault(domain, value);
  if (fault === null) return { domain, scheme: domain === "localhost" ? "http" : "https" };
  if (asked === undefined) return null;
  throw new Error(`CLAW_INSTANCE_DOMAIN ${fault} (it is "${asked}").`);
}

/** A proxy beyond loopback that adds TLS: nobody said which names it passes on beside the panel's. */
function isProxyForPanelAlone(value: NetworkSettings): boolean {
  const { CLAW_HOST, CLAW_TRUSTED_PROXIES, CLAW_TLS_CERT } = value;
  return !isLoopback(CLAW_HOST) && CLAW_TRUSTED_PROXIES.length > 0 && CLAW_TLS_CERT === undefined;
}

function instanceSiteFault(domain: string, value: NetworkSettings): string | null {
  if (!isLoopback(value.CLAW_PUBLISH_HOST))
    return `needs a CLAW_PUBLISH_HOST of this machine alone, such as 127.0.0.1: from a port that others reach, every container would look like the panel to a gateway`;
  if (domain !== "localhost") return null;
  const isServed = LOOPBACK_PAIR.has(value.CLAW_HOST) && value.CLAW_TLS_CERT === undefined;
  return isServed ? null : "can be localhost only with CLAW_HOST=127.0.0.1 and without TLS";
}

/** A proxy that adds TLS for instances; one that only passes the panel's own TLS on may have its port. */
function readPublicPort(value: NetworkSettings, site: Network["instanceSite"]): number | null {
  const { CLAW_PUBLIC_PORT: asked, CLAW_TRUSTED_PROXIES: proxies } = value;
  if (site?.scheme !== "https" || proxies.length === 0) {
    if (asked === undefined) return null;
    throw new Error(
      `CLAW_PUBLIC_PORT is the port of a reverse proxy in front of panel and instances, and needs CLAW_TRUSTED_PROXIES and CLAW_INSTANCE_DOMAIN (it is "${asked}").`,
    );
  }
  if (value.CLAW_PUBLIC_NAMES.length === 0)
    throw new Error(
      `CLAW_PUBLIC_NAMES must say by which name browsers reach the panel through the proxy, as instances have names below ${site.domain}.`,
    );
  return asked ?? (value.CLAW_TLS_CERT === undefined ? HTTPS_PORT : null);
}

const HTTPS_PORT = 443;

/** Hosts for which the panel listens on both loopback addresses: browsers may try either first. */
export const LOOPBACK_PAIR: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);

function isProxyList(proxies: readonly string[]): boolean {
  try {
    trusting(proxies);
    return true;
  } catch {
    // The library throws if one of them is not an address.
    return false;
  }
}

function trusting(proxies: readonly string[]): Network["trustsProxy"] {
  if (proxies.length === 0) return () => false;
  const trusts = proxyAddr.compile([...proxies]);
  return (address) => isIP(address) !== 0 && trusts(address, 0);
}

function isHostName(name: string): boolean {
  // One with a zone is in no URL, and in no certificate.
  if (isIP(name) === 6) return URL.canParse(`http://${bracketed(name)}`);
  return isIP(name) !== 0 || /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/.test(name);
}

/** A name as browsers send it, and as a certificate can hold it: an IPv6 address has many forms. */
function asSent(name: string): string {
  return isIP(name) === 6
    ? new URL(`http://${bracketed(name)}`).hostname.replace(/^\[|\]$/g, "")
    : name;
}

/** The names in the panel's certificate: those by which other machines reach it. */
export function panelNames(
  config: Pick<Network, "host" | "publicNames" | "publicPort">,
): readonly string[] {
  return [...new Set([shownHost(config), ...config.publicNames])];
}

/** The host in the address shown to users. */
export function shownHost({
  host,
  publicNames,
  publicPort,
}: Pick<Network, "host" | "publicNames" | "publicPort">): string {
  return isLoopback(host) && publicPort === null ? host : (publicNames[0] ?? host);
}

/** True for addresses reachable only from this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
