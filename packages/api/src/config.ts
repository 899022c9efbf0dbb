import { realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "@claw/core/errors";
import { isAbsoluteHostPath } from "@claw/core/host-path";
import { type AddressRanges, DEFAULT_RANGES, isSubnetPool } from "@claw/core/subnet-allocation";
import { z } from "zod";
import type { GivenCertificate } from "./certificates/certificates.ts";
import { makeFolder } from "./make-folder.ts";
import {
  type Environment,
  type Network,
  NetworkEnv,
  networkOf,
  networkTexts,
  parseEnvironment,
  port,
  setOf,
} from "./network-config.ts";
import { readTls } from "./tls-files.ts";

/** Repository root, from src/ and dist/: default home and location of templates and web page. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

const Env = NetworkEnv.extend({
  CLAW_HOME: z.string().default(ROOT),
  CLAW_PORT: port(0).default(8000),
  CLAW_ENGINE: z.enum(["docker", "memory"], "must be docker or memory").default("docker"),
  CLAW_IMAGE: z.string().min(1, "must name an image").default("openclaw:local"),
  CLAW_BASE_PORT: port(1024).default(DEFAULT_RANGES.basePort),
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
  CLAW_UPLOAD_IDLE_SECONDS: z.coerce
    .number("must be a number of seconds")
    .int("must be a whole number")
    .min(5, "must be at least 5")
    .max(86_400, "must be at most a day, 86400")
    .default(60),
  CLAW_LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "must be trace, debug, info, warn, error, fatal or silent",
    )
    .default("info"),
  DOCKER_HOST: z.string().optional(),
});

/** All external settings that are no secrets, validated. Services see them. */
export interface Config extends AddressRanges, Network {
  /** Absolute path of the home folder as seen by the panel. */
  home: string;
  /** The same folder as seen by the Docker host. */
  hostHome: string;
  /** The settings of the network that the environment sets; it overrides what is saved. */
  environment: Environment;
  port: number;
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
export function readConfig(env: Environment = process.env): Config {
  const given = setOf(env);
  const value = parseEnvironment(Env, given);
  const network = networkOf(value);
  const home = path.resolve(value.CLAW_HOME);
  return {
    ...network,
    home: existing(home),
    hostHome: value.CLAW_HOST_HOME ?? existing(home),
    environment: networkTexts(given),
    port: value.CLAW_PORT,
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
export function readSecrets(env: Environment = process.env): Secrets {
  return {
    adminPassword: env.CLAW_ADMIN_PASSWORD || undefined,
    tls: readTls(env.CLAW_TLS_CERT || undefined, env.CLAW_TLS_KEY || undefined),
  };
}

/** The real path, so that container labels do not depend on the symlink used. */
function existing(folder: string): string {
  try {
    makeFolder(folder);
    return realpathSync.native(folder);
  } catch (error) {
    throw new Error(`CLAW_HOME cannot be used: ${messageOf(error)}.`, { cause: error });
  }
}
