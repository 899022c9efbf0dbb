import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { pageOf } from "./refusal-page.ts";

/** How long the sender may go on sending, so that it reads the answer instead of a reset. */
const LINGER_MS = 5_000;

/** Any page below the same domain can set cookies that the browser then sends here. */
const TOO_LARGE = pageOf([
  `<h1>浏览器发送的请求头太大</h1>
<p>多半是 Cookie 太多。请在浏览器里清除这个地址的 Cookie（地址栏左侧的图标 → Cookie 和网站数据），然后重新载入。还不行时，
也清除它上级域名的 Cookie。</p>`,
  `<h1>The headers of the request are too large</h1>
<p>Most likely there are too many cookies. Clear the cookies of this address in the browser (the icon beside the address,
Cookies and site data), then load the page again. If that is not enough, clear those of the domain above it too.</p>`,
]);

const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers a request that the parser refuses, of which neither the panel nor the ingress learns. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  // Ended by the first error: what else arrives is another one.
  if (!socket.writable) return;
  const status = STATUS_OF[error.code ?? ""] ?? 400;
  const [type, body] =
    status === 431 ? ["text/html", TOO_LARGE] : ["text/plain", `${STATUS_CODES[status]}\n`];
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "Cache-Control: no-store",
    "Connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  const late = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => clearTimeout(late));
}
