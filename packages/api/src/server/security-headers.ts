const YEAR_SECONDS = 31_536_000;

/**
 * Headers of every response. Forbids inline scripts and styles, and connections beyond the panel.
 * `host` is already validated. `asks`: other origins of the panel, where it tests how it is reached.
 * `submitsTo`: the origin to which this page alone submits a form; it learns the panel's origin, and
 * nothing more.
 */
export function securityHeaders(options: {
  host: string | undefined;
  asks: readonly string[];
  /** Browsers may remember it for a year. */
  isHttpsForGood: boolean;
  submitsTo?: string | null;
}) {
  const { host, asks, isHttpsForGood, submitsTo = null } = options;
  const sockets = host === undefined ? [] : [`ws://${host}`, `wss://${host}`];
  const asked = asks.flatMap((origin) => [origin, origin.replace(/^http/, "ws")]);
  return {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      ["connect-src 'self'", ...sockets, ...asked].join(" "),
      "manifest-src 'self'",
      "base-uri 'none'",
      `form-action ${submitsTo ?? "'none'"}`,
      "frame-ancestors 'none'",
    ].join("; "),
    "referrer-policy": submitsTo === null ? "no-referrer" : "strict-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(isHttpsForGood && { "strict-transport-security": `max-age=${YEAR_SECONDS}` }),
  };
}
