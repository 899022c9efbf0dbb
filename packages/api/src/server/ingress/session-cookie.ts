/**
 * The prefix makes browsers refuse the cookie from scripts, from other names and without Secure;
 * the label tells the cookies of instances apart where they share a host.
 */
function cookieName(label: string): string {
  return `__Host-Http-i-${label}`;
}

/** For browsers that keep no secure cookie of a name below `localhost`, as Safari. */
function plainName(label: string): string {
  return `i-${label}`;
}

const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Strict";

/**
 * They end with the browser. `isLocal`: the instance is at a name below `localhost`, without TLS;
 * elsewhere no cookie goes without it.
 */
export function sessionCookies(
  label: string,
  value: string,
  { isLocal }: { isLocal: boolean },
): string[] {
  const secure = `${cookieName(label)}=${value}; ${ATTRIBUTES}; Secure`;
  return isLocal ? [secure, `${plainName(label)}=${value}; ${ATTRIBUTES}`] : [secure];
}

/** The value of the session cookie; null without one, or with several of a name. */
export function readSessionCookie(
  header: string | undefined,
  label: string,
  { isLocal }: { isLocal: boolean },
): string | null {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  const valuesOf = (name: string) =>
    pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
  const secure = valuesOf(cookieName(label));
  const values = secure.length > 0 || !isLocal ? secure : valuesOf(plainName(label));
  return values.length === 1 ? (values[0] ?? null) : null;
}
