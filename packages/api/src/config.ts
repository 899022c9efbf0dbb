import { mkdirSync, realpathSync } from "node:fs";
import { isIP } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isAbsoluteHostPath } from "@claw/core/host-path";
import { isSubnetPool } from "@claw/core/subnet-allocation";
import { z } from "zod";

/** The repository's root: the default home, and where the templates and the web page lie. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

const port = (from: number) =>
  z.coerce
    .number(`must be a number between ${from} and 65535`)
    .int("must be a whole number")
    .min(from, `must be between ${from} and 65535`)
    .max(65535, `must be between ${from} and 65535`);

const Env = z.object({
  CLAW_HOME: z.string().default(ROOT),
  CLAW_HOST: z
    .string()
    .default("127.0.0.1")
    .refine(
      isLoopback,
      "must be a loopback address (127.0.0.1, ::1 or localhost): until accounts exist, the panel must not be reachable from other machines",
    ),
  CLAW_PORT: port(0).default(8000),
  CLAW_ENGINE: z.enum(["docker", "memory"], "must be docker or memory").default("docker"),
  CLAW_IMAGE: z.string().min(1, "must name an image").default("openclaw:local"),
  CLAW_BASE_PORT: port(1024).default(18789),
  CLAW_PUBLISH_HOST: z
    .string()
    .default("127.0.0.1")
    .refine((host) => isIP(host) !== 0, "must be an IP address of this host"),
  CLAW_SUBNET_POOL: z
    .string()
    .default("10.213.0.0/16")
    .refine(
      isSubnetPool,
      "must be a private IPv4 network such as 10.213.0.0/16, of at least a /29",
    ),
  CLAW_HOST_HOME: z
    .string()
    .refine(isAbsoluteHostPath, "must be an absolute path on the Docker host")
    .optional(),
  CLAW_ADMIN_PASSWORD: z.string().optional(),
  CLAW_LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "must be trace, debug, info, warn, error, fatal or silent",
    )
    .default("info"),
  DOCKER_HOST: z.string().optional(),
});

/** Everything that the panel is told from outside, checked. */
export interface Config {
  /** Absolute path of the home folder as the panel sees it. */
  home: string;
  /** The same folder as the Docker host sees it. */
  hostHome: string;
  host: string;
  port: number;
  engine: "docker" | "memory";
  image: string;
  basePort: number;
  publishHost: string;
  subnetPool: string;
  logLevel: string;
  dockerHost: string | undefined;
  templates: string;
  webRoot: string;
  timezone: string;
}

/** Reads the environment. Throws an Error that names each variable that is wrong. */
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
  const home = path.resolve(value.CLAW_HOME);
  return {
    home: existing(home),
    hostHome: value.CLAW_HOST_HOME ?? existing(home),
    host: value.CLAW_HOST,
    port: value.CLAW_PORT,
    engine: value.CLAW_ENGINE,
    image: value.CLAW_IMAGE,
    basePort: value.CLAW_BASE_PORT,
    publishHost: value.CLAW_PUBLISH_HOST,
    subnetPool: value.CLAW_SUBNET_POOL,
    logLevel: value.CLAW_LOG_LEVEL,
    dockerHost: value.DOCKER_HOST,
    templates: path.join(ROOT, "templates"),
    webRoot: path.join(ROOT, "packages/web/dist"),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The real path, so that labels on containers do not depend on the link one came by. */
function existing(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return realpathSync.native(folder);
  } catch (error) {
    throw new Error(`CLAW_HOME cannot be used: ${(error as Error).message}.`, { cause: error });
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
