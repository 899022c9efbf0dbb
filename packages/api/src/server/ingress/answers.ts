import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { code, pageOf } from "../refusal-page.ts";

/** The ingress's own pages: no script, no frame, nothing kept. */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

interface Answer {
  status: number;
  /** Chinese and English. */
  texts: readonly [zh: string, en: string];
  headers?: Record<string, string>;
}

/** Answers itself, and reads no more of the request. */
export function answer(response: ServerResponse, { status, texts, headers }: Answer): void {
  const body = pageOf(texts);
  response.writeHead(status, {
    ...HEADERS,
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    // Otherwise Node reads the rest of the body to its end.
    ...(response.req.complete ? {} : { connection: "close" }),
    ...headers,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

const text = (title: string, hint: string) => `<h1>${title}</h1>\n<p>${hint}</p>`;

export const ANSWERS = {
  /** Also for another instance's name: this server answers for nobody else. */
  unknown: {
    status: 421,
    texts: [
      text("没有这个地址", "请从面板打开实例。"),
      text("No instance has this address", "Open the instance from the panel."),
    ],
  },
  forged: {
    status: 403,
    texts: [
      text("请求被拒绝", "它来自别的页面，而不是这个实例自己的页面。"),
      text("The request was refused", "It comes from another page than this instance's own."),
    ],
  },
  /** Instances with a certificate are not for plain HTTP, which others could read and change. */
  unencrypted: {
    status: 403,
    texts: [
      text("这个地址只支持 HTTPS", "请从面板打开实例。"),
      text("This address needs HTTPS", "Open the instance from the panel."),
    ],
  },
  /** Without a redirect: where another machine ends TLS before the proxy, it would lead here again. */
  plainByProxy: {
    status: 403,
    texts: [
      text(
        "代理说浏览器用的是 HTTP",
        "请用 https 地址打开。如果地址栏里已经是 https，请让代理把 <code>X-Forwarded-Proto</code> 设为浏览器使用的协议。",
      ),
      text(
        "The proxy says that the browser uses HTTP",
        "Open the https address. If the address bar shows https already, have the proxy set <code>X-Forwarded-Proto</code> to the browser's scheme.",
      ),
    ],
  },
  unauthenticated: {
    status: 401,
    texts: [
      text("尚未登录", "请从面板重新打开这个实例。"),
      text("You are not signed in here", "Open the instance from the panel again."),
    ],
  },
  ticket: {
    status: 403,
    texts: [
      text("这次打开已失效", "请从面板重新打开这个实例。"),
      text("This opening has expired", "Open the instance from the panel again."),
    ],
  },
  notForBrowsers: {
    status: 403,
    texts: [
      text("这个接口只供面板使用", "浏览器不能调用它。"),
      text("Only the panel uses this interface", "Browsers cannot call it."),
    ],
  },
  noWorkers: {
    status: 404,
    texts: [
      text("不支持 Service Worker", "通过面板打开的实例不注册 Service Worker。"),
      text("No service workers", "An instance that is opened through the panel registers none."),
    ],
  },
  noUpgrade: {
    status: 426,
    texts: [
      text(
        "代理没有放行 WebSocket",
        "请求到达面板时没有 <code>Upgrade: websocket</code>。请让代理转发协议升级（nginx：<code>proxy_set_header Upgrade $http_upgrade;</code>）。",
      ),
      text(
        "The WebSocket is not let through",
        "The request reached the panel without <code>Upgrade: websocket</code>. Have the proxy forward the upgrade (nginx: <code>proxy_set_header Upgrade $http_upgrade;</code>).",
      ),
    ],
    headers: { upgrade: "websocket" },
  },
  improper: {
    status: 400,
    texts: [
      text("请求无效", "浏览器不会发送这样的请求。"),
      text("The request is invalid", "No browser sends one like it."),
    ],
  },
  down: {
    status: 502,
    texts: [
      text("实例没有运行", "请在面板里启动它，然后重新打开。"),
      text("The instance does not answer", "Start it in the panel, then open it again."),
    ],
  },
  late: {
    status: 504,
    texts: [
      text("实例没有及时回应", "它可能很忙。请稍后再试。"),
      text("The instance did not answer in time", "It may be busy. Try again in a moment."),
    ],
  },
  large: {
    status: 413,
    texts: [
      text("请求太大", "回调最多 1 MB。"),
      text("The request is too large", "A callback may have 1 MB."),
    ],
  },
  tooMany: {
    status: 429,
    texts: [text("请求太多", "请稍后再试。"), text("Too many requests", "Try again in a moment.")],
  },
  crowded: {
    status: 503,
    texts: [
      text("同时打开的连接太多", "请关闭不需要的页面。"),
      text("Too many connections are open at a time", "Close pages that you do not need."),
    ],
  },
} as const satisfies Record<string, Answer>;
export type OwnAnswer = keyof typeof ANSWERS;

/**
 * For a name below the domain of the instances that is none of theirs. A proxy that passes on
 * another Host than the browser's makes one of every address.
 */
export function misdirected(said: string, expected: string): Answer {
  const [said_, expected_] = [code(said), code(expected)];
  return {
    ...ANSWERS.unknown,
    texts: [
      `${ANSWERS.unknown.texts[0]}
<p>请求到达面板时的地址：${said_}<br>实例的地址：${expected_}</p>
<p>如果中间有代理，请让它转发浏览器的 <code>Host</code>，包括端口（nginx：<code>proxy_set_header Host $http_host;</code>）。</p>`,
      `${ANSWERS.unknown.texts[1]}
<p>The request reached the panel as: ${said_}<br>Instances are at: ${expected_}</p>
<p>If a proxy stands between, have it pass the browser's <code>Host</code> on, with its port (nginx:
<code>proxy_set_header Host $http_host;</code>).</p>`,
    ],
  };
}

/** To a socket that asked for a WebSocket. `status`: the container's own, where it refused. */
export function refuseUpgrade(
  socket: Duplex,
  kind: OwnAnswer,
  status: number = ANSWERS[kind].status,
): void {
  socket.write(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  endUpgrade(socket);
}

/** Sends what was written, and does not wait until the other side ends as well. */
export function endUpgrade(socket: Duplex): void {
  socket.end(() => socket.destroy());
}
