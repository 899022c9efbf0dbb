import type { IncomingMessage, ServerResponse } from "node:http";
import type { InstanceSpec } from "@claw/core/instance";
import type { AppContext, Uses } from "../../context.ts";
import { beginInstanceSession } from "../../services/opening/admit-to-instance.ts";
import { ANSWERS, answer } from "./answers.ts";
import { sessionCookies } from "./session-cookie.ts";

/** Generous for a ticket and a path. */
const MAX_FORM_BYTES = 4 * 1024;
export const FORM_WITHIN_MS = 10_000;

/**
 * Takes a ticket from the panel's page, which submits it as a form, so that it is in no address. A
 * page follows instead of a redirect: its reload then is a request of this origin, with the cookie.
 */
export async function enter(
  ctx: AppContext,
  spec: InstanceSpec,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const form = request.method === "POST" ? await readForm(ctx, request) : null;
  const ticket = form?.get("ticket");
  const from = request.headers.origin;
  const sealed = ticket ? await beginInstanceSession(ctx, spec, { ticket, from }) : null;
  if (sealed === null) return answer(response, ANSWERS.ticket);
  const to = ownPath(form?.get("to") ?? "");
  const body = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${to}"><title>ClawMultiDeploy</title>\n`;
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "set-cookie": sessionCookies(spec.label, sealed, { isLocal: isLocalSite(ctx) }),
  });
  response.end(body);
}

/** Whether instances are at names of this machine, without TLS. */
export function isLocalSite({ runtime }: Uses<"addresses">): boolean {
  return runtime.addresses.site()?.scheme === "http";
}

/** A path of this origin, safe in the page; anything else is its front page. */
function ownPath(path: string): string {
  return /^\/(?!\/|\.claw\/)[\w\-./~%?&=+:@!$*,]*$/.test(path)
    ? path.replaceAll("&", "&amp;")
    : "/";
}

/** Null for anything but a small form that arrives in time. */
async function readForm(
  { host }: Pick<AppContext, "host">,
  request: IncomingMessage,
): Promise<URLSearchParams | null> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? ""))
    return null;
  const read = new AbortController();
  void host.sleep(FORM_WITHIN_MS, read.signal).then(() => {
    if (!read.signal.aborted) request.destroy();
  });
  try {
    let text = "";
    for await (const chunk of request.setEncoding("latin1")) {
      text += chunk;
      if (text.length > MAX_FORM_BYTES) return null;
    }
    return new URLSearchParams(text);
  } catch {
    // The sender has gone, or was too slow; there is nobody to tell.
    return null;
  } finally {
    read.abort();
  }
}
