/** Minimum length in characters (code points). */
const PASSWORD_MIN = 10;
const PASSWORD_MAX = 256;

/**
 * Why a password is refused, as a sentence, or null. `common` holds the most common passwords in
 * lower case; one of them in another case, or with digits or signs around it, is no better.
 */
export function passwordFault(
  password: string,
  options: { username: string; common: ReadonlySet<string> },
): string | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return `The password must have at least ${PASSWORD_MIN} characters.`;
  if (length > PASSWORD_MAX) return `The password must have at most ${PASSWORD_MAX} characters.`;
  const lower = password.toLowerCase();
  const core = lower.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, "");
  if ([lower, core].includes(options.username)) return "The password must not be the user name.";
  if (options.common.has(lower) || options.common.has(core))
    return "This password is one of those that are tried first. Choose another one, for example four words that have nothing to do with each other.";
  if (new Set(lower).size < 4) return "The password must have at least four different characters.";
  return null;
}
