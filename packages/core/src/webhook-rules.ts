/** Most open paths of one instance. */
export const MOST_WEBHOOK_PATHS = 10;
const LONGEST_PATH = 200;

/**
 * One part of a path, in characters that every server reads alike: no encoding, no parameters, no
 * dot at its beginning.
 */
const PART = "[A-Za-z0-9_~@:=+-][A-Za-z0-9._~@:=+-]*";
const OPEN_PATH = new RegExp(`^(?:/${PART})+$`);
const ASKED_PATH = new RegExp(`^(?:/${PART})+/?$`);

/** What only the panel calls: the gateway's control plane, and the ingress's own paths. */
const RESERVED = ["/api/v1/admin/", "/.claw/"];

export type WebhookPathProblem = "relative" | "root" | "long" | "reserved" | "unusual";

/** Why a path must not be open to callers without a session, or null. */
export function webhookPathProblem(path: string): WebhookPathProblem | null {
  if (!path.startsWith("/")) return "relative";
  if (/^\/*$/.test(path)) return "root";
  if (path.length > LONGEST_PATH) return "long";
  if (isReserved(path)) return "reserved";
  return OPEN_PATH.test(path) ? null : "unusual";
}

/** Also true for what lies above such a path, and would open it. */
function isReserved(path: string): boolean {
  const below = `${path.toLowerCase()}/`;
  return RESERVED.some((reserved) => below.startsWith(reserved) || reserved.startsWith(below));
}

/** Each path once, without space around it or a slash at its end, in the order given. */
export function foldWebhookPaths(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.trim().replace(/(?<=[^/])\/$/, "")))];
}

/**
 * Whether one of the open paths is, or leads to, the path of a request, which comes without its
 * query. A path that two servers could read differently never is.
 */
export function isWebhookPath(open: readonly string[], asked: string): boolean {
  if (!ASKED_PATH.test(asked) || isReserved(asked)) return false;
  return open.some((path) => asked === path || asked.startsWith(`${path}/`));
}
