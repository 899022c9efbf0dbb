import { expect, test } from "vitest";
import { networkWay } from "./network.ts";

test.each([
  ["by their links where they have no names", null, null, "link"],
  ["on this machine below localhost", { domain: "localhost", scheme: "http" }, null, "machine"],
  ["on the network below internal", { domain: "internal", scheme: "https" }, null, "network"],
  ["below a domain", { domain: "claw.example.org", scheme: "https" }, null, "domain"],
  ["through a proxy", { domain: "claw.example.org", scheme: "https" }, 443, "proxy"],
  ["through a proxy also below internal", { domain: "internal", scheme: "https" }, 8443, "proxy"],
] as const)("instances are reached %s", (_, site, publicPort, way) => {
  expect(networkWay(site, publicPort)).toBe(way);
});
