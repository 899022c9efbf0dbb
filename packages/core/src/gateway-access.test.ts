import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type GatewayAccess,
  identityHeader,
  takesTrustedProxy,
  trustedAuth,
  withAccess,
  withFormerAccess,
  withOrigin,
} from "./gateway-access.ts";
import { parseJson5Object } from "./json5-edit.ts";
import { CONFIG_TEMPLATE, readToken, renderConfig, valueAt } from "./openclaw-config.ts";

const template = readFileSync(
  new URL(`../../../templates/${CONFIG_TEMPLATE}`, import.meta.url),
  "utf8",
);
const HEADER = identityHeader("0".repeat(32));
const ORIGIN = "http://anna-0123456789.localhost:8000";
const THROUGH: GatewayAccess = {
  trusted: { header: HEADER, peer: "10.213.0.1", origin: ORIGIN },
  newToken: () => "new",
};
const BY_TOKEN: GatewayAccess = { trusted: null, newToken: () => "new" };

const gatewayOf = (text: string) => valueAt(parseJson5Object(text), ["gateway"]);
const controlOf = (text: string) =>
  valueAt(parseJson5Object(text), ["plugins", "entries", "admin-http-rpc", "enabled"]);
const FITTING = {
  mode: "local",
  bind: "lan",
  port: 18789,
  trustedProxies: ["10.213.0.1"],
  auth: trustedAuth(HEADER),
  controlUi: { allowedOrigins: [ORIGIN] },
};

describe("a configuration for the ingress", () => {
  const rendered = renderConfig(template, {
    token: "t",
    port: 18789,
    trusted: { peer: "10.213.0.1", origin: ORIGIN, auth: trustedAuth(HEADER) },
  });

  test("holds the secret header, one peer and one origin, and no token that would keep it from starting", () => {
    expect(gatewayOf(rendered)).toEqual(FITTING);
    expect(rendered).toContain("// OpenClaw");
  });

  test("lets the panel itself ask, also where other plugins are set up", () => {
    expect(controlOf(rendered)).toBe(true);
    const own = "{ plugins: { entries: { other: { enabled: true } } } /* mine */ }";
    const through = withAccess(own, THROUGH);
    expect(controlOf(through)).toBe(true);
    expect(valueAt(parseJson5Object(through), ["plugins", "entries", "other"])).toEqual({
      enabled: true,
    });
    expect(through).toContain("/* mine */");
    expect(controlOf(renderConfig(template, { token: "t", port: 18789 }))).toBeUndefined();
  });

  test("is left as it is", () => {
    expect(withAccess(rendered, THROUGH)).toBe(rendered);
  });

  test("is made of one with a token, whose comments stay", () => {
    const byToken = renderConfig(template, { token: "t", port: 18789 });
    const through = withAccess(byToken, THROUGH);
    expect(gatewayOf(through)).toEqual(FITTING);
    expect(through).toContain("// 容器内没有 Docker");
  });

  test("is made of one of another instance", () => {
    const other: GatewayAccess = {
      ...THROUGH,
      trusted: { header: identityHeader("1"), peer: "10.213.0.9", origin: "http://b.localhost" },
    };
    expect(withAccess(withAccess(rendered, other), THROUGH)).not.toContain("10.213.0.9");
    expect(gatewayOf(withAccess(withAccess(rendered, other), THROUGH))).toEqual(FITTING);
  });

  test("goes back to a new token, and trusts nobody any more", () => {
    const back = withAccess(rendered, BY_TOKEN);
    expect(readToken(back)).toBe("new");
    expect(gatewayOf(back)).toMatchObject({
      auth: { mode: "token", token: "new" },
      trustedProxies: [],
    });
    expect(back).not.toContain(HEADER);
    expect(controlOf(back)).toBe(false);
  });
});

test.each([
  '{ gateway: { auth: { mode: "token", token: "mine" } } }',
  '{ gateway: { auth: { mode: "trusted-proxy", trustedProxy: { userHeader: "x-own" } } } }',
  "{ /* nothing */ }",
])("an access that the owner chose stays: %s", (text) => {
  expect(withAccess(text, BY_TOKEN)).toBe(text);
});

test.each([
  ["2026.9.6", true],
  ["2026.8.0", true],
  ["v2026.10.1-beta.2", true],
  ["2027.1.0", true],
  ["2026.7.31", false],
  ["2025.12.1", false],
  ["latest", false],
  [null, false],
])("OpenClaw %s takes a trusted proxy: %s", (version, takes) => {
  expect(takesTrustedProxy(version)).toBe(takes);
});

describe("the origins of a configuration", () => {
  const text = (...origins: string[]) =>
    `// by hand\n{ gateway: { controlUi: { allowedOrigins: ${JSON.stringify(origins)} } } }`;
  const of = (from: string) =>
    valueAt(parseJson5Object(from), ["gateway", "controlUi", "allowedOrigins"]);

  test("follow the panel's port, and keep what the owner has added", () => {
    const moved = withOrigin(text(ORIGIN, "https://own.example"), ORIGIN.replace("8000", "8100"));
    expect(of(moved)).toEqual(["https://own.example", ORIGIN.replace("8000", "8100")]);
    expect(moved).toContain("// by hand");
  });

  test("stay as they are when the address is among them", () => {
    const present = text("not an origin", ORIGIN);
    expect(withOrigin(present, ORIGIN)).toBe(present);
  });

  test("begin with it where there were none", () => {
    expect(of(withOrigin("{}", ORIGIN))).toEqual([ORIGIN]);
  });
});

test("the former access comes back, and other changes stay", () => {
  const former = `{
  // 我的
  gateway: { auth: { mode: "token", token: "t" }, trustedProxies: ["10.0.0.9"], controlUi: { allowedOrigins: ["http://127.0.0.1:1"] } },
}`;
  const through = withAccess(former, THROUGH);
  expect(gatewayOf(withFormerAccess(through, former))).toEqual(gatewayOf(former));
  const touched = through.replace("// 我的", "// 后来");
  const back = withFormerAccess(touched, former);
  expect(back).toContain("// 后来");
  expect(readToken(back)).toBe("t");
  expect(controlOf(back)).toBe(false);
  const asking = former.replace(
    "gateway:",
    'plugins: { entries: { "admin-http-rpc": { enabled: true } } }, gateway:',
  );
  expect(controlOf(withFormerAccess(through, asking))).toBe(true);
});
