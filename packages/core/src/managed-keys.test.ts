import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { identityHeader, trustedAuth } from "./gateway-access.ts";
import {
  anyObject,
  anySeed,
  type Draw,
  drawFrom,
  expectedOf,
  Pieces,
  textOf,
  writeDocument,
  writeJson5,
} from "./json5.fixture.ts";
import { parseJson5Object } from "./json5-edit.ts";
import { managedKeys, putRight, wrongKeys } from "./managed-keys.ts";

/** json5 logs a warning about line separators in strings to the console. */
vi.spyOn(console, "warn").mockImplementation(() => {});

const HEADER = identityHeader("0".repeat(32));
const ORIGIN = "http://anna-0123456789.localhost:8000";
const BY_TOKEN = managedKeys({ trusted: null, origins: ["http://localhost:18789"] });
const THROUGH = managedKeys({
  trusted: { header: HEADER, peer: "10.213.0.1" },
  origins: [ORIGIN],
});

const namesOf = (text: string, keys = BY_TOKEN) =>
  wrongKeys(text, keys).map(({ path }) => path.join("."));

describe("a configuration by token", () => {
  test.each([
    [
      "is right as the panel makes it",
      '{ gateway: { mode: "local", bind: "lan", port: 18789 } }',
      [],
    ],
    ["needs a mode", "{}", ["gateway.mode"]],
    ["needs that mode", '{ gateway: { mode: "remote" } }', ["gateway.mode"]],
    [
      "says where the gateway listens only as the panel has it",
      '{ gateway: { mode: "local", bind: "loopback", port: 1 } }',
      ["gateway.bind", "gateway.port"],
    ],
    [
      "may log nowhere else, and may leave that out",
      '{ gateway: { mode: "local" }, logging: { file: "/tmp/x" } }',
      ["logging.file"],
    ],
    [
      "may let the Control UI connect from elsewhere, too",
      '{ gateway: { mode: "local", controlUi: { allowedOrigins: ["http://a", "http://localhost:18789"] } } }',
      [],
    ],
    [
      "lets it connect from the panel's address",
      '{ gateway: { mode: "local", controlUi: { allowedOrigins: ["http://a"] } } }',
      ["gateway.controlUi.allowedOrigins"],
    ],
    [
      "has the access that its owner chose",
      '{ gateway: { mode: "local", auth: { mode: "password", password: "p" } } }',
      [],
    ],
  ])("%s", (_, text, wrong) => {
    expect(namesOf(text)).toEqual(wrong);
  });
});

describe("a configuration for the ingress", () => {
  const auth = trustedAuth(HEADER);
  const right = {
    gateway: {
      ...{ mode: "local", bind: "lan", port: 18789, auth, trustedProxies: ["10.213.0.1"] },
      controlUi: { allowedOrigins: [ORIGIN] },
    },
    plugins: { entries: { "admin-http-rpc": { enabled: true } } },
  };

  test("is right as the panel makes it, also with more in it", () => {
    expect(namesOf(JSON.stringify(right), THROUGH)).toEqual([]);
    const more = structuredClone(right);
    more.gateway.trustedProxies.unshift("10.0.0.9");
    Object.assign(more.gateway.auth, { rateLimit: { maxAttempts: 10 } });
    expect(namesOf(JSON.stringify(more), THROUGH)).toEqual([]);
  });

  test("is mended where it is wrong, and nowhere else", () => {
    const text = `{
  gateway: {
    mode: "local", // mine
    auth: {
      /* the way in */ mode: 'token', token: "t", // gone
      rateLimit: { maxAttempts: 10 },
    },
    trustedProxies: [
      "10.0.0.9", // nginx
    ],
  },
}
`;
    const mended = putRight(text, THROUGH);
    expect(namesOf(mended, THROUGH)).toEqual([]);
    expect(parseJson5Object(mended)).toEqual({
      gateway: {
        ...{ mode: "local", auth: { ...auth, rateLimit: { maxAttempts: 10 } } },
        trustedProxies: ["10.0.0.9", "10.213.0.1"],
        controlUi: { allowedOrigins: [ORIGIN] },
      },
      plugins: right.plugins,
    });
    for (const comment of ["// mine", "/* the way in */", "// gone", "// nginx"])
      expect(mended).toContain(comment);
  });

  test("names what is wrong once, not each part of it", () => {
    const text = '{ gateway: { mode: "local", auth: { mode: "none" }, trustedProxies: 1 } }';
    expect(namesOf(text, THROUGH)).toEqual([
      "gateway.controlUi.allowedOrigins",
      "gateway.auth",
      "gateway.trustedProxies",
      "plugins.entries.admin-http-rpc.enabled",
    ]);
  });

  test("of an address that is not known has no access that the panel knows", () => {
    expect(wrongKeys("{}", managedKeys(null)).map(({ path }) => path)).toEqual([
      ["gateway", "mode"],
    ]);
  });
});

test("what is no object on the way is replaced", () => {
  const mended = putRight("{ gateway: [1], /* c */ plugins: 'x' }", THROUGH);
  expect(namesOf(mended, THROUGH)).toEqual([]);
  expect(mended).toContain("/* c */");
});

test("the last of equal keys counts", () => {
  expect(putRight('{ gateway: { mode: "local", mode: "remote" } }', BY_TOKEN)).toBe(
    '{ gateway: { mode: "local", mode: "local" } }',
  );
});

/** A value that is wrong as it is written, and the one that comes in its place. */
const wrong = (draw: Draw, present: unknown, value: unknown) => {
  const text = textOf(writeJson5(draw, present));
  return new Pieces([{ text, expected: JSON.stringify(value) }]);
};

test("every other byte of any text stays", () => {
  fc.assert(
    fc.property(anySeed, anyObject, anyObject, (seed, around, beside) => {
      const draw = drawFrom(seed);
      const pieces = writeDocument(draw, {
        ...around,
        gateway: {
          ...beside,
          ...{ mode: wrong(draw, "remote", "local"), bind: wrong(draw, ["x", {}], "lan") },
          ...{ port: wrong(draw, 1, 18789), controlUi: {} },
        },
        logging: { ...beside, file: wrong(draw, { a: "b" }, "/var/log/openclaw/openclaw.log") },
      });
      const mended = putRight(textOf(pieces), BY_TOKEN);
      expect(mended).toBe(expectedOf(pieces));
      expect(putRight(mended, BY_TOKEN)).toBe(mended);
    }),
    { numRuns: 1000 },
  );
});

test("any text that lacks all of it is whole afterwards, with all its comments and values", () => {
  fc.assert(
    fc.property(anySeed, anyObject, (seed, object) => {
      const { gateway: _, ...others } = object;
      const pieces = writeDocument(drawFrom(seed), others);
      const mended = putRight(textOf(pieces), THROUGH);
      expect(namesOf(mended, THROUGH)).toEqual([]);
      const { gateway: __, plugins: ___, ...rest } = parseJson5Object(mended);
      expect(rest).toEqual(others);
      let from = 0;
      for (const { text } of pieces) {
        const at = mended.indexOf(text, from);
        expect(at).toBeGreaterThanOrEqual(from);
        from = at + text.length;
      }
    }),
  );
});
