/**
 * The prefix makes browsers refuse the cookie from scripts, from other names and without Secure;
 * the label tells the cookies of instances apart where they share a host.
 */
function cookieName(label: string): string {
  return `__Host-Http-i-${label}`;
}

/** Ends with the browser. */
export function sessionCookie(label: string, value: string): string {
  return `${cookieName(label)}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict`;
}

/** The value of the session cookie; null without one, or with several. */
export function readSessionCookie(header: string | undefined, label: string): string | null {
  const prefix = `${cookieName(label)}=`;
  const values = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix));
  return values.length === 1 ? (values[0] as string).slice(prefix.length) : null;
}
