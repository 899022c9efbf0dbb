import { realpathSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "@claw/core/errors";
import { isAbsoluteHostPath } from "@claw/core/host-path";
import type { InstanceSite } from "@claw/core/instance-address";
import { type AddressRanges, DEFAULT_RANGES, isSubnetPool } from "@claw/core/subnet-allocation";
import proxyAddr from "@fastify/proxy-addr";
import { z } from "zod";
import type { GivenCertificate } from "./certificates/certificates.ts";
import { makeFolder } from "./make-folder.ts";
import { readTls } from "./tls-files.ts";

/** Repository root, from src/ and dist/: default home and location of templates and web page. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

const port = (from: number) =>
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

const Env = z.object({
  CLAW_HOME: z.string().default(ROOT),
  CLAW_HOST: z
    .string()
    .default("127.0.0.1")
    .refine(
      (host) => host === "localhost" || isIP(host) !== 0,
      "must be localhost or an IP address of this machine",
    ),
  CLAW_PORT: port(0).default(8000),
  CLAW_ENGINE: z.enum(["docker", "memory"], "must be docker or memory").default("docker"),
  CLAW_IMAGE: z.string().min(1, "must name an image").default("openclaw:local"),
  CLAW_BASE_PORT: port(1024).default(DEFAULT_RANGES.basePort),
  CLAW_PUBLISH_HOST: z
    .string()
    .default(DEFAULT_RANGES.publishHost)
    .refine((host) => isIP(host) !== 0, "must be an IP address of this host"),
  CLAW_SUBNET_POOL: z
    .string()
    .default(DEFAULT_RANGES.subnetPool)
    .refine(
      isSubnetPool,
      "must be a private IPv4 network such as 10.213.0.0/16, of at least a /29",
    ),
  CLAW_HOST_HOME: z
    .string()
    .refine(isAbsoluteHostPath, "must be an absolute path on the Docker host")
    .optional(),
  CLAW_PUBLIC_NAMES: list.refine(
    (names) => names.every(isHostName),
    "must be names or addresses without port or path, with commas between them, such as panel.example.lan,192.168.1.5",
  ),
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
  CLAW_UPLOAD_IDLE_SECONDS: z.coerce
    .number("must be a number of seconds")
    .int("must be a whole number")
    .min(5, "must be at least 5")
    .max(86_400, "must be at most a day, 86400")
    .default(60),
  CLAW_TLS_CERT: z.string().optional(),
  CLAW_TLS_KEY: z.string().optional(),
  CLAW_LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "must be trace, debug, info, warn, error, fatal or silent",
    )
    .default("info"),
  DOCKER_HOST: z.string().optional(),
});

/** All external settings that are no secrets, validated. Services see them. */
export interface Config extends AddressRanges {
  /** Absolute path of the home folder as seen by the panel. */
  home: string;
  /** The same folder as seen by the Docker host. */
  hostHome: string;
  host: string;
  port: number;
  /** Host names of the panel, in addition to the loopback names. */
  publicNames: readonly string[];
  /**
   * The site below which each instance has an origin of its own; null: instances open by a link with
   * their token.
   */
  instanceSite: Omit<InstanceSite, "port"> | null;
  /** True for the address of a proxy trusted to name the client and the host. */
  trustsProxy: (address: string) => boolean;
  /** The port of the proxy through which browsers reach panel and instances; null: the panel's. */
  publicPort: number | null;
  /** Whether the panel serves HTTPS alone, with a certificate that the administrator gives. */
  tls: boolean;
  /** Whether it serves HTTPS beside HTTP, with certificates by an authority of its own. */
  ownAuthority: boolean;
  engine: "docker" | "memory";
  image: string;
  /** How long an upload may stall, in milliseconds. */
  uploadIdleMs: number;
  logLevel: string;
  dockerHost: string | undefined;
  templates: string;
  webRoot: string;
  timezone: string;
}

/** Reads the environment. Throws an Error that names each invalid variable. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Env.safeParse(given);
  if (!parsed.success)
    throw new Error(
      parsed.error.issues
        .map(
          (issue) =>
            `${issue.path.join(".")} ${issue.message} (it is "${env[String(issue.path[0])]}").`,
        )
        .join("\n"),
    );
  const value = parsed.data;
  if (!isLoopback(value.CLAW_HOST) && value.CLAW_PUBLIC_NAMES.length === 0)
    throw new Error(
      `CLAW_PUBLIC_NAMES must say by which names the panel is reached, as CLAW_HOST is no loopback address (it is "${value.CLAW_HOST}").`,
    );
  const home = path.resolve(value.CLAW_HOME);
  const tls = value.CLAW_TLS_CERT !== undefined || value.CLAW_TLS_KEY !== undefined;
  const instanceSite = readInstanceSite(value);
  const publicPort = readPublicPort(value, instanceSite);
  return {
    home: existing(home),
    hostHome: value.CLAW_HOST_HOME ?? existing(home),
    host: value.CLAW_HOST,
    port: value.CLAW_PORT,
    publicNames: value.CLAW_PUBLIC_NAMES,
    instanceSite,
    trustsProxy: trusting(value.CLAW_TRUSTED_PROXIES),
    publicPort,
    tls,
    ownAuthority: instanceSite?.scheme === "https" && !tls && publicPort === null,
    engine: value.CLAW_ENGINE,
    image: value.CLAW_IMAGE,
    basePort: value.CLAW_BASE_PORT,
    publishHost: value.CLAW_PUBLISH_HOST,
    subnetPool: value.CLAW_SUBNET_POOL,
    uploadIdleMs: value.CLAW_UPLOAD_IDLE_SECONDS * 1_000,
    logLevel: value.CLAW_LOG_LEVEL,
    dockerHost: value.DOCKER_HOST,
    templates: path.join(ROOT, "templates"),
    webRoot: path.join(ROOT, "packages/web/dist"),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** Values that are never shown or logged; apart from `Config`, which services see. */
export interface Secrets {
  /** Password of the initial account `admin`, if any. */
  adminPassword: string | undefined;
  tls: GivenCertificate | null;
}

/** Reads the environment, and the files that it names. Throws an Error that names the variable. */
export function readSecrets(env: Record<string, string | undefined> = process.env): Secrets {
  return {
    adminPassword: env.CLAW_ADMIN_PASSWORD || undefined,
    tls: readTls(env.CLAW_TLS_CERT || undefined, env.CLAW_TLS_KEY || undefined),
  };
}

/**
 * Names below `localhost` reach this machine's loopback addresses without DNS, and browsers treat
 * them as secure. Other names need TLS, without which browsers refuse the session's cookie.
 */
function readInstanceSite(value: z.output<typeof Env>): Config["instanceSite"] {
  const asked = value.CLAW_INSTANCE_DOMAIN;
  if (asked === "none" || (asked === undefined && isProxyForPanelAlone(value))) return null;
  const domain = asked ?? (isLoopback(value.CLAW_HOST) ? "localhost" : "internal");
  const fault = instanceSiteFault(domain, value);
  if (fault === null) return { domain, scheme: domain === "localhost" ? "http" : "https" };
  if (asked === undefined) return null;
  throw new Error(`CLAW_INSTANCE_DOMAIN ${fault} (it is "${asked}").`);
}

/** A proxy beyond loopback that adds TLS: nobody said which names it passes on beside the panel's. */
function isProxyForPanelAlone(value: z.output<typeof Env>): boolean {
  const { CLAW_HOST, CLAW_TRUSTED_PROXIES, CLAW_TLS_CERT } = value;
  return !isLoopback(CLAW_HOST) && CLAW_TRUSTED_PROXIES.length > 0 && CLAW_TLS_CERT === undefined;
}

function instanceSiteFault(domain: string, value: z.output<typeof Env>): string | null {
  if (!isLoopback(value.CLAW_PUBLISH_HOST))
    return `needs a CLAW_PUBLISH_HOST of this machine alone, such as 127.0.0.1: from a port that others reach, every container would look like the panel to a gateway`;
  if (domain !== "localhost") return null;
  const isServed = LOOPBACK_PAIR.has(value.CLAW_HOST) && value.CLAW_TLS_CERT === undefined;
  return isServed ? null : "can be localhost only with CLAW_HOST=127.0.0.1 and without TLS";
}

/** A proxy that adds TLS for instances; one that only passes the panel's own TLS on may have its port. */
function readPublicPort(
  value: z.output<typeof Env>,
  site: Config["instanceSite"],
): Config["publicPort"] {
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

/** The real path, so that container labels do not depend on the symlink used. */
function existing(folder: string): string {
  try {
    makeFolder(folder);
    return realpathSync.native(folder);
  } catch (error) {
    throw new Error(`CLAW_HOME cannot be used: ${messageOf(error)}.`, { cause: error });
  }
}

function isProxyList(proxies: readonly string[]): boolean {
  try {
    trusting(proxies);
    return true;
  } catch {
    // The library throws if one of them is not an address.
    return false;
  }
}

function trusting(proxies: readonly string[]): Config["trustsProxy"] {
  if (proxies.length === 0) return () => false;
  const trusts = proxyAddr.compile([...proxies]);
  return (address) => isIP(address) !== 0 && trusts(address, 0);
}

function isHostName(name: string): boolean {
  return isIP(name) !== 0 || /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/.test(name);
}

/** The names in the panel's certificate: those by which other machines reach it. */
export function panelNames(
  config: Pick<Config, "host" | "publicNames" | "publicPort">,
): readonly string[] {
  return [...new Set([shownHost(config), ...config.publicNames])];
}

/** The host in the address shown to users. */
export function shownHost({
  host,
  publicNames,
  publicPort,
}: Pick<Config, "host" | "publicNames" | "publicPort">): string {
  return isLoopback(host) && publicPort === null ? host : (publicNames[0] ?? host);
}

/** True for addresses reachable only from this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
