/**
 * Names of keys whose texts are secrets: those that OpenClaw 2026.9.6 marks as sensitive
 * (`uiHints`), and those of channels and servers that it does not know itself.
 */
const SECRET_NAME =
  /tokens?$|passw(?:or)?d|passphrase|secret|api.?key|(?:access|encrypt|private|signing|session).?key|serviceaccount(?:ref)?$|authorization|cookie|credential|(?:identity|certificate|known.?hosts)data$|(?:proxy|webhook|incoming)url$/i;
/** Numbers and paths that are named alike. */
const COUNT = /(?:max|context|total|input|output|completion|reserve)[\w-]{0,40}tokens$/i;
const PASSWORD_FILE = /passwordfile$/i;

/** Objects whose members are named by their owner, and mostly hold secrets. */
export const SECRET_PARENT = /^(?:env|vars|headers|secrets|edgeAuth)$/i;

/** By the last two names. */
const SECRET_PAIRS = new Set(["tls.ca", "tls.cert", "tls.key", "auth.value"]);

const SECRET_PREFIX = "plugins.entries.onepassword.config.";

/** An item of a list, in a path. */
const ITEM = /^(?:\*|\d+)$/;

/** Whether a key of this name, or an argument, means a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !COUNT.test(name) && !PASSWORD_FILE.test(name);
}

/** The last name of a path; that of the list for an item. */
export function lastName(path: readonly string[]): string {
  return path.findLast((part) => !ITEM.test(part)) ?? "";
}

/** Whether a text at `path` of openclaw.json is hidden until somebody wants to see it. */
export function isSecretPath(path: readonly string[]): boolean {
  const names = path.filter((part) => !ITEM.test(part));
  return (
    isSecretName(names.at(-1) ?? "") ||
    // A name of digits looks like an item.
    [path.at(-2), names.at(-2)].some((parent) => SECRET_PARENT.test(parent ?? "")) ||
    SECRET_PAIRS.has(names.slice(-2).join(".")) ||
    path.join(".").startsWith(SECRET_PREFIX)
  );
}

/** A text of openclaw.json. */
export interface TextAt {
  path: readonly string[];
  text: string;
  /** The text of the item before it in a list. */
  before: string | undefined;
}

/** Whether a text is a secret: by its path, as an argument of a program, or inside an address. */
export function isSecretText({ path, text, before }: TextAt): boolean {
  const isItem = ITEM.test(path.at(-1) ?? "");
  return (
    isSecretPath(path) ||
    (isItem && secretOfArgument(text, before) !== undefined) ||
    holdsCredentials(text)
  );
}

const ARGUMENT = /^--?([\w-]+)$/;
const JOINED = /^-{0,2}([\w-]+)\s*[=:]\s*(\S.*)$/s;

/**
 * The secret in an item of a list: the item behind `--api-key`, or what follows in `--api-key=…`,
 * `API_KEY=…` and `Authorization: …`.
 */
export function secretOfArgument(text: string, before: string | undefined): string | undefined {
  const name = ARGUMENT.exec(before ?? "")?.[1];
  if (name !== undefined && isSecretName(name) && !text.startsWith("--")) return text;
  const [, joined = "", value] = JOINED.exec(text) ?? [];
  return isSecretName(joined) ? value : undefined;
}

/** Whether an address in `text` has credentials: `https://user:word@…`, `?token=…`. */
export function holdsCredentials(text: string): boolean {
  return (
    /:\/\/[^\s/"'@]+@/.test(text) ||
    [...text.matchAll(/[?&]([^=\s?&]*)=/g)].some(([, name = ""]) =>
      /token|key|secret|sign|passw/i.test(name),
    )
  );
}
