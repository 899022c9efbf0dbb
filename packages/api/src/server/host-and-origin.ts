import { isIP } from "node:net";
import { unbracketed } from "@claw/core/naming";

/** Headers of a request, or of a WebSocket's upgrade, as Node gives them. */
export interface RequestHeaders {
  host?: string | undefined;
  origin?: string | undefined;
  "sec-fetch-site"?: string | string[] | undefined;
  "sec-fetch-mode"?: string | string[] | undefined;
  "sec-fetch-dest"?: string | string[] | undefined;
}

/** The names under which the panel answers, and the scheme. */
export interface PanelSite {
  /** In addition to the loopback names; lower case. */
  publicNames: readonly string[];
  tls: boolean;
  /** The browser's scheme according to a trusted proxy; null or omitted: unknown. */
  scheme?: "http" | "https" | null;
}

/** Reason for a refusal, with the value received and the values accepted. */
export type Foreign =
  | { kind: "name"; said: string; expected: string }
  | { kind: "page"; said: string; expected: string };

/**
 * The reason to refuse a request, or null. A foreign page could reach the panel through the user's
 * browser: by a foreign name that resolves to this machine (DNS rebinding), or by a cross-site
 * request, even from a page of an instance, which shares the host but not the port. So the name
 * must be one of the panel's, and the page must be the panel's own. Following a link to the panel
 * is harmless: it opens in its own tab, which the linking page cannot read. (A submitted form has
 * an origin.)
 *
 * The name is checked first, so that this server can later serve other names.
 */
export function refusal(headers: RequestHeaders, site?: PanelSite): string | null {
  const why = whyForeign(headers, site);
  return why && refusalText(why);
}

const NO_NAMES: PanelSite = { publicNames: [], tls: false };

/** Like `refusal`, for callers that word the message themselves. */
export function whyForeign(headers: RequestHeaders, site = NO_NAMES): Foreign | null {
  const host = hostName(headers.host);
  if (host === null || !(isLoopbackName(host) || site.publicNames.includes(unbracketed(host)))) {
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

/** States the mismatch, both values, and the setting that helps. */
export function refusalText({ kind, said, expected }: Foreign): string {
  if (kind === "name")
    return `This panel answers only under a loopback name such as localhost, and under those in CLAW_PUBLIC_NAMES. It was asked as "${said}", and answers as ${expected}. Open it by the address that it printed when it started, or add the name to CLAW_PUBLIC_NAMES.`;
  return `This request comes from a page that does not belong to the panel. The browser says that its page is at "${said}", but the request reached the panel as ${expected}. If a proxy stands between, have it pass the browser's address on, as nginx does by "proxy_set_header Host $http_host;"; or name the proxy in CLAW_TRUSTED_PROXIES and have it send X-Forwarded-Host and X-Forwarded-Proto.`;
}

function originOfHost(host: string | undefined, site: PanelSite): string {
  return `${site.tls ? "https" : (site.scheme ?? "http")}://${host}`;
}

/** Without the panel's own TLS, a proxy may add TLS without declaring it. */
function isOwnOrigin(origin: string, host: string | undefined, site: PanelSite): boolean {
  const known = site.tls ? "https" : site.scheme;
  const scheme = known ? new RegExp(`^${known}://`) : /^https?:\/\//;
  return scheme.test(origin) && origin.replace(scheme, "") === host?.toLowerCase();
}

function hostName(host: string | undefined): string | null {
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname;
}

function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || (isIP(name) === 4 && name.startsWith("127."));
}
