import json5 from "json5";
import { z } from "zod";
import { trustedAuth } from "./gateway-access.ts";
import { isObject } from "./is-object.ts";
import { parseJson5Object, withItems, withValue } from "./json5-edit.ts";
import { withoutValue } from "./json5-remove.ts";
import { GATEWAY_PORT } from "./naming.ts";
import { valueAt } from "./openclaw-config.ts";

/** In the mounted folder of logs. */
const LOG_FILE = "/var/log/openclaw/openclaw.log";

/** Why a key is the panel's. */
const ManagedFor = z.enum(["network", "access", "log"]);
export type ManagedFor = z.infer<typeof ManagedFor>;

/**
 * A key of openclaw.json that the panel sets: with another value nobody reaches the instance, or
 * its log lies elsewhere.
 */
export const ManagedKey = z.object({
  path: z.array(z.string()),
  /**
   * What must stand there: `value`, of an object at least its members; a list with at least the items
   * of `value`; or nothing.
   */
  rule: z.enum(["is", "has", "absent"]),
  value: z.unknown().optional(),
  /** Without the key, the instance is as bad as with another value. */
  isRequired: z.boolean(),
  why: ManagedFor,
});
export type ManagedKey = z.output<typeof ManagedKey>;

/** How an instance is reached, as far as its configuration says it. */
interface ManagedAccess {
  /** Through the ingress; null: by its token, which is its owner's. */
  trusted: { header: string; peer: string } | null;
  /** From where the Control UI connects. */
  origins: readonly string[];
}

/** The keys of one instance. `access`: null while the panel does not know it. */
export function managedKeys(access: ManagedAccess | null): ManagedKey[] {
  const network = { why: "network", isRequired: false } as const;
  const keys: ManagedKey[] = [
    { ...network, ...is("gateway.mode", "local"), isRequired: true },
    // Missing, the command line of the container says it.
    { ...network, ...is("gateway.bind", "lan") },
    { ...network, ...is("gateway.port", GATEWAY_PORT) },
    { why: "log", isRequired: false, ...is("logging.file", LOG_FILE) },
  ];
  if (access === null) return keys;
  const { trusted, origins } = access;
  const own = { why: "access", isRequired: trusted !== null } as const;
  keys.push({ ...own, ...has("gateway.controlUi.allowedOrigins", origins) });
  if (!trusted) return keys;
  return [
    ...keys,
    { ...own, ...is("gateway.auth", trustedAuth(trusted.header)) },
    // The gateway does not start with both.
    { ...own, path: ["gateway", "auth", "token"], rule: "absent", isRequired: false },
    { ...own, ...has("gateway.trustedProxies", [trusted.peer]) },
    { ...own, ...is("plugins.entries.admin-http-rpc.enabled", true) },
  ];
}

const is = (path: string, value: unknown) =>
  ({ path: path.split("."), rule: "is", value }) as const;
const has = (path: string, value: readonly string[]) =>
  ({ path: path.split("."), rule: "has", value }) as const;

/** What is no object, with the way to it. */
function leavesOf(value: unknown, path: string[] = []): [string[], unknown][] {
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

function wrongLeaves(present: unknown, value: unknown): [string[], unknown][] {
  return leavesOf(value).filter(
    ([path, leaf]) => json5.stringify(valueAt(present, path)) !== json5.stringify(leaf),
  );
}

/** Those of `keys` whose value in `text` is not the panel's. Throws CONFIG_INVALID. */
export function wrongKeys(text: string, keys: readonly ManagedKey[]): ManagedKey[] {
  const config = parseJson5Object(text);
  return keys.filter((key) => !isRight(key, valueAt(config, key.path)));
}

function isRight({ rule, value, isRequired }: ManagedKey, present: unknown): boolean {
  if (rule === "absent" || present === undefined) return present === undefined && !isRequired;
  if (rule === "is") return wrongLeaves(present, value).length === 0;
  return Array.isArray(present) && missingFrom(present, value).length === 0;
}

function missingFrom(present: readonly unknown[], value: unknown): unknown[] {
  return Array.isArray(value) ? value.filter((item) => !present.includes(item)) : [];
}

/**
 * `text` with the panel's values at `keys`. Comments, and what else there is, stay byte for byte;
 * so do other items of a list. Throws CONFIG_INVALID.
 */
export function putRight(text: string, keys: readonly ManagedKey[]): string {
  return wrongKeys(text, keys).reduce(corrected, text);
}

function corrected(text: string, { path, rule, value }: ManagedKey): string {
  if (rule === "absent") return withoutValue(text, path);
  const present = valueAt(parseJson5Object(text), path);
  if (rule === "has" && Array.isArray(present))
    return withItems(text, path, missingFrom(present, value));
  if (!isObject(present)) return withValue(text, path, value);
  return wrongLeaves(present, value).reduce(
    (mended, [inner, leaf]) => withValue(mended, [...path, ...inner], leaf),
    text,
  );
}
