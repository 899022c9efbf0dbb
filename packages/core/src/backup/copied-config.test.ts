import { describe, expect, test } from "vitest";
import { DomainError } from "../errors.ts";
import { parseJson5Object } from "../json5-edit.ts";
import { valueAt } from "../openclaw-config.ts";
import { configOfCopy } from "./copied-config.ts";

const TOKEN = "b".repeat(64);
const ORIGINAL = `// 网关
{
  gateway: {
    auth: { mode: "token", token: "aaaa" }, // 令牌
    tailscale: { mode: "serve" },
  },
  channels: {
    // 飞书
    feishu: { enabled: true, appId: "cli_1", accounts: { second: { enabled: true } } },
    whatsapp: {},
    defaults: { groupPolicy: "open" },
  },
  hooks: { enabled: true, token: "h" },
  plugins: { entries: { imap: { enabled: true } } }, // end
}
`;

const copied = parseJson5Object(configOfCopy(ORIGINAL, TOKEN));
const at = (...path: string[]) => valueAt(copied, path);

describe("the configuration of a copy", () => {
  test("has a token of its own", () => {
    expect(at("gateway", "auth")).toEqual({ mode: "token", token: TOKEN });
    expect(configOfCopy(ORIGINAL, TOKEN)).not.toContain("aaaa");
  });

  test("has every channel off, also those that the environment alone could bring up", () => {
    for (const channel of ["feishu", "whatsapp", "telegram", "discord", "slack"])
      expect(at("channels", channel, "enabled"), channel).toBe(false);
    expect(at("channels", "feishu", "appId")).toBe("cli_1");
    expect(at("channels", "defaults")).toEqual({ groupPolicy: "open" });
  });

  test("does nothing by itself with what belongs to the original", () => {
    expect(at("cron", "enabled")).toBe(false);
    expect(at("hooks")).toEqual({ enabled: false, token: "h" });
    expect(at("plugins", "entries", "imap", "enabled")).toBe(false);
    expect(at("gateway", "tailscale", "mode")).toBe("off");
  });

  test("keeps its comments, and names nothing that was not there without need", () => {
    const text = configOfCopy(ORIGINAL, TOKEN);
    for (const comment of ["// 网关", "// 令牌", "// 飞书", "// end"])
      expect(text).toContain(comment);
    const small = parseJson5Object(configOfCopy("{}", TOKEN));
    expect(Object.keys(small).sort()).toEqual(["channels", "cron", "gateway"]);
  });

  test.each([
    `{ channels: [] }`,
    `{ channels: null, gateway: "x" }`,
    `{ gateway: { auth: { token: { source: "env", provider: "default", id: "T" } } } }`,
  ])("is whole again where the original was not: %s", (text) => {
    const config = parseJson5Object(configOfCopy(text, TOKEN));
    expect(valueAt(config, ["gateway", "auth", "token"])).toBe(TOKEN);
    expect(valueAt(config, ["channels", "telegram", "enabled"])).toBe(false);
  });

  test.each([
    `{ $include: "./more.json5" }`,
    `{ channels: { $include: ["a.json5"] } }`,
    `{ plugins: { $include: "p" } }`,
    `{ nonsense`,
  ])("is refused when it cannot be made sure: %s", (text) => {
    expect(() => configOfCopy(text, TOKEN)).toThrow(DomainError);
  });
});
