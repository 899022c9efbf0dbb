import type { Foreign } from "./host-and-origin.ts";

/** The refusal as a page for browsers, without scripts or styles. */
export function refusalPage({ kind, said, expected }: Foreign): string {
  const said_ = code(said === "" ? "-" : said);
  const expected_ = code(expected);
  const texts = {
    name: [
      `<h1>这个面板不使用这个名称</h1>
<p>浏览器用的名称：${said_}<br>面板使用的名称：${expected_}</p>
<p>请用面板启动时打印的地址打开；或把这个名称加进 <code>CLAW_PUBLIC_NAMES</code>，再重新启动面板。</p>`,
      `<h1>The panel does not answer under this name</h1>
<p>The browser asked for: ${said_}<br>The panel answers as: ${expected_}</p>
<p>Open the address that the panel printed when it started; or add the name to
<code>CLAW_PUBLIC_NAMES</code> and start the panel again.</p>`,
    ],
    page: [
      `<h1>这个请求不是面板自己的页面发出的</h1>
<p>浏览器说页面在：${said_}<br>请求到达面板时的地址：${expected_}</p>
<p>如果中间有代理，请让它转发浏览器的地址（nginx：<code>proxy_set_header Host $http_host;</code>）；或把代理写进
<code>CLAW_TRUSTED_PROXIES</code>，并让它发送 <code>X-Forwarded-Host</code> 和 <code>X-Forwarded-Proto</code>。</p>`,
      `<h1>This request does not come from the panel's own page</h1>
<p>The browser says that its page is at: ${said_}<br>The request reached the panel as: ${expected_}</p>
<p>If a proxy stands between, have it pass the browser's address on (nginx:
<code>proxy_set_header Host $http_host;</code>); or name the proxy in <code>CLAW_TRUSTED_PROXIES</code> and have it
send <code>X-Forwarded-Host</code> and <code>X-Forwarded-Proto</code>.</p>`,
    ],
  };
  return pageOf(texts[kind]);
}

/** For users who open the WebSocket's address, or whose proxy drops the upgrade. */
export function upgradePage(): string {
  const lines =
    'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";';
  return pageOf([
    `<h1>这个地址只接受 WebSocket</h1>
<p>请求到达面板时没有 <code>Upgrade: websocket</code>。如果中间有代理，请让它转发 WebSocket（nginx）：</p>
<pre>${lines}</pre>`,
    `<h1>This address takes a WebSocket only</h1>
<p>The request reached the panel without <code>Upgrade: websocket</code>. If a proxy stands between, have it pass
WebSockets on (nginx):</p>
<pre>${lines}</pre>`,
  ]);
}

export function pageOf([zh, en]: readonly string[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>ClawMultiDeploy</title></head>
<body><main>
${zh}
<div lang="en">
${en}
</div>
</main></body>
</html>
`;
}

export function code(text: string): string {
  return `<code>${text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)}</code>`;
}
