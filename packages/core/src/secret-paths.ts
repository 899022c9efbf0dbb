/**
 * Names of keys whose texts are secrets: those that OpenClaw 2026.9.6 marks as sensitive
 * (`uiHints`), and those of channels that it does not know itself.
 */
const SECRET_NAME =
  /(?:token|password|passphrase|secret|api_?key|(?:private|encrypt|signing|session|access)_?key|credentials?|(?:incoming|webhook|proxy)Url|serviceAccount|(?:certificate|identity|knownHosts)Data|secretFile|apiKeyEnv)$/i;

/** Objects whose names are the user's own, and whose texts are secrets more often than not. */
const SECRET_PARENTS = new Set(["env", "vars", "headers", "edgeAuth"]);

/** By the last two names. */
const SECRET_PAIRS = new Set(["tls.ca", "tls.cert", "tls.key", "auth.value"]);

const SECRET_PREFIXES = ["plugins.entries.onepassword.config."];

/** Whether a text at `path` of openclaw.json is hidden until somebody wants to see it. */
export function isSecretPath(path: readonly string[]): boolean {
  const [parent = "", name = ""] = path.slice(-2);
  if (path.length < 2) return path.length === 1 && SECRET_NAME.test(path[0] ?? "");
  return (
    SECRET_NAME.test(name) ||
    SECRET_PARENTS.has(parent) ||
    SECRET_PAIRS.has(`${parent}.${name}`) ||
    SECRET_PREFIXES.some((prefix) => path.join(".").startsWith(prefix))
  );
}
