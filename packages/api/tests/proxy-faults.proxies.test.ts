import { expect, test } from "vitest";
import { beginProbe } from "../src/services/system/begin-probe.ts";
import { BehindProxy, HANDSHAKE } from "./support/behind-proxy.ts";
import { replaced } from "./support/reverse-proxy.ts";

/** nginx with the sample of docs/network.md, but for one setting. */
const without = (setting: string, instead = "") =>
  BehindProxy.begin("nginx", { spoil: (sample) => replaced(sample, setting, instead) });

test("panel and instances name both Hosts when a proxy drops the port", async () => {
  const HOST = "proxy_set_header Host $http_host;";
  await using at = await BehindProxy.begin("nginx", {
    spoil: (sample) =>
      replaced(
        replaced(sample, HOST, "proxy_set_header Host $host;"),
        "proxy_set_header X-Forwarded-Host $http_host;",
        "proxy_set_header X-Forwarded-Host $host;",
      ),
  });
  const { id, label } = at.anna.spec;
  const refused = await at.call("instances.enter", { id, label });
  expect(refused.status).toBe(403);
  for (const value of [at.panel, at.panel.replace(/:\d+$/, ""), "$http_host"])
    expect(refused.body).toContain(value);
  const misdirected = await at.ask(at.anna.host, "/", { headers: { accept: "text/html" } });
  expect(misdirected.status).toBe(421);
  const { hostname, port } = new URL(at.anna.origin);
  for (const value of [
    `<code>${hostname}</code>`,
    `.claw.example.org:${port}</code>`,
    "$http_host",
  ])
    expect(misdirected.body).toContain(value);
});

test("the page Network is told what a proxy has made of the Host and of a WebSocket", async () => {
  await using at = await BehindProxy.begin("nginx", {
    spoil: (sample) =>
      ["Host $http_host", "X-Forwarded-Host $http_host", "Upgrade $http_upgrade"].reduce(
        (text, setting) => replaced(text, `proxy_set_header ${setting};`, ""),
        sample,
      ),
  });
  const probe = beginProbe(at.opened.app.context, at.panel);
  const { host, pathname } = new URL(probe?.url ?? "");
  const headers = { origin: at.panel };
  const { body } = await at.ask(host, pathname, { headers });
  // Without a setting, nginx passes its own address of the panel on.
  expect(JSON.parse(body)).toMatchObject({
    proof: probe?.proof,
    host: `127.0.0.1:${at.opened.port}`,
  });
  const handshake = await at.ask(host, pathname, { headers: { ...headers, ...HANDSHAKE } });
  expect(handshake.status).toBe(200);
});

test("the instance and the panel report a proxy that lets no WebSocket through", async () => {
  await using at = await without("proxy_set_header Upgrade $http_upgrade;");
  const { context } = at.opened.app;
  const cookie = await at.signOn();
  const headers = { cookie, origin: at.anna.origin, ...HANDSHAKE };
  const { status, body } = await at.ask(at.anna.host, "/", { headers });
  expect([status, body.includes("The WebSocket is not let through")]).toEqual([426, true]);
  const { conditions } = await context.runtime.conditions.read();
  expect(conditions).toContainEqual(
    expect.objectContaining({
      code: "WEBSOCKET_BLOCKED",
      subject: expect.objectContaining({ id: "anna" }),
    }),
  );
  // The panel's own: its page says so by itself.
  const own = { origin: at.panel, ...HANDSHAKE };
  const panel = await at.ask(at.panelHost, "/trpc", { headers: own });
  expect([panel.status, panel.body.includes("takes a WebSocket only")]).toEqual([426, true]);
});

test("a proxy that caps bodies answers in the panel's place, as the page recognises", async () => {
  await using at = await without("client_max_body_size 0;");
  const { status, headers } = await at.ask(at.panelHost, "/backups/upload", {
    method: "POST",
    headers: { origin: at.panel, "content-type": "application/octet-stream" },
    body: "x".repeat(2_000_000),
  });
  expect([status, headers["content-type"]]).toEqual([413, "text/html"]);
});

test("a proxy that does not say that it has TLS leads nobody round in circles", async () => {
  await using at = await without("proxy_set_header X-Forwarded-Proto $scheme;");
  const cookie = await at.signOn();
  expect((await at.ask(at.anna.host, "/", { headers: { cookie } })).status).toBe(200);
});

test("a proxy that says that browsers use HTTP is told so by name, without a redirect", async () => {
  const PROTO = "proxy_set_header X-Forwarded-Proto $scheme;";
  await using at = await without(PROTO, PROTO.replace("$scheme", "http"));
  const headers = { accept: "text/html" };
  const { status, headers: answered, body } = await at.ask(at.anna.host, "/", { headers });
  expect([status, answered.location]).toEqual([403, undefined]);
  expect(body).toContain("<code>X-Forwarded-Proto</code>");
});
