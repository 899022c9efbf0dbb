import proxyAddr from "@fastify/proxy-addr";
import { describe, expect, test } from "vitest";
import { arrivalOf } from "./arrival.ts";

const nobody = () => false;
const declared = proxyAddr.compile(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
const trusts = (address: string) => declared(address, 0);

/** A request from `peer` to panel.lan, with these headers. */
const from = (peer: string, headers: Record<string, string>, by = trusts) =>
  arrivalOf(
    { socket: { remoteAddress: peer }, headers: { host: "panel.lan", ...headers } } as never,
    by,
  );

describe("the address of a request", () => {
  test.each([
    ["the peer's", "203.0.113.7", undefined, "203.0.113.7"],
    ["the peer's, as a dual-stack socket names it", "::ffff:203.0.113.7", undefined, "203.0.113.7"],
    ["the peer's, whatever it claims", "203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["what a trusted proxy says", "127.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["what one says of a dual-stack socket", "::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"],
    [
      "the first from the right that is no proxy",
      "127.0.0.1",
      "1.1.1.1, 203.0.113.7, 10.1.2.3",
      "203.0.113.7",
    ],
    ["not what the sender put before it", "127.0.0.1", "10.9.9.9, 203.0.113.7", "203.0.113.7"],
    ["the proxy's where it says nothing", "127.0.0.1", undefined, "127.0.0.1"],
    ["the proxy's where it says no address", "127.0.0.1", "unknown", "127.0.0.1"],
    ["the outermost proxy's where all are", "127.0.0.1", "10.1.2.3, 10.4.5.6", "10.1.2.3"],
    ["an IPv6 one", "fd00::1", "2001:db8::7", "2001:db8::7"],
  ])("is %s", (_, peer, forwarded, expected) => {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    expect(from(peer, headers).address).toBe(expected);
  });

  test("is the peer's where no proxy is declared", () => {
    expect(from("127.0.0.1", { "x-forwarded-for": "203.0.113.7" }, nobody).address).toBe(
      "127.0.0.1",
    );
  });
});

describe("name and scheme", () => {
  const said = { "x-forwarded-host": "claw.example:8443", "x-forwarded-proto": "https" };

  test("are what a trusted proxy says", () => {
    expect(from("10.0.0.2", said)).toMatchObject({ host: "claw.example:8443", scheme: "https" });
    const twice = {
      "x-forwarded-host": "evil.example, claw.example",
      "x-forwarded-proto": "http, https",
    };
    expect(from("10.0.0.2", twice)).toMatchObject({ host: "claw.example", scheme: "https" });
  });

  test("are the request's own where it says none, or none that there is", () => {
    expect(from("10.0.0.2", {})).toMatchObject({ host: "panel.lan", scheme: null });
    expect(from("10.0.0.2", { "x-forwarded-proto": "gopher" }).scheme).toBeNull();
    expect(from("10.0.0.2", { "x-forwarded-proto": "wss" }).scheme).toBe("https");
  });

  test("are the request's own where anybody else says them", () => {
    expect(from("203.0.113.7", said)).toMatchObject({ host: "panel.lan", scheme: null });
  });
});
