import type { IncomingMessage } from "node:http";

/** Other HTTP methods, such as TRACE, serve no purpose here, and some cannot be parsed. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** A name or address with a port; no characters that could break out of a URL or header. */
const HOST = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])?(?::\d{0,5})?$/i;

/**
 * Why no browser or client could have meant this request, or null. After this check, `host` is safe
 * to use in URLs and headers.
 */
export function improper(
  request: Pick<IncomingMessage, "method" | "url" | "rawHeaders">,
  host: string | undefined,
): string | null {
  const { method = "", url = "", rawHeaders } = request;
  if (!METHODS.has(method)) return `The panel has no method ${method}.`;
  if (!url.startsWith("/") && url !== "*") return "Ask for a path, beginning with a slash.";
  const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host");
  if (hosts.length > 1) return "Send one Host header.";
  if (!HOST.test(host ?? "")) return "The Host header is no name or address with a port.";
  return null;
}
