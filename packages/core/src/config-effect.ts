import json5 from "json5";
import { z } from "zod";
import { isObject } from "./is-object.ts";
import { valueAt } from "./openclaw-config.ts";

/**
 * When a saved configuration takes effect: immediately, after the gateway restarts itself, or
 * later.
 */
export const ConfigEffect = z.enum(["hot", "restart", "next-start"]);
export type ConfigEffect = z.infer<typeof ConfigEffect>;

/**
 * Paths that a running gateway applies: its own plan in OpenClaw 2026.9.6 (dist,
 * config-reload-plan) and, for what plugins add, docs/gateway/configuration/hot-reload.md. A path
 * without a match needs a restart.
 */
const HOT_PREFIXES = [
  ...["meta", "identity", "wizard", "logging", "agents", "bindings", "audio", "agent", "routing"],
  ...["messages", "session", "talk", "skills", "secrets", "tui", "ui", "models", "hooks", "cron"],
  ...["transcripts", "mcp", "mcp.apps.sandboxOrigin", "plugins", "channels", "web", "tools"],
  ...["commands", "accessGroups", "tts", "surfaces", "acp", "broadcast", "desktop.host"],
  ...["cloudWorkers", "worktreeRoot", "worktreeAcceleration", "approvals.exec"],
  ...["approvals.plugin", "auth.order", "auth.profiles", "memory.citations"],
  ...["security.audit.suppressions", "security.installPolicy", "attachments.ttlHours"],
  ...["diagnostics.enabled", "diagnostics.flags", "diagnostics.cacheTrace.enabled"],
  ...["update.checkOnStart", "update.channel", "update.auto.enabled"],
  ...["telemetry.enabled", "telemetry.consentedAt", "discovery.mdns.mode"],
  ...within("gateway", ["remote", "reload", "publicOrigin", "http.endpoints", "tools"]),
  ...within("gateway", ["http.securityHeaders.strictTransportSecurity", "cliAgents", "roles"]),
  ...within("gateway", ["push.apns.relay", "terminal", "trustedProxies", "allowRealIpFallback"]),
  ...within("gateway.auth", ["token", "password", "rateLimit", "allowTailscale"]),
  ...within("gateway.auth", ["identityScopes", "trustedProxy"]),
  ...within("gateway.nodes", ["browser", "pairing", "commands", "allowSkills"]),
  ...within("gateway.nodes", ["pluginTools.enabled"]),
  ...within("gateway.controlUi", ["enabled", "environment", "communityInvite", "github"]),
  ...within("gateway.controlUi", ["sessionObserver", "embedSandbox", "allowExternalEmbedUrls"]),
  ...within("gateway.controlUi", ["automaticallyFetchFavicons", "experimental.customPlugins"]),
  ...within("gateway.controlUi", ["allowedOrigins", "dangerouslyAllowHostHeaderOriginFallback"]),
  ...within("browser", ["profiles", "defaultProfile", "headless", "executablePath", "attachOnly"]),
  ...within("browser", ["cdpUrl", "noSandbox", "extraArgs", "snapshotDefaults", "tabCleanup"]),
  ...within("browser", ["allowSystemProfileImport", "enabled", "evaluateEnabled", "ssrfPolicy"]),
  ...within("browser", ["extensionRelay.allowLegacyAuth"]),
];

/** Exceptions within the prefixes above. */
const RESTART_PREFIXES = ["mcp.apps", "secrets.egressProxy"];

function within(parent: string, keys: readonly string[]): string[] {
  return keys.map((key) => `${parent}.${key}`);
}

/** The effect of saving `after` over `before`. */
export function configEffect(before: unknown, after: unknown, running: boolean): ConfigEffect {
  if (!running) return "next-start";
  const paths = changedPaths(before, after);
  if (paths.length === 0) return "hot";
  // The gateway has already read `after` when it decides whether to apply it.
  return !isManual(after) && paths.every(isHot) ? "hot" : "restart";
}

/**
 * How a running gateway with `config` takes a change at `path`; null where that differs from key to
 * key below it.
 */
export function keyEffect(path: readonly string[], config: unknown): "hot" | "restart" | null {
  if (isManual(config)) return "restart";
  const key = path.join(".");
  const isHotItself = isHot(key);
  const differ = (isHotItself ? RESTART_PREFIXES : HOT_PREFIXES).some((each) =>
    each.startsWith(`${key}.`),
  );
  return differ ? null : isHotItself ? "hot" : "restart";
}

/** False: a gateway with `config` takes what needs a restart only when somebody restarts it. */
export const restartsItself = (config: unknown): boolean => !isManual(config);

const isManual = (config: unknown) => valueAt(config, ["gateway", "reload", "mode"]) === "off";

/** The longest matching prefix decides. */
function isHot(path: string): boolean {
  const longest = (prefixes: readonly string[]) =>
    Math.max(0, ...prefixes.filter((prefix) => isUnder(path, prefix)).map(({ length }) => length));
  return longest(HOT_PREFIXES) > longest(RESTART_PREFIXES);
}

function isUnder(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}.`);
}

/** Dotted paths of the leaves that differ; arrays count as leaves. */
export function changedPaths(before: unknown, after: unknown, path = ""): string[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      changedPaths(own(before, key), own(after, key), path === "" ? key : `${path}.${key}`),
    );
  }
  if (isObject(before) && after === undefined) return changedPaths(before, {}, path);
  if (isObject(after) && before === undefined) return changedPaths({}, after, path);
  return isEqual(before, after) ? [] : [path];
}

/** JSON lacks Infinity and NaN; JSON5 has both. */
function isEqual(before: unknown, after: unknown): boolean {
  return json5.stringify(before) === json5.stringify(after);
}

const own = (object: Record<string, unknown>, key: string) =>
  Object.hasOwn(object, key) ? object[key] : undefined;
