import json5 from "json5";
import type { TemplateDraft } from "./config-templates.ts";
import { isObject } from "./is-object.ts";
import { withoutComments } from "./json5-comments.ts";
import { parseJson5Object } from "./json5-edit.ts";
import { type Member, withoutMembers } from "./json5-remove.ts";
import {
  isSecretName,
  isSecretText,
  lastName,
  SECRET_PARENT,
  secretOfArgument,
} from "./secret-paths.ts";
import { secretsOfComment } from "./secret-spans.ts";

/** A number of that name counts. */
const COUNT = /tokens?$/i;
/** A template has no texts of these at all, beside those of SECRET_PARENT. */
const FOREIGN_PARENT = /^(?:tls|onepassword)$/i;
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
    collect(secretIn(member), !isOwn, secrets);
    return true;
  });
  const holds = (part: string) => [...secrets].some((secret) => part.includes(secret));
  const again = withoutMembers(text, ({ value }) => isString(value) && holds(json5.parse(value)));
  const bare = withoutComments(
    again.text,
    (comment) =>
      holds(comment) || secretsOfComment(comment, { from: 0, to: comment.length }).length > 0,
  );
  const paths = [...removed, ...again.removed].map((path) => path.join("."));
  return { text: bare.replaceAll(/(?<!\\)\{\{/g, "\\{{"), removed: [...new Set(paths)].sort() };
}

function isSecret({ path, value, before }: Member): boolean {
  const name = lastName(path);
  if (isSecretName(name) && isNamed(name, value)) return true;
  if (!isString(value)) return false;
  const isForeign = path
    .slice(0, -1)
    .some((part) => SECRET_PARENT.test(part) || FOREIGN_PARENT.test(part));
  return isForeign || isSecretText({ path, text: json5.parse(value), before: textOf(before) });
}

function isNamed(name: string, value: string): boolean {
  // An object of that name has settings; its members are looked at one by one.
  if (value.startsWith("{")) return isReference(value);
  return !(COUNT.test(name) && /^[+\-.\d]/.test(value));
}

/** The value; of an argument, the part that is the secret, which may stand elsewhere alone. */
function secretIn({ path, value, before }: Member): unknown {
  const parsed = json5.parse<unknown>(value);
  const isItem = path.at(-1) === "*" && typeof parsed === "string";
  return (isItem && secretOfArgument(parsed, textOf(before))) || parsed;
}

/** The text of a source; undefined for anything else. */
const textOf = (source: string | undefined) =>
  source !== undefined && isString(source) ? json5.parse<string>(source) : undefined;

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
    collect(inner, isWhole || isSecretName(key) || key === "userHeader", into);
}
