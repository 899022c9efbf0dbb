import { valueAt } from "./openclaw-config.ts";

/** When a saved configuration takes effect: at once, after the gateway restarted itself, or later. */
export type ConfigEffect = "hot" | "restart" | "next-start";

/**
 * Paths that the gateway applies while it runs, from OpenClaw 2026.9.6,
 * docs/gateway/configuration/hot-reload.md. A path that matches none needs a restart.
 */
const HOT_PREFIXES = [
  "channels", "web", "agents", "models", "auth.order", "auth.profiles", "broadcast",
  "worktreeRoot", "worktreeAcceleration", "hooks", "cron", "session", "messages", "tools",
  "skills", "mcp", "audio", "talk", "tts", "memory.citations", "attachments.ttlHours", "plugins",
  "ui", "logging", "identity", "bindings", "surfaces", "approvals.exec", "approvals.plugin",
  "security.installPolicy", "security.audit.suppressions", "diagnostics", "acp", "commands",
  "accessGroups", "update", "telemetry", "gateway.publicOrigin", "gateway.http.endpoints",
  "gateway.http.securityHeaders.strictTransportSecurity", "gateway.tools",
  "gateway.nodes", "gateway.cliAgents", "gateway.controlUi.allowedOrigins", "gateway.push.apns.relay", "gateway.terminal",
  "desktop.host", "cloudWorkers", "gateway.auth.token", "gateway.auth.password", "gateway.roles",
  "gateway.trustedProxies", "gateway.allowRealIpFallback", "gateway.auth.allowTailscale",
  "gateway.auth.identityScopes", "gateway.auth.trustedProxy", "gateway.auth.rateLimit",
  "transcripts.enabled", "transcripts.autoStart", "discovery.mdns.mode", "browser.profiles",
  "browser.defaultProfile", "browser.headless", "browser.executablePath", "browser.attachOnly",
  "browser.cdpUrl", "browser.noSandbox", "browser.extraArgs", "browser.snapshotDefaults",
  "browser.tabCleanup", "browser.allowSystemProfileImport", "browser.enabled",
  "browser.evaluateEnabled", "browser.ssrfPolicy", "browser.extensionRelay.allowLegacyAuth",
];

/** Exceptions inside the prefixes above. */
const RESTART_PREFIXES = ["mcp.apps"];

/** What saving `after` over `before` does to an instance. */
export function configEffect(before: unknown, after: unknown, running: boolean): ConfigEffect {
  if (!running) return "next-start";
  const manual = valueAt(after, ["gateway", "reload", "mode"]) === "off";
  const paths = changedPaths(before, after);
  if (paths.length === 0) return "hot";
  return !manual && paths.every(isHot) ? "hot" : "restart";
}

function isHot(path: string): boolean {
  const within = (prefix: string) => path === prefix || path.startsWith(`${prefix}.`);
  return HOT_PREFIXES.some(within) && !RESTART_PREFIXES.some(within);
}

/** Dotted paths of the leaves in which two configurations differ; arrays count as leaves. */
export function changedPaths(before: unknown, after: unknown, path = ""): string[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      changedPaths(own(before, key), own(after, key), path === "" ? key : `${path}.${key}`),
    );
  }
  if (isObject(before) && after === undefined) return changedPaths(before, {}, path);
  if (isObject(after) && before === undefined) return changedPaths({}, after, path);
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

const own = (object: Record<string, unknown>, key: string) =>
  Object.hasOwn(object, key) ? object[key] : undefined;

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
