/**
 * A program for an instance's own Node: `node -e REACH <connect seconds> <answer seconds>
 * <address>…` prints how far a request to each address came, as `Reached` of core. Prints nothing
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
if (!isProxied)
  Promise.all(addresses.map(reach)).then((results) => process.stdout.write(JSON.stringify(results)));
`;
