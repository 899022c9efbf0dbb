/**
 * A program for an instance's own Node: `node -e REACH <connect seconds> <answer seconds>
 * <address>…` prints how far a request to each address came, as `Reached` of core. With `CLAW_ASK`,
 * `{url, key, model}` as JSON, it then puts a question to that model in OpenAI's protocol, and adds
 * the answer to the first address where it is a refusal. Prints nothing
 * where a proxy is set: the way of such a request says nothing about that of OpenClaw's.
 */
export const REACH = `
const http = require("node:http"), https = require("node:https"), net = require("node:net");
const [connectSeconds, answerSeconds, ...addresses] = process.argv.slice(1);
const PROXIES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENCLAW_PROXY_URL"];
const isProxied = PROXIES.some((name) => process.env[name] || process.env[name.toLowerCase()]);
const reach = (address) => new Promise((resolve) => {
  const begun = performance.now();
  const { host, hostname } = new URL(address);
  let phase = net.isIP(hostname.replace(/^\\[|\\]$/g, "")) ? "port" : "name";
  const request = (address.startsWith("https:") ? https : http).get(address, { agent: false });
  const end = (code, message = "") => {
    clearTimeout(timer);
    request.destroy();
    resolve({ address, host, phase, code, message, seconds: (performance.now() - begun) / 1000 });
  };
  const limit = (seconds) => setTimeout(() => end(null), seconds * 1000);
  let timer = limit(connectSeconds);
  const connected = () => {
    phase = "answer";
    clearTimeout(timer);
    timer = limit(answerSeconds);
  };
  request.on("socket", (socket) => {
    socket.on("lookup", (error) => { if (!error) phase = "port"; });
    socket.on("connect", () => { if (address.startsWith("https:")) phase = "tls"; else connected(); });
    socket.on("secureConnect", connected);
  });
  request.on("response", () => { phase = "answered"; end(null); });
  request.on("error", (error) => end(error.code ?? error.errors?.[0]?.code ?? error.name, error.message));
});
async function refusal({ url, key, model }) {
  const headers = { "content-type": "application/json", ...(key && { authorization: "Bearer " + key }) };
  const body = JSON.stringify({ model, messages: [{ role: "user", content: "Hi" }], max_tokens: 1 });
  const signal = AbortSignal.timeout(answerSeconds * 1000);
  try {
    const answer = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    const { status } = answer;
    return status === 401 || status === 404 ? { status, body: (await answer.text()).slice(0, 2000) } : null;
  } catch {
    return null; // A model may need longer; OpenClaw finds out.
  }
}
async function main() {
  const results = await Promise.all(addresses.map(reach));
  const [first] = results;
  const ask = process.env.CLAW_ASK;
  if (ask && first?.phase === "answered") first.refused = await refusal(JSON.parse(ask));
  process.stdout.write(JSON.stringify(results), () => process.exit());
}
if (!isProxied) main();
`;
