import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DomainError } from "./errors.ts";
import { allowedOrigins, loopbackOrigins } from "./instance-address.ts";
import {
  anyObject,
  anySeed,
  blank,
  type Draw,
  drawFrom,
  expectedOf,
  type Piece,
  Pieces,
  textOf,
  writeDocument,
  writeText,
} from "./json5.fixture.ts";
import { parseJson5Object } from "./json5-edit.ts";
import {
  CONFIG_MAX_LENGTH,
  CONFIG_TEMPLATE,
  checkConfig,
  readToken,
  renderConfig,
  retargetOrigins,
  valueAt,
} from "./openclaw-config.ts";

beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const template = readFileSync(
  new URL(`../../../templates/${CONFIG_TEMPLATE}`, import.meta.url),
  "utf8",
);
const ORIGINS = ["gateway", "controlUi", "allowedOrigins"];
const port = fc.integer({ min: 1024, max: 65535 });

const originsIn = (text: string) => valueAt(parseJson5Object(text), ORIGINS);
const withOrigins = (source: string) => `{gateway: {controlUi: {allowedOrigins: ${source}}}}`;

describe("the configuration that a new instance starts with", () => {
  test("is the one that was seen to start (facts, 2 and 3)", () => {
    const config = parseJson5Object(renderConfig(template, { token: "0123abcd", port: 18791 }));
    expect(config).toEqual({
      gateway: {
        mode: "local",
        bind: "lan",
        port: 18789,
        auth: { mode: "token", token: "0123abcd" },
        controlUi: { allowedOrigins: ["http://localhost:18791", "http://127.0.0.1:18791"] },
      },
      agents: {
        defaults: { workspace: "/home/node/.openclaw/workspace", sandbox: { mode: "off" } },
      },
      channels: {},
      tools: { profile: "full" },
      logging: {
        level: "info",
        file: "/var/log/openclaw/openclaw.log",
        maxFileBytes: 10485760,
      },
      update: { checkOnStart: false },
    });
  });

  test("explains itself in Chinese and in English", () => {
    const text = renderConfig(template, { token: "t", port: 18789 });
    expect(text).toContain("// OpenClaw 网关配置");
    expect(text).toContain("// OpenClaw gateway configuration");
  });

  test("takes any token and any port, and gives the token back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), port, (token, host) => {
        fc.pre(!token.includes("${"));
        const text = renderConfig(template, { token, port: host });
        expect(readToken(text)).toBe(token);
        expect(originsIn(text)).toEqual(loopbackOrigins(host));
        expect(retargetOrigins(text, null, host)).toBe(text);
      }),
    );
  });

  test.each([
    ["that is no JSON5", "{ token: {{ token | dump }} "],
    ["that is no object", "[{{ token | dump }}]"],
    ["that does not know a value", "{ x: {{ nothing }} }"],
  ])("is not made from a template %s, and the error names the template", (_, broken) => {
    expect(() => renderConfig(broken, { token: "s3cret", port: 18789 })).toThrow(
      expect.objectContaining({
        reason: "TEMPLATE_INVALID",
        message: expect.stringMatching(/openclaw\.template\.json5(?!.*s3cret)/),
      }),
    );
  });
});

describe("checkConfig", () => {
  test("gives back what it read", () => {
    expect(checkConfig("{a: 1, // c\n}")).toEqual({ a: 1 });
  });

  test("accepts 1 MiB and not one character more", () => {
    const filled = (length: number) => `{a:"${"字".repeat(length - 6)}"}`;
    expect(filled(CONFIG_MAX_LENGTH)).toHaveLength(CONFIG_MAX_LENGTH);
    expect(() => checkConfig(filled(CONFIG_MAX_LENGTH))).not.toThrow();
    expect(() => checkConfig(filled(CONFIG_MAX_LENGTH + 1))).toThrow(
      expect.objectContaining({
        reason: "CONFIG_TOO_LARGE",
        message: expect.stringContaining("1048577 characters; at most 1048576"),
      }),
    );
  });

  test("does not begin to read what is too large", () => {
    expect(() => checkConfig("@".repeat(CONFIG_MAX_LENGTH + 1))).toThrow(/at most 1048576/);
  });

  test("places what is wrong", () => {
    expect(() => checkConfig("{\r\n  gateway: {,}\r\n}")).toThrow(
      expect.objectContaining({
        reason: "CONFIG_INVALID",
        issues: [{ line: 2, column: 13, path: "", message: "invalid character ','." }],
      }),
    );
  });
});

describe("readToken", () => {
  const withAuth = (auth: string) => `{gateway: {auth: ${auth}}}`;

  test.each(["'abc'", '"abc"', "'\\u0061bc'", "'abc', token: 'abc'"])("reads %s", (source) => {
    expect(readToken(withAuth(`{token: ${source}}`))).toBe("abc");
  });

  test.each([
    ["no gateway", "{}"],
    ["no auth", "{gateway: {}}"],
    ["no token", withAuth("{mode: 'token'}")],
    ["an empty token", withAuth("{token: ''}")],
    ["a number", withAuth("{token: 42}")],
    ["a reference to a secret", withAuth("{token: {source: 'env', provider: 'default', id: 'T'}}")],
    ["a variable", withAuth("{token: '${OPENCLAW_GATEWAY_TOKEN}'}")],
    ["a variable within a text", withAuth("{token: 'x-${T}-y'}")],
    ["a list on the way", "{gateway: [{auth: {token: 'abc'}}]}"],
    ["the key of the first draft", "{gateway: {token: 'abc'}}"],
    ["a token only in the prototype", "{gateway: {__proto__: {auth: {token: 'abc'}}}}"],
  ])("with %s says that there is none", (_, text) => {
    expect(() => readToken(text)).toThrow(
      expect.objectContaining({ constructor: DomainError, reason: "TOKEN_MISSING" }),
    );
  });

  test("takes a dollar sign that begins no variable for a part of the token", () => {
    expect(readToken(withAuth("{token: 'a$b${c}$'}"))).toBe("a$b${c}$");
  });

  test("of a broken configuration says where it is broken, and not what the token is", () => {
    expect(() => readToken(withAuth("{token: 's3cret' @}"))).toThrow(
      expect.objectContaining({
        reason: "CONFIG_INVALID",
        message: expect.stringMatching(/line 1, column 35(?!.*s3cret)/),
      }),
    );
  });
});

describe("allowedOrigins", () => {
  test("are the loopback names, and the address on which the port is published", () => {
    const loopback = ["http://localhost:18790", "http://127.0.0.1:18790"];
    for (const host of ["127.0.0.1", "0.0.0.0"])
      expect(allowedOrigins(18790, host)).toEqual(loopback);
    for (const host of ["::1", "::"])
      expect(allowedOrigins(18790, host)).toEqual([...loopback, "http://[::1]:18790"]);
    expect(allowedOrigins(18790, "192.168.1.5")).toEqual([...loopback, "http://192.168.1.5:18790"]);
    expect(allowedOrigins(18790, "fd00::5")).toEqual([...loopback, "http://[fd00::5]:18790"]);
  });

  test("are rendered and follow the port", () => {
    const values = { token: "t", port: 18790, publishHost: "192.168.1.5" };
    const moved = retargetOrigins(renderConfig(template, values), 18790, 18791, "192.168.1.5");
    expect(originsIn(moved)).toEqual(allowedOrigins(18791, "192.168.1.5"));
  });
});

describe("retargetOrigins", () => {
  test.each([
    [
      "the old origins",
      `["http://localhost:1", "http://127.0.0.1:1"]`,
      `["http://localhost:2", "http://127.0.0.1:2"]`,
    ],
    [
      "the other order",
      `["http://127.0.0.1:1", "http://localhost:1"]`,
      `["http://127.0.0.1:2", "http://localhost:2"]`,
    ],
    [
      "foreign ones between them",
      `['http://localhost:1', "https://claw.example", 7]`,
      `["http://localhost:2", "https://claw.example", 7, "http://127.0.0.1:2"]`,
    ],
    ["none", "[]", `["http://localhost:2", "http://127.0.0.1:2"]`],
    [
      "only a comment",
      "[ /* none */ ]",
      `[ /* none */ "http://localhost:2", "http://127.0.0.1:2"]`,
    ],
    ["a trailing comma", `["a", ]`, `["a", "http://localhost:2", "http://127.0.0.1:2", ]`],
    [
      "a comment behind the last",
      `["a" // x\n]`,
      `["a", "http://localhost:2", "http://127.0.0.1:2" // x\n]`,
    ],
    [
      "the new ones already",
      `["http://localhost:2", "http://127.0.0.1:2"]`,
      `["http://localhost:2", "http://127.0.0.1:2"]`,
    ],
    [
      "old and new ones",
      `["http://localhost:1", "http://localhost:2", "http://127.0.0.1:2"]`,
      `["http://localhost:2", "http://localhost:2", "http://127.0.0.1:2"]`,
    ],
    [
      "an old one twice",
      `["http://localhost:1", "http://localhost:1"]`,
      `["http://localhost:2", "http://localhost:2", "http://127.0.0.1:2"]`,
    ],
    [
      "ports that only begin alike",
      `["http://localhost:11", "http://127.0.0.1:1/"]`,
      `["http://localhost:11", "http://127.0.0.1:1/", "http://localhost:2", "http://127.0.0.1:2"]`,
    ],
  ])("with %s", (_, before, after) => {
    expect(retargetOrigins(withOrigins(before), 1, 2)).toBe(withOrigins(after));
  });

  test("without an old port only adds", () => {
    expect(retargetOrigins(withOrigins(`["http://localhost:1"]`), null, 2)).toBe(
      withOrigins(`["http://localhost:1", "http://localhost:2", "http://127.0.0.1:2"]`),
    );
  });

  test("to the same port only mends", () => {
    expect(retargetOrigins(withOrigins(`["http://localhost:2"]`), 2, 2)).toBe(
      withOrigins(`["http://localhost:2", "http://127.0.0.1:2"]`),
    );
  });

  test.each([
    "{}",
    "{gateway: {}}",
    "{gateway: {controlUi: {}}}",
    withOrigins("null"),
    withOrigins("'*'"),
    "{controlUi: {allowedOrigins: []}}",
    "// http://localhost:1\n{a: 'http://localhost:1'}",
  ])("leaves %s alone: its owner chose another way", (text) => {
    expect(retargetOrigins(text, 1, 2)).toBe(text);
  });

  test("does not touch a text that is not valid", () => {
    expect(() => retargetOrigins(`${withOrigins("[]")}}`, 1, 2)).toThrow(
      expect.objectContaining({ reason: "CONFIG_INVALID" }),
    );
  });

  test("reads texts with escapes that only JSON5 knows", () => {
    const before = String.raw`{a: "\u4e2d\/\x41\'", b: +.5, c: NaN, "gatewa\u0079": {controlUi: {allowedOrigins: ['http:\/\/localhost:1']}}}`;
    expect(retargetOrigins(before, 1, 2)).toBe(
      before.replace(
        String.raw`'http:\/\/localhost:1'`,
        `"http://localhost:2", "http://127.0.0.1:2"`,
      ),
    );
  });

  /** A configuration with `values` as its origins, and the expected one after 18789 → 18790. */
  function writeConfig(draw: Draw, rest: Record<string, unknown>, values: readonly string[]) {
    const [localhost, address] = loopbackOrigins(18790) as [string, string];
    const replaced = new Map([
      ["http://localhost:18789", localhost],
      ["http://127.0.0.1:18789", address],
    ]);
    const items = values.map((value): Piece => {
      const text = writeText(draw, value);
      return { text, expected: replaced.has(value) ? JSON.stringify(replaced.get(value)) : text };
    });
    const after = values.map((value) => replaced.get(value) ?? value);
    const missing = [localhost, address].filter((origin) => !after.includes(origin));
    const added = missing.map((origin) => JSON.stringify(origin)).join(", ");
    const comma: Piece = { text: ",", expected: "," };
    const inner = items.flatMap((item, i) => {
      const last = i === items.length - 1;
      const addition = { text: "", expected: last && added ? `, ${added}` : "" };
      return [blank(draw), item, addition, blank(draw), ...(!last || draw(2) === 0 ? [comma] : [])];
    });
    const close = { text: "]", expected: `${items.length === 0 ? added : ""}]` };
    const array = new Pieces([{ text: "[", expected: "[" }, ...inner, blank(draw), close]);
    const gateway = { ...rest, controlUi: { ...rest, allowedOrigins: array, z: 1 } };
    return {
      pieces: writeDocument(draw, { ...rest, gateway, 最后: rest }),
      after: [...after, ...missing],
    };
  }

  const values = fc.array(
    fc.constantFrom(
      "http://localhost:18789",
      "http://127.0.0.1:18789",
      "http://localhost:18790",
      "http://127.0.0.1:18790",
      "https://面板.example",
      "]",
    ),
    { maxLength: 5 },
  );

  test("changes the origins that it should and keeps every other byte", () => {
    fc.assert(
      fc.property(anySeed, anyObject, values, (seed, rest, origins) => {
        const { pieces, after } = writeConfig(drawFrom(seed), rest, origins);
        const text = retargetOrigins(textOf(pieces), 18789, 18790);
        expect(text).toBe(expectedOf(pieces));
        expect(originsIn(text)).toEqual(after);
      }),
      { numRuns: 500 },
    );
  });

  test("done twice is done once, and leaves nothing of the old port behind", () => {
    fc.assert(
      fc.property(anySeed, anyObject, values, (seed, rest, origins) => {
        const once = retargetOrigins(
          textOf(writeConfig(drawFrom(seed), rest, origins).pieces),
          18789,
          18790,
        );
        expect(retargetOrigins(once, 18789, 18790)).toBe(once);
        expect(retargetOrigins(once, null, 18790)).toBe(once);
        for (const origin of loopbackOrigins(18789)) expect(originsIn(once)).not.toContain(origin);
        for (const origin of loopbackOrigins(18790)) expect(originsIn(once)).toContain(origin);
      }),
    );
  });

  test("of the shipped configuration goes there and back", () => {
    fc.assert(
      fc.property(port, port, (from, to) => {
        const text = renderConfig(template, { token: "t", port: from });
        const moved = retargetOrigins(text, from, to);
        expect(moved).toBe(renderConfig(template, { token: "t", port: to }));
        expect(retargetOrigins(moved, to, from)).toBe(text);
      }),
    );
  });
});

describe("valueAt", () => {
  test("goes through own keys of objects and lists, and no further", () => {
    const root = { a: { b: [{ c: 1 }] }, n: null };
    expect(valueAt(root, [])).toBe(root);
    expect(valueAt(root, ["a", "b", "0", "c"])).toBe(1);
    expect(valueAt(root, ["n", "x"])).toBeUndefined();
    expect(valueAt(root, ["a", "constructor"])).toBeUndefined();
    expect(valueAt(root, ["a", "b", "0", "c", "d"])).toBeUndefined();
    expect(valueAt(undefined, ["a"])).toBeUndefined();
  });
});
