import type { Ingress } from "./instance.ts";
import { parseJson5Object, withValue } from "./json5-edit.ts";
import { valueAt } from "./openclaw-config.ts";

/**
 * The users that the ingress may name to a gateway. No account of the panel can have such a name's
 * rights by itself: the ingress decides who may be which, so that a change of roles rewrites no
 * configuration.
 */
const IDENTITIES = ["owner", "administrator", "panel"] as const;
export type Identity = (typeof IDENTITIES)[number];

/** Narrows a connection to reading; the gateway takes it from trusted proxies only. */
export const READ_ONLY_HEADER = { name: "x-openclaw-scopes", value: "operator.read" } as const;

/** The name of the identity header is the secret that proves the ingress to its gateway. */
const HEADER_PREFIX = "x-claw-user-";

/** `hex`: 16 random bytes. */
export function identityHeader(hex: string): string {
  return `${HEADER_PREFIX}${hex}`;
}

/** The first OpenClaw that approves the browsers of a trusted proxy by itself. */
const SINCE = [2026, 8, 0];

/** True for an OpenClaw version whose gateway takes users from a trusted proxy. */
export function takesTrustedProxy(version: string | null): boolean {
  const parts = /^v?(\d{4})\.(\d{1,2})\.(\d+)/
    .exec(version ?? "")
    ?.slice(1, 4)
    .map(Number);
  if (!parts) return false;
  const differs = parts.findIndex((part, n) => part !== SINCE[n]);
  return differs < 0 || (parts[differs] ?? 0) > (SINCE[differs] ?? 0);
}

const SCOPES = [
  "operator.admin",
  "operator.read",
  "operator.write",
  "operator.approvals",
  "operator.pairing",
  "operator.questions",
  "operator.talk.secrets",
];

/** `gateway.auth` of a gateway that takes its users from the ingress. */
export function trustedAuth(header: string) {
  return {
    mode: "trusted-proxy",
    identityScopes: Object.fromEntries(IDENTITIES.map((identity) => [identity, SCOPES])),
    trustedProxy: {
      userHeader: header,
      // By presence only; the secret name would be quoted in refusals.
      requiredHeaders: ["x-forwarded-proto", "x-forwarded-host"],
      allowUsers: [...IDENTITIES],
      deviceAutoApprove: { enabled: true },
    },
  };
}

/** How an instance is reached: through the ingress, or by its token. */
export interface GatewayAccess {
  /** `peer`: the address from which the gateway sees the panel; `origin`: that of the instance. */
  trusted: (Pick<Ingress, "header"> & { peer: string; origin: string }) | null;
  /** For a configuration that must go back to a token. */
  newToken: () => string;
}

/**
 * `text` with the access that its instance has: data may come from a backup, or from an instance of
 * another address. Of the access by token only that of the ingress is undone; anything else was
 * chosen by the owner. Comments elsewhere stay. Throws CONFIG_INVALID.
 */
export function withAccess(text: string, { trusted, newToken }: GatewayAccess): string {
  if (trusted === null) {
    const header = valueAt(parseJson5Object(text), [...AUTH, "trustedProxy", "userHeader"]);
    if (typeof header !== "string" || !header.startsWith(HEADER_PREFIX)) return text;
    const byToken = withValue(text, AUTH, { mode: "token", token: newToken() });
    return withControl(withValue(byToken, PROXIES, []), false);
  }
  const open = withWanted(text, AUTH, trustedAuth(trusted.header));
  const trusting = withWanted(open, PROXIES, [trusted.peer]);
  return withControl(withWanted(trusting, ORIGINS, [trusted.origin]), true);
}

/**
 * `text` with the access that `former`, the configuration before the ingress, had: its token is in
 * links that people have. Everything else stays as it is now.
 */
export function withFormerAccess(text: string, former: string): string {
  const before = parseJson5Object(former);
  const byToken = withWanted(text, AUTH, valueAt(before, AUTH) ?? {});
  const untrusting = withWanted(byToken, PROXIES, valueAt(before, PROXIES) ?? []);
  const own = withWanted(untrusting, ORIGINS, valueAt(before, ORIGINS) ?? []);
  return withControl(own, valueAt(before, CONTROL) ?? false);
}

/**
 * `text` with `origin` among those from which the Control UI may connect, in the place of the same
 * instance's at another port or domain. Others were added by the owner and stay.
 */
export function withOrigin(text: string, origin: string): string {
  const present = valueAt(parseJson5Object(text), ORIGINS);
  const origins: unknown[] = Array.isArray(present) ? present : [];
  if (origins.includes(origin)) return text;
  const others = origins.filter((each) => nameIn(each) !== nameIn(origin));
  return withValue(text, ORIGINS, [...others, origin]);
}

/** The first part of the host name. */
function nameIn(origin: unknown): string | undefined {
  return /^https?:\/\/([^/.:]+)/.exec(String(origin))?.[1];
}

const AUTH = ["gateway", "auth"];
const PROXIES = ["gateway", "trustedProxies"];
const ORIGINS = ["gateway", "controlUi", "allowedOrigins"];

/** Whether the panel itself may ask the gateway, for example for devices to let in. */
const CONTROL = ["plugins", "entries", "admin-http-rpc", "enabled"];

/** `text` with the control plane on or off; off is as good as absent. Throws CONFIG_INVALID. */
export function withControl(text: string, enabled: unknown): string {
  const present = valueAt(parseJson5Object(text), CONTROL) ?? false;
  return present === enabled ? text : withValue(text, CONTROL, enabled);
}

/** `text` with `value` at `path`; unchanged if it is there already. Throws CONFIG_INVALID. */
export function withWanted(text: string, path: readonly string[], value: unknown): string {
  const present = valueAt(parseJson5Object(text), path);
  return JSON.stringify(present) === JSON.stringify(value) ? text : withValue(text, path, value);
}
