import type { IncomingMessage } from "node:http";

/** What HTTP knows beside these, such as TRACE, is of no use here, and not all of it can be read. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** A name or address, and a port; nothing that could end the name, or a word of a header. */
const HOST = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])?(?::\d{0,5})?$/i;

/**
 * Why no browser and no client can have meant a request as it is, or null. What follows may then
 * take `host`, the name it was sent to, for one that URLs and headers can hold.
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
