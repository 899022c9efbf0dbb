import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { networkStatus } from "./network-status.ts";
import { NOTHING_SAVED } from "./saved-network.ts";

test("each setting is told with its variable, and whether the environment sets it", async () => {
  await using panel = await createTestPanel({
    config: {
      environment: {
        CLAW_PUBLIC_NAMES: "panel.example.com",
        CLAW_TRUSTED_PROXIES: "127.0.0.1",
      },
      publicNames: ["panel.example.com"],
      trustedProxies: ["127.0.0.1"],
    },
  });
  panel.context.runtime.addresses.listensOn(8123);
  expect(networkStatus(panel.context)).toEqual({
    way: "machine",
    panel: "http://127.0.0.1:8123",
    instances: "http://<id>-<random>.localhost:8123",
    host: { value: "127.0.0.1", variable: "CLAW_HOST", from: "default" },
    port: { value: 8123, variable: "CLAW_PORT", from: "default" },
    names: { value: ["panel.example.com"], variable: "CLAW_PUBLIC_NAMES", from: "environment" },
    domain: { value: "localhost", variable: "CLAW_INSTANCE_DOMAIN", from: "default" },
    proxies: { value: ["127.0.0.1"], variable: "CLAW_TRUSTED_PROXIES", from: "environment" },
    publicPort: { value: null, variable: "CLAW_PUBLIC_PORT", from: "default" },
    isDomainMissing: true,
    certificate: { kind: "none" },
    saved: NOTHING_SAVED,
    revision: expect.stringMatching(/^[0-9a-f]{64}$/),
    unused: null,
  });
});

test.each<[string, Record<string, string>, readonly string[], boolean]>([
  ["nobody chose one", {}, ["127.0.0.1"], true],
  ["somebody chose this one", { CLAW_INSTANCE_DOMAIN: "localhost" }, ["127.0.0.1"], false],
  ["no proxy is declared", {}, [], false],
])("of names below localhost says that a domain is missing behind a proxy: %s", async (_, environment, trustedProxies, is) => {
  await using panel = await createTestPanel({ config: { environment, trustedProxies } });
  expect(networkStatus(panel.context).isDomainMissing).toBe(is);
  const { conditions } = await panel.context.runtime.conditions.read();
  expect(conditions.some(({ code }) => code === "DOMAIN_MISSING")).toBe(is);
});

test("where instances have no names, none are told", async () => {
  await using panel = await createTestPanel({ config: { instanceSite: null } });
  expect(networkStatus(panel.context)).toMatchObject({
    way: "link",
    instances: null,
    domain: { value: null },
  });
});

test("behind a proxy, its port counts", async () => {
  await using panel = await createTestPanel({
    config: {
      publicNames: ["panel.example.com"],
      instanceSite: { domain: "claw.example.org", scheme: "https" },
      publicPort: 443,
    },
  });
  expect(networkStatus(panel.context)).toMatchObject({
    way: "proxy",
    panel: "https://panel.example.com",
    instances: "https://<id>-<random>.claw.example.org",
    publicPort: { value: 443 },
  });
});
