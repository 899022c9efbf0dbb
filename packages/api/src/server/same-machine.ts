import { isIP } from "node:net";

/** Headers of a request, or of a WebSocket's upgrade, as Node gives them. */
export interface RequestHeaders {
  host?: string | undefined;
  origin?: string | undefined;
  "sec-fetch-site"?: string | string[] | undefined;
  "sec-fetch-mode"?: string | string[] | undefined;
  "sec-fetch-dest"?: string | string[] | undefined;
}

/**
 * Why a request must be refused, or null. The panel listens on loopback only; a page elsewhere
 * could still reach it through the reader's browser: by a foreign name that resolves to this
 * machine (DNS rebinding), or by a cross-site request, also from a page of an instance, which is
 * on this host but on another port. So the name must be a loopback name, and a browser's page
 * must be the panel's own. A link that somebody follows to the panel is harmless: it fills a tab
 * of its own, which the page with the link cannot read. (A form that is sent has an origin.)
 */
export function refusal(headers: RequestHeaders): string | null {
  const host = hostName(headers.host);
  if (host === null || !isLoopbackName(host))
    return "This panel answers only under a loopback name such as localhost. Open it by the address that it printed when it started.";
  const { origin } = headers;
  if (origin !== undefined && origin.replace(/^https?:\/\//, "") !== headers.host)
    return "This request comes from a page that does not belong to the panel.";
  const site = headers["sec-fetch-site"];
  const isLink =
    headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (isLink || origin !== undefined) return null;
  if (site !== undefined && site !== "same-origin" && site !== "none")
    return "This request comes from a page that does not belong to the panel.";
  return null;
}

function hostName(host: string | undefined): string | null {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname;
}

function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || (isIP(name) === 4 && name.startsWith("127."));
}
