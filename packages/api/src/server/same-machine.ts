import { isIP } from "node:net";

/** Headers of a request, or of a WebSocket's upgrade, as Node gives them. */
export interface RequestHeaders {
  host?: string | undefined;
  origin?: string | undefined;
  "sec-fetch-site"?: string | string[] | undefined;
  "sec-fetch-mode"?: string | string[] | undefined;
  "sec-fetch-dest"?: string | string[] | undefined;
}

/** Under which names the panel answers, and how. */
export interface PanelSite {
  /** Beside those of loopback; in lower case. */
  publicNames: readonly string[];
  tls: unknown;
}

/**
 * Why a request must be refused, or null. A page elsewhere could reach the panel through the
 * reader's browser: by a foreign name that resolves to this machine (DNS rebinding), or by a
 * cross-site request, also from a page of an instance, which is on this host but on another port.
 * So the name must be one of the panel's, and a browser's page must be the panel's own. A link
 * that somebody follows to the panel is harmless: it fills a tab of its own, which the page with
 * the link cannot read. (A form that is sent has an origin.)
 *
 * The name comes before everything else: what else this server may answer for one day, under
 * another name, is told apart here.
 */
export function refusal(
  headers: RequestHeaders,
  site: PanelSite = { publicNames: [], tls: null },
): string | null {
  const host = hostName(headers.host);
  if (host === null || !(isLoopbackName(host) || site.publicNames.includes(bare(host))))
    return "This panel answers only under a loopback name such as localhost, and under those in CLAW_PUBLIC_NAMES. Open it by the address that it printed when it started.";
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, headers.host, site))
    return "This request comes from a page that does not belong to the panel.";
  const from = headers["sec-fetch-site"];
  const isLink =
    headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (isLink || origin !== undefined) return null;
  if (from !== undefined && from !== "same-origin" && from !== "none")
    return "This request comes from a page that does not belong to the panel.";
  return null;
}

/** Without TLS of the panel's own, a proxy before it may add it. */
function isOwnOrigin(origin: string, host: string | undefined, site: PanelSite): boolean {
  const scheme = site.tls ? /^https:\/\// : /^https?:\/\//;
  return scheme.test(origin) && origin.replace(scheme, "") === host?.toLowerCase();
}

function bare(name: string): string {
  return name.replace(/^\[|\]$/g, "");
}

function hostName(host: string | undefined): string | null {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname;
}

function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || (isIP(name) === 4 && name.startsWith("127."));
}
