import type { IncomingHttpHeaders } from "node:http";

const READING = new Set(["GET", "HEAD"]);

/**
 * True for a request that a page of another origin may have made with this user's cookie. Cookie
 * attributes do not prevent that: another port or another name of the same site is the same site.
 */
export function isForged(
  { method = "", headers }: { method?: string | undefined; headers: IncomingHttpHeaders },
  own: string,
): boolean {
  const { origin } = headers;
  if (origin !== undefined) return origin !== own;
  const isReading = READING.has(method);
  const site = headers["sec-fetch-site"];
  // Without either header, only an old browser or a program that reads.
  if (site === undefined || site === "none") return !isReading;
  if (site === "same-origin") return false;
  // Following a link is harmless: the page that has it cannot read the new tab.
  const isLink =
    headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return method !== "GET" || !isLink;
}
