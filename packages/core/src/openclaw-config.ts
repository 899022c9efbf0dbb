import json5 from "json5";
import { DomainError } from "./errors.ts";
import { allowedOrigins } from "./instance-address.ts";
import { applyEdits, findArray, parseJson5Object, withItems } from "./json5-edit.ts";
import { renderTemplate } from "./template.ts";

const ORIGINS = ["gateway", "controlUi", "allowedOrigins"];

export const CONFIG_TEMPLATE = "openclaw.template.json5";

/** Maximum UTF-16 units of a configuration; the largest real ones are under 100 k. */
export const CONFIG_MAX_LENGTH = 1024 * 1024;

/** The initial configuration of a new instance. */
export function renderConfig(
  template: string,
  values: {
    token: string;
    port: number;
    publishHost?: string;
    /** `auth`: `gateway.auth` for the ingress; null or omitted: access by the token. */
    trusted?: { peer: string; origin: string; auth: object } | null;
  },
): string {
  const { trusted = null } = values;
  const text = renderTemplate(CONFIG_TEMPLATE, template, {
    token: values.token,
    trusted,
    origins: trusted ? [trusted.origin] : allowedOrigins(values.port, values.publishHost),
  });
  try {
    parseJson5Object(text);
  } catch (error) {
    throw new DomainError(
      "TEMPLATE_INVALID",
      `The template ${CONFIG_TEMPLATE} does not render to valid JSON5. Correct it, or restore the one that the panel ships.`,
      { cause: error },
    );
  }
  return text;
}

/** Throws CONFIG_TOO_LARGE, or CONFIG_INVALID with the place. */
export function checkConfig(text: string): Record<string, unknown> {
  if (text.length > CONFIG_MAX_LENGTH)
    throw new DomainError(
      "CONFIG_TOO_LARGE",
      `The configuration has ${text.length} characters; at most ${CONFIG_MAX_LENGTH} are accepted. Nothing was changed.`,
    );
  return parseJson5Object(text);
}

/** The gateway's own pattern for a variable in a text (OpenClaw 2026.9.6, config-secrets-env). */
export const HAS_VARIABLE = /\$\{[A-Z_][A-Z0-9_]*\}/;

/**
 * The gateway's token. Throws CONFIG_INVALID, or TOKEN_MISSING when the configuration has none in
 * plain text: only the gateway can resolve a reference.
 */
export function readToken(text: string): string {
  const token = valueAt(parseJson5Object(text), ["gateway", "auth", "token"]);
  if (typeof token === "string" && token !== "" && !HAS_VARIABLE.test(token)) return token;
  throw new DomainError(
    "TOKEN_MISSING",
    "The configuration has no gateway.auth.token in plain text, so no link can be made. Add one on the configuration page and restart the instance.",
  );
}

/**
 * `text` with the allowed origins of host port `from` replaced by those of `to`, and missing ones
 * added. Comments and everything else stay. A configuration without
 * `gateway.controlUi.allowedOrigins` is returned unchanged: its owner chose another way. Throws
 * CONFIG_INVALID.
 */
export function retargetOrigins(
  text: string,
  from: number | null,
  to: number,
  publishHost?: string,
): string {
  parseJson5Object(text);
  const array = findArray(text, ORIGINS);
  if (!array) return text;
  const wanted = allowedOrigins(to, publishHost);
  const obsolete: unknown[] = from === null || from === to ? [] : allowedOrigins(from, publishHost);
  const present = new Set<unknown>();
  const edits = [];
  for (const item of array.items) {
    const value = json5.parse<unknown>(text.slice(item.from, item.to));
    const replacement = wanted[obsolete.indexOf(value)];
    if (replacement !== undefined) edits.push({ ...item, insert: JSON.stringify(replacement) });
    present.add(replacement ?? value);
  }
  const missing = wanted.filter((origin) => !present.has(origin));
  return withItems(applyEdits(text, edits), ORIGINS, missing);
}

export function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}
