import json5 from "json5";
import type { TemplateDraft } from "./config-templates.ts";
import { isObject } from "./is-object.ts";
import { withoutComments } from "./json5-comments.ts";
import { parseJson5Object } from "./json5-edit.ts";
import { type Member, withoutMembers } from "./json5-remove.ts";

/** Keys whose values are secrets, as OpenClaw itself tells them. */
const SECRET =
  /token$|passw(?:or)?d|passphrase|secret|api.?key|access.?key|encrypt.?key|private.?key|serviceaccount(?:ref)?$|authorization|cookie|credential|session.?key|(?:identity|certificate|known.?hosts)data$|(?:proxy|webhook|incoming)url$/i;
/** Numbers and paths that are named alike. */
const NOT_SECRET =
  /(?:max|context|total|input|output|completion|reserve)\w*tokens?$|passwordfile$/i;
/** Objects whose members are named by their owner, and mostly hold secrets. */
const SECRET_PARENT = /^(?:env|vars|headers|secrets|tls|edgeAuth|onepassword)$/i;
/** Credentials inside an address: `https://user:word@…`, `?token=…`. */
const IN_ADDRESS = /:\/\/[^\s/"'@]+@|[?&][^=\s]*(?:token|key|secret|sign)[^=\s]*=/i;
/** Keys that mean a secret in a comment, with a value behind them. */
const IN_COMMENT = new RegExp(`(?:${SECRET.source})\\w*["']?\\s*[:=]`, "i");
/** What an instance gets of its own. */
const OWN = new Set([
  "gateway.auth",
  "gateway.trustedProxies",
  "gateway.controlUi.allowedOrigins",
  "gateway.remote",
]);
/** Shorter ones would be found everywhere. */
const TELLING_LENGTH = 6;

/**
 * The configuration of an instance as the text of a template: without secrets and without what each
 * instance gets of its own; comments that hold a secret go, too. Throws CONFIG_INVALID.
 */
export function templateOf(config: string): TemplateDraft {
  parseJson5Object(config);
  const secrets = new Set<string>();
  const { text, removed } = withoutMembers(config, (member) => {
    const isOwn = OWN.has(member.path.join("."));
    if (!isOwn && !isSecret(member)) return false;
    collect(json5.parse<unknown>(member.value), !isOwn, secrets);
    return true;
  });
  const holds = (part: string) => [...secrets].some((secret) => part.includes(secret));
  const again = withoutMembers(text, ({ value }) => isString(value) && holds(json5.parse(value)));
  const bare = withoutComments(
    again.text,
    (comment) => holds(comment) || IN_COMMENT.test(comment) || IN_ADDRESS.test(comment),
  );
  const paths = [...removed, ...again.removed].map((path) => path.join("."));
  return { text: bare.replaceAll(/(?<!\\)\{\{/g, "\\{{"), removed: [...new Set(paths)].sort() };
}

function isSecret({ path, value }: Member): boolean {
  const key = path.findLast((part) => part !== "*") ?? "";
  const isNamed = SECRET.test(key) && !NOT_SECRET.test(key);
  if (path.slice(-2).join(".") === "auth.value") return isString(value);
  // An object of that name has settings; its members are looked at one by one.
  if (isNamed) return !value.startsWith("{") || isReference(value);
  const isOwners = path.slice(0, -1).some((part) => SECRET_PARENT.test(part));
  return isString(value) && (isOwners || IN_ADDRESS.test(json5.parse(value)));
}

/** `{source: "env", provider: …, id: …}`: names a secret, and is of no use elsewhere. */
function isReference(value: string): boolean {
  const parsed = json5.parse<unknown>(value);
  return isObject(parsed) && "source" in parsed;
}

const isString = (source: string) => /^["']/.test(source);

/** Texts in `value`; of an object that is no secret itself, those of its secret members. */
function collect(value: unknown, isWhole: boolean, into: Set<string>): void {
  if (isWhole && typeof value === "string" && value.length >= TELLING_LENGTH) into.add(value);
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value))
    collect(inner, isWhole || SECRET.test(key) || key === "userHeader", into);
}
