import { describe, expect, test } from "vitest";
import type { Config } from "../../config.ts";
import { createAddresses } from "./addresses.ts";

const config = {
  port: 8000,
  host: "127.0.0.1",
  publicNames: [],
  publicPort: null,
  tls: false,
  ownAuthority: false,
  instanceSite: { domain: "localhost", scheme: "http" as const },
};
const spec = { label: "anna-x1y2", ingress: null, publishHost: "127.0.0.1", port: 18_800 };
const addressesOf = (
  given: Pick<Config, "port"> & ReturnType<Parameters<typeof createAddresses>[1]>,
) => createAddresses(given, () => given);
const ingress = { header: "x-claw-1", password: "secret", proven: true };

test("without a site, instances open where their gateway is published", () => {
  const addresses = addressesOf({ ...config, instanceSite: null });
  expect(addresses.site()).toBeNull();
  expect(addresses.urlOf(spec)).toContain("127.0.0.1:18800");
});

test("with a site, only an instance with an ingress has an address of its own", () => {
  const addresses = addressesOf(config);
  expect(addresses.urlOf({ ...spec, ingress })).toBe("http://anna-x1y2.localhost:8000/");
  expect(addresses.urlOf(spec)).toContain("127.0.0.1:18800");
});

test("names are tried at one that no instance has", () => {
  expect(addressesOf(config).probe()).toEqual({
    origin: "http://probe.localhost:8000",
    plainOrigin: null,
  });
  const instanceSite = { domain: "internal", scheme: "https" as const };
  expect(addressesOf({ ...config, ownAuthority: true, instanceSite }).probe()).toEqual({
    origin: "https://claw-probe.internal:8000",
    plainOrigin: "http://claw-probe.internal:8000",
  });
  expect(addressesOf({ ...config, instanceSite: null }).probe()).toBeNull();
});

test("port 0 is the one that the system has assigned, as soon as that is known", () => {
  const addresses = addressesOf({ ...config, port: 0 });
  addresses.listensOn(54_321);
  expect(addresses.port()).toBe(54_321);
  expect(addresses.panel()).toContain(":54321");
  expect(addresses.site()).toMatchObject({ port: 54_321 });
});

test("what changes while the panel runs is followed", () => {
  let network: ReturnType<Parameters<typeof createAddresses>[1]> = config;
  const addresses = createAddresses(config, () => network);
  network = {
    ...config,
    publicNames: ["panel.test"],
    publicPort: 8443,
    instanceSite: { domain: "claw.test", scheme: "https" },
  };
  expect(addresses.panel()).toBe("https://panel.test:8443");
  expect(addresses.urlOf({ ...spec, ingress })).toBe("https://anna-x1y2.claw.test:8443/");
});

describe("links that are handed on lead", () => {
  const publicNames = ["panel.internal", "192.168.1.5"];
  const plain = { ...config, host: "0.0.0.0", publicNames, instanceSite: null };
  const tls = {
    ...{ ...plain, ownAuthority: true },
    instanceSite: { domain: "internal", scheme: "https" as const },
  };
  const proxied = {
    ...{ ...config, publicNames: ["claw.test"], publicPort: 443 },
    instanceSite: { domain: "claw.test", scheme: "https" as const },
  };
  test.each([
    ["to this machine, where nobody else reaches the panel", config, "http://localhost:9000", null],
    ["to TLS", tls, "http://panel.internal:8000", "https://panel.internal:8000"],
    [
      "to TLS, at the address that is used",
      tls,
      "http://192.168.1.5:9000",
      "https://192.168.1.5:9000",
    ],
    ["where they do", tls, "https://192.168.1.5:8000", null],
    ["from this machine to others", tls, "https://127.0.0.1:8000", "https://panel.internal:8000"],
    ["from this machine to others", tls, "http://[::1]:8000", "https://panel.internal:8000"],
    ["without TLS where there is none", plain, "http://panel.internal:8000", null],
    [
      "from this machine, without TLS",
      plain,
      "http://localhost:8000",
      "http://panel.internal:8000",
    ],
    ["to the proxy", proxied, "http://127.0.0.1:8000", "https://claw.test"],
    ["through it as they do", proxied, "https://claw.test", null],
  ])("%s", (_, given, used, expected) => {
    expect(addressesOf(given).handedOn(used)).toBe(expected ?? used);
  });
});

test("behind a proxy, the panel names the public port", () => {
  const addresses = addressesOf({ ...config, publicNames: ["claw.test"], publicPort: 443 });
  expect(addresses.site()).toMatchObject({ port: 443 });
  expect(addresses.panel()).toMatch(/^https:\/\//);
});
