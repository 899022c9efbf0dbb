import { describe, expect, test } from "vitest";
import { refusal } from "./host-and-origin.ts";

const FOREIGN_NAME = /answers only under a loopback name/;
const FOREIGN_PAGE = /page that does not belong to the panel/;

describe("the name under which the panel is asked", () => {
  test.each([
    "localhost",
    "localhost:8000",
    "LocalHost:8000",
    "127.0.0.1:8000",
    "127.0.0.2:8000",
    "127.1:8000",
    "[::1]:8000",
    "[0:0:0:0:0:0:0:1]:8000",
  ])("may be loopback: %s", (host) => expect(refusal({ host })).toBeNull());

  test.each([
    undefined,
    "",
    " ",
    ":8000",
    "evil.example:8000",
    "localhost.evil.example",
    "evil.localhost",
    "127.0.0.1.evil.example:8000",
    "127.0.0.1.nip.io",
    "localhost@evil.example",
    "evil.example#localhost",
    "evil.example?localhost",
    "192.168.1.5:8000",
    "0.0.0.0:8000",
    "[::]:8000",
    "[fe80::1]:8000",
    "[::ffff:127.0.0.1]:8000",
    "localhost:port",
    "localhost:99999",
    "[::1",
  ])("is refused otherwise, as in DNS rebinding: %s", (host) =>
    expect(refusal({ host })).toMatch(FOREIGN_NAME));
});

describe("the page from which the request comes", () => {
  test.each([
    ["localhost:8000", "http://localhost:8000"],
    ["127.0.0.1:8000", "http://127.0.0.1:8000"],
    ["[::1]:8000", "http://[::1]:8000"],
    ["localhost", "http://localhost"],
    ["localhost", "https://localhost"],
  ])("may be the panel's own: %s asked by %s", (host, origin) => {
    expect(refusal({ host, origin })).toBeNull();
    expect(refusal({ host, origin, "sec-fetch-site": "same-origin" })).toBeNull();
  });

  test.each([
    ["another site", "http://evil.example"],
    ["another site on our port", "http://evil.example:8000"],
    ["an instance, which is on another port", "http://localhost:18789"],
    ["no port", "http://localhost"],
    ["another name of this machine", "http://127.0.0.1:8000"],
    ["a sandboxed frame or a file", "null"],
    ["an extension", "chrome-extension://localhost:8000"],
    ["a name that begins alike", "http://localhost:8000.evil.example"],
    ["a name that ends alike", "http://evil.example/localhost:8000"],
    ["nothing", ""],
  ])("is refused from %s", (_, origin) => {
    expect(refusal({ host: "localhost:8000", origin })).toMatch(FOREIGN_PAGE);
    expect(refusal({ host: "localhost:8000", origin, "sec-fetch-site": "same-origin" })).toMatch(
      FOREIGN_PAGE,
    );
  });

  test.each([
    ["same-origin", null],
    ["none", null],
    ["same-site", FOREIGN_PAGE],
    ["cross-site", FOREIGN_PAGE],
    ["something new", FOREIGN_PAGE],
  ])("is told by the browser where there is no origin: %s", (site, expected) => {
    const answer = refusal({ host: "localhost:8000", "sec-fetch-site": site });
    if (expected === null) expect(answer).toBeNull();
    else expect(answer).toMatch(expected);
  });

  test("may be a link elsewhere that somebody follows, but no frame and no form", () => {
    const link = {
      host: "localhost:8000",
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    expect(refusal(link)).toBeNull();
    expect(refusal({ ...link, "sec-fetch-dest": "iframe" })).toMatch(FOREIGN_PAGE);
    expect(refusal({ ...link, origin: "http://localhost:18789" })).toMatch(FOREIGN_PAGE);
    expect(refusal({ ...link, host: "evil.example" })).toMatch(FOREIGN_NAME);
  });

  test("is no browser's when no header says so", () => {
    expect(refusal({ host: "localhost:8000" })).toBeNull();
  });
});

describe("with names of its own", () => {
  const site = { publicNames: ["panel.example.lan", "192.168.1.5", "fd00::5"], tls: false };
  const asked = (host: string, origin?: string) => refusal({ host, origin }, site);

  test.each([
    "panel.example.lan:8000",
    "PANEL.example.lan",
    "192.168.1.5:8000",
    "[fd00::5]:8000",
    "localhost:8000",
  ])("the panel is asked by them: %s", (host) => expect(asked(host)).toBeNull());

  test.each([
    "evil.panel.example.lan",
    "panel.example.lan.evil.example",
    "example.lan",
    "192.168.1.50",
    "panel.example.lan.",
  ])("and by no other: %s", (host) => expect(asked(host)).toMatch(FOREIGN_NAME));

  test("a page of one of them is the panel's own only where it asks itself", () => {
    expect(asked("panel.example.lan:8000", "http://panel.example.lan:8000")).toBeNull();
    expect(asked("Panel.example.lan:8000", "http://panel.example.lan:8000")).toBeNull();
    expect(asked("panel.example.lan:8000", "https://panel.example.lan:8000")).toBeNull();
    expect(asked("panel.example.lan:8000", "http://192.168.1.5:8000")).toMatch(FOREIGN_PAGE);
    expect(asked("panel.example.lan:8000", "http://panel.example.lan:18789")).toMatch(FOREIGN_PAGE);
  });

  test("with TLS of its own no page without it is", () => {
    const secure = { ...site, tls: true };
    const host = "panel.example.lan";
    expect(refusal({ host, origin: "https://panel.example.lan" }, secure)).toBeNull();
    expect(refusal({ host, origin: "http://panel.example.lan" }, secure)).toMatch(FOREIGN_PAGE);
  });
});
