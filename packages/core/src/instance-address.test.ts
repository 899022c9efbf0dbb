import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  controlUiUrl,
  type InstanceSite,
  instanceLabel,
  labelOfHost,
  labelOfName,
  publicOrigin,
} from "./instance-address.ts";
import { bracketed } from "./naming.ts";

const LOCAL: InstanceSite = { domain: "localhost", scheme: "http", port: 8000 };
const LAN: InstanceSite = { domain: "internal", scheme: "https", port: 8443 };
const COMPANY: InstanceSite = { domain: "claw.example.com", scheme: "https", port: 443 };

const id = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);
const hex = fc.stringMatching(/^[0-9a-f]{10}$/);
const site = fc.constantFrom(LOCAL, LAN, COMPANY);

describe("the address of an instance", () => {
  test.each([
    [LOCAL, "http://anna-0123456789.localhost:8000"],
    [LAN, "https://claw-anna-0123456789.internal:8443"],
    [COMPANY, "https://anna-0123456789.claw.example.com"],
  ])("is an origin of its own", (on, origin) => {
    expect(publicOrigin(instanceLabel("anna", "0123456789"), on)).toBe(origin);
  });

  test("is a valid name in the form that a browser sends, whatever the id", () => {
    fc.assert(
      fc.property(id, hex, site, (of, random, on) => {
        const origin = publicOrigin(instanceLabel(of, random), on);
        expect(new URL(origin).origin).toBe(origin);
        for (const part of new URL(origin).hostname.split(".")) expect(part).toMatch(/^.{1,63}$/);
      }),
    );
  });

  test("is found again in the Host header, in any case of letters", () => {
    fc.assert(
      fc.property(id, hex, site, fc.boolean(), (of, random, on, loud) => {
        const label = instanceLabel(of, random);
        const { host } = new URL(publicOrigin(label, on));
        expect(labelOfHost(loud ? host.toUpperCase() : host, on)).toEqual({ label });
      }),
    );
  });
});

describe("the name in a handshake of TLS", () => {
  test("is that of the instance, whatever the port", () => {
    fc.assert(
      fc.property(id, hex, site, (of, random, on) => {
        const label = instanceLabel(of, random);
        expect(labelOfName(new URL(publicOrigin(label, on)).hostname, on)).toBe(label);
      }),
    );
  });

  test.each([
    "panel.internal",
    "claw-a.b.internal",
    "claw-anna-1.internal:8443",
    "claw-anna-1.internal.example.com",
    "internal",
    "",
  ])("%j is of none", (name) => {
    expect(labelOfName(name, LAN)).toBeNull();
  });
});

describe("a Host header", () => {
  test.each([
    ["anna-1.localhost", LOCAL],
    ["anna-1.localhost:8001", LOCAL],
    ["anna-1.localhost.:8000", LOCAL],
    ["a.anna-1.localhost:8000", LOCAL],
    [".localhost:8000", LOCAL],
    ["anna_1.localhost:8000", LOCAL],
    ["anna-1.localhost:", LOCAL],
    ["claw-a.b.internal:8443", LAN],
    ["anna-1.claw.example.com:443", COMPANY],
  ])("%j is of no instance, and not of the panel", (host, on) => {
    expect(labelOfHost(host, on)).toBe("unknown");
  });

  test.each([
    ["localhost:8000", LOCAL],
    ["127.0.0.1:8000", LOCAL],
    ["anna-1.localhost.evil.example:8000", LOCAL],
    ["panel.internal:8443", LAN],
    ["claw.example.com", COMPANY],
    ["", LOCAL],
    [undefined, LOCAL],
  ])("%j is not of the instances' site", (host, on) => {
    expect(labelOfHost(host, on)).toBeNull();
  });
});

describe("controlUiUrl", () => {
  test.each([
    ["127.0.0.1", "http://127.0.0.1:18789/"],
    ["::1", "http://[::1]:18789/"],
    ["0.0.0.0", "http://127.0.0.1:18789/"],
    ["::", "http://[::1]:18789/"],
    ["", "http://127.0.0.1:18789/"],
    ["127.0.0.2", "http://127.0.0.2:18789/"],
    ["192.168.1.20", "http://192.168.1.20:18789/"],
    ["2001:db8::7", "http://[2001:db8::7]:18789/"],
  ])("published on %j it is %s", (host, url) => {
    expect(controlUiUrl(host, 18789)).toBe(url);
  });

  test("never leaves it to the browser which of two programs it opens", () => {
    for (const host of ["127.0.0.1", "::1", "0.0.0.0", "::", ""])
      expect(isIP(new URL(controlUiUrl(host, 18789)).hostname.replace(/[[\]]/g, ""))).not.toBe(0);
  });

  test("is an address that a browser reads back as that host and port", () => {
    const port = fc.integer({ min: 1024, max: 65535 });
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), port, (host, on) => {
        const url = new URL(controlUiUrl(host, on));
        expect(url).toMatchObject({ protocol: "http:", port: String(on), pathname: "/" });
        const isEverywhere = ["0.0.0.0", "[::]"].includes(
          new URL(`http://${bracketed(host)}/`).hostname,
        );
        if (!isEverywhere)
          expect(url.hostname).toBe(new URL(`http://${bracketed(host)}/`).hostname);
      }),
    );
  });
});
