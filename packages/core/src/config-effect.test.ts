import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changedPaths, configEffect, keyEffect } from "./config-effect.ts";
import { anyObject } from "./json5.fixture.ts";

/** A configuration with `value` at a dotted path. */
function at(path: string, value: unknown): Record<string, unknown> {
  return path.split(".").reduceRight<unknown>((node, key) => ({ [key]: node }), value) as Record<
    string,
    unknown
  >;
}

describe("configEffect of a running instance", () => {
  test.each([
    // Observed on the real gateway (facts, 5).
    ["gateway.controlUi.allowedOrigins", "hot"],
    ["gateway.bind", "restart"],
    // OpenClaw 2026.9.6, docs/gateway/configuration/hot-reload.md and its reload plan.
    ["agents.defaults.model", "hot"],
    ["agents.entries.main.workspace", "hot"],
    ["models.providers.deepseek.apiKey", "hot"],
    ["channels.telegram.enabled", "hot"],
    ["plugins.entries.imap.config", "hot"],
    ["logging.level", "hot"],
    ["gateway.auth.token", "hot"],
    ["gateway.auth.password", "hot"],
    ["gateway.auth.mode", "restart"],
    ["gateway.auth", "restart"],
    ["gateway.port", "restart"],
    ["gateway.mode", "restart"],
    ["gateway.tailscale.mode", "restart"],
    ["gateway.tls.enabled", "restart"],
    ["gateway.remote.url", "hot"],
    ["gateway.reload.mode", "hot"],
    ["gateway.controlUi.enabled", "hot"],
    ["gateway.controlUi.basePath", "restart"],
    ["gateway.nodes.pairing", "hot"],
    ["gateway.nodes.somethingElse", "restart"],
    ["gateway.portals", "restart"],
    ["mcp.servers.x", "hot"],
    ["mcp.apps.port", "restart"],
    ["mcp.apps", "restart"],
    ["mcp.apps.sandboxOrigin", "hot"],
    ["secrets.providers", "hot"],
    ["secrets.egressProxy.url", "restart"],
    ["diagnostics.flags", "hot"],
    ["diagnostics.otel.endpoint", "restart"],
    ["update.checkOnStart", "hot"],
    ["update.somethingElse", "restart"],
    ["discovery.mdns.mode", "hot"],
    ["discovery.wideArea", "restart"],
    ["browser.headless", "hot"],
    ["browser.somethingElse", "restart"],
    // A key that merely shares a prefix with a hot one.
    ["toolsmith", "restart"],
    ["gateway.auth.tokens", "restart"],
    ["env.vars.X", "restart"],
    ["unknown", "restart"],
  ] as const)("when %s changes: %s", (path, effect) => {
    expect(configEffect(at(path, "a"), at(path, "b"), true)).toBe(effect);
    expect(configEffect({}, at(path, "b"), true)).toBe(effect);
    expect(configEffect(at(path, "a"), {}, true)).toBe(effect);
  });

  test("is the slower of two", () => {
    const before = { logging: { level: "info" }, gateway: { bind: "lan" } };
    const after = { logging: { level: "debug" }, gateway: { bind: "loopback" } };
    expect(configEffect(before, { ...before, logging: after.logging }, true)).toBe("hot");
    expect(configEffect(before, after, true)).toBe("restart");
  });

  test("with only comments changed is nothing to wait for", () => {
    fc.assert(
      fc.property(anyObject, (config) => {
        expect(configEffect(config, structuredClone(config), true)).toBe("hot");
      }),
    );
  });

  describe("that does not apply changes by itself", () => {
    const off = at("gateway.reload.mode", "off");
    const withLevel = (base: object, level: string) => ({ ...base, logging: { level } });

    test("is a restart, whatever changed", () => {
      expect(configEffect(withLevel(off, "info"), withLevel(off, "debug"), true)).toBe("restart");
    });

    test("is nothing when nothing changed", () => {
      expect(configEffect(off, off, true)).toBe("hot");
    });

    test("follows the mode that is saved, as the gateway does", () => {
      const hybrid = at("gateway.reload.mode", "hybrid");
      expect(configEffect(withLevel(hybrid, "info"), withLevel(off, "debug"), true)).toBe(
        "restart",
      );
      expect(configEffect(withLevel(off, "info"), withLevel(hybrid, "debug"), true)).toBe("hot");
    });
  });
});

test("configEffect of an instance that does not run is the next start", () => {
  fc.assert(
    fc.property(anyObject, anyObject, (before, after) => {
      expect(configEffect(before, after, false)).toBe("next-start");
    }),
  );
});

describe("changedPaths", () => {
  test.each([
    ["nothing", { a: { b: 1 } }, { a: { b: 1 } }, []],
    ["the order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ["a leaf", { a: { b: 1, c: 2 } }, { a: { b: 2, c: 2 } }, ["a.b"]],
    ["a new branch", {}, { a: { b: 1, c: { d: 2 } } }, ["a.b", "a.c.d"]],
    ["a branch gone", { a: { b: 1, c: { d: 2 } } }, {}, ["a.b", "a.c.d"]],
    ["a list", { a: [1, 2] }, { a: [2, 1] }, ["a"]],
    ["an equal list of objects", { a: [{ x: 1 }] }, { a: [{ x: 1 }] }, []],
    ["an object in place of a text", { a: "x" }, { a: { b: 1 } }, ["a"]],
    ["null in place of an object", { a: { b: 1 } }, { a: null }, ["a"]],
    ["a text in place of a number", { a: "1" }, { a: 1 }, ["a"]],
    ["infinity in place of null", { a: null }, { a: Number.POSITIVE_INFINITY }, ["a"]],
    ["a NaN that stays one", { a: Number.NaN }, { a: Number.NaN }, []],
    ["infinity within a list", { a: [Number.NaN] }, { a: [Number.POSITIVE_INFINITY] }, ["a"]],
    ["no configuration before", undefined, { a: 1 }, ["a"]],
    [
      "a key of every object",
      {},
      JSON.parse('{"constructor": 1, "__proto__": 2}'),
      ["constructor", "__proto__"],
    ],
  ])("of %s", (_, before, after, paths) => {
    expect(changedPaths(before, after)).toEqual(paths);
  });

  test("are the same both ways, and there are none only between equals", () => {
    fc.assert(
      fc.property(anyObject, anyObject, (one, other) => {
        const there = changedPaths(one, other);
        expect(new Set(changedPaths(other, one))).toEqual(new Set(there));
        expect(changedPaths(one, structuredClone(one))).toEqual([]);
      }),
    );
  });

  test("name the one leaf that was changed", () => {
    const key = fc.stringMatching(/^[a-z]{1,3}$/);
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), (path) => {
        const dotted = path.join(".");
        expect(changedPaths(at(dotted, 1), at(dotted, 2))).toEqual([dotted]);
      }),
    );
  });
});

describe("how a gateway takes a change of a key", () => {
  test.each([
    [["logging", "level"], "hot"],
    [["agents"], "hot"],
    [["gateway", "auth", "token"], "hot"],
    [["gateway", "port"], "restart"],
    [["gateway", "auth"], null],
    [["gateway"], null],
    // Hot, but for what lies below `mcp.apps`; and there again, but for one key.
    [["mcp"], null],
    [["mcp", "servers"], "hot"],
    [["mcp", "apps"], null],
    [["mcp", "apps", "port"], "restart"],
    [["mcp", "apps", "sandboxOrigin"], "hot"],
    [["plugins", "entries", "a.b", "enabled"], "hot"],
    [["frobnicate"], "restart"],
  ])("%j: %s", (path, effect) => {
    expect(keyEffect(path, {})).toBe(effect);
  });

  test("as saving that key alone would be", () => {
    const key = fc.constantFrom(
      "gateway",
      "auth",
      "token",
      "mcp",
      "apps",
      "logging",
      "x",
      "update",
    );
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), (path) => {
        const effect = keyEffect(path, {});
        if (effect) expect(configEffect({}, at(path.join("."), 1), true)).toBe(effect);
      }),
    );
  });

  test("that rereads nothing by itself", () => {
    const config = { gateway: { reload: { mode: "off" } } };
    expect(keyEffect(["logging", "level"], config)).toBe("restart");
  });
});
