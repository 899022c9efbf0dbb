/** A header as it is on the wire; several may have one name. */
export type Header = readonly [name: string, value: string];

/** The headers of Node's `rawHeaders`, in order. */
export function headersOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, at) => {
    const value = raw[at + 1];
    return at % 2 === 0 && value !== undefined ? [[name, value] as const] : [];
  });
}

/** As Node takes headers that must not be merged. */
export function flat(headers: readonly Header[]): string[] {
  return headers.flat();
}

/** They concern one connection only. */
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "http2-settings",
];

/** Says who is asking, to one proxy or framework or another; only the ingress may say that. */
const CLAIMS =
  /^(?:(?:x-)?forwarded|via|true-client-ip|remote-.*|x-(?:host|scheme|user|email|groups|method-override)|(?:x-)?(?:forwarded|real|client|cluster-client|original|rewrite|remote|auth|authenticated|webauth|claw|openclaw|http-method|envoy|amzn|goog|ms-client|pomerium)-.*|(?:cf|tailscale|proxy|fly|fastly)-.*|authorization|cookie2?|host|expect|service-worker.*|clear-site-data)$/;

/**
 * A browser's headers for the container: without credentials, claims and hop-by-hop headers. Names with an underscore go too: some servers read it as a hyphen.
 */
export function forContainer(headers: readonly Header[]): Header[] {
  const dropped = new Set([...HOP_BY_HOP, ...nominated(headers)]);
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !dropped.has(lower) && !lower.includes("_") && !CLAIMS.test(lower);
  });
}

/** Headers with which a container would change the state or the rules of an origin. */
const NOT_FOR_BROWSERS =
  /^(?:set-cookie2?|clear-site-data|strict-transport-security|public-key-pins.*|alt-svc|nel|report-to|reporting-endpoints|service-worker-allowed|access-control-.*|timing-allow-origin|refresh|link|speculation-rules|origin-trial|accept-ch|critical-ch|x-frame-options|cross-origin-.*|origin-agent-cluster|proxy-.*|www-authenticate|set-login|(?:sec|secure)-session-.*)$/;

/**
 * A container's headers for its browser. Adds a second policy to that of the container: a browser
 * obeys both.
 */
export function forBrowser(headers: readonly Header[], origin: string): Header[] {
  return [...harmless(headers), ...ownHeaders(origin)];
}

/**
 * A container's headers for the sender of a webhook, who expects no page: anybody can send somebody
 * a link to one, and nothing of the answer may run at the origin of the Control UI.
 */
export function forSender(headers: readonly Header[]): Header[] {
  return [
    ...harmless(headers),
    ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"],
    ["X-Content-Type-Options", "nosniff"],
    ["X-Frame-Options", "DENY"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
  ];
}

function harmless(headers: readonly Header[]): Header[] {
  const dropped = new Set([...HOP_BY_HOP, ...nominated(headers)]);
  return headers.filter(
    ([name]) => !dropped.has(name.toLowerCase()) && !NOT_FOR_BROWSERS.test(name.toLowerCase()),
  );
}

function ownHeaders(origin: string): Header[] {
  const socket = origin.replace(/^http/, "ws");
  const policy = [
    "frame-ancestors 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "object-src 'none'",
    "worker-src 'self' blob:",
    // A link could name another gateway, to which the page would give what it knows.
    `connect-src 'self' ${socket} data: blob:`,
  ];
  return [
    ["Content-Security-Policy", policy.join("; ")],
    ["X-Frame-Options", "SAMEORIGIN"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["Origin-Agent-Cluster", "?1"],
  ];
}

/** Of a switch to WebSocket only what the handshake needs. */
export function ofHandshake(headers: readonly Header[]): Header[] {
  return headers.filter(([name]) => /^(?:upgrade|connection|sec-websocket-.*)$/i.test(name));
}

/** The headers that Connection declares to be hop-by-hop. */
function nominated(headers: readonly Header[]): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.toLowerCase().split(","))
    .map((name) => name.trim());
}
