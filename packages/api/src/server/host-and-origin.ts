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
  /** What a trusted proxy says that the browser spoke; null or left out: nobody knows. */
  scheme?: "http" | "https" | null;
}

/** Why a request is refused, with what it said and what would have been right. */
export type Foreign =
  | { kind: "name"; said: string; expected: string }
  | { kind: "page"; said: string; expected: string };

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
export function refusal(headers: RequestHeaders, site?: PanelSite): string | null {
  const why = whyForeign(headers, site);
  return why && refusalText(why);
}

const NO_NAMES: PanelSite = { publicNames: [], tls: null };

/** As `refusal`, for whoever words it. */
export function whyForeign(headers: RequestHeaders, site = NO_NAMES): Foreign | null {
  const host = hostName(headers.host);
  if (host === null || !(isLoopbackName(host) || site.publicNames.includes(bare(host)))) {
    const names = ["localhost", "127.0.0.1", ...site.publicNames];
    return { kind: "name", said: headers.host ?? "", expected: names.join(", ") };
  }
  const { origin } = headers;
  const expected = originOfHost(headers.host, site);
  if (origin !== undefined && !isOwnOrigin(origin, headers.host, site))
    return { kind: "page", said: origin, expected };
  const from = headers["sec-fetch-site"];
  const isLink =
    headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (isLink || origin !== undefined) return null;
  if (from !== undefined && from !== "same-origin" && from !== "none")
    return { kind: "page", said: `Sec-Fetch-Site: ${from}`, expected };
  return null;
}

/** What happened, with both values, and the setting that helps. */
export function refusalText({ kind, said, expected }: Foreign): string {
  if (kind === "name")
    return `This panel answers only under a loopback name such as localhost, and under those in CLAW_PUBLIC_NAMES. It was asked as "${said}", and answers as ${expected}. Open it by the address that it printed when it started, or add the name to CLAW_PUBLIC_NAMES.`;
  return `This request comes from a page that does not belong to the panel. The browser says that its page is at "${said}", but the request reached the panel as ${expected}. If a proxy stands between, have it pass the browser's address on, as nginx does by "proxy_set_header Host $http_host;"; or name the proxy in CLAW_TRUSTED_PROXIES and have it send X-Forwarded-Host and X-Forwarded-Proto.`;
}

function originOfHost(host: string | undefined, site: PanelSite): string {
  return `${site.tls ? "https" : (site.scheme ?? "http")}://${host}`;
}

/** Without TLS of the panel's own a proxy before it may add it, and may not say so. */
function isOwnOrigin(origin: string, host: string | undefined, site: PanelSite): boolean {
  const known = site.tls ? "https" : site.scheme;
  const scheme = known ? new RegExp(`^${known}://`) : /^https?:\/\//;
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
