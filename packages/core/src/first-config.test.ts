import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { firstConfig, standardTemplate } from "./first-config.ts";
import { parseJson5Object } from "./json5-edit.ts";
import { CONFIG_TEMPLATE, renderConfig } from "./openclaw-config.ts";
import { checkTemplate, type TemplateValues } from "./template-variables.ts";

const file = readFileSync(
  new URL(`../../../templates/${CONFIG_TEMPLATE}`, import.meta.url),
  "utf8",
);
const values: TemplateValues = {
  ...{ id: "anna", name: 'An"na', label: "anna-0", timezone: "UTC", group: "", token: "t0k3n" },
};

describe("the first configuration from a template of the page", () => {
  test("is reachable, whatever the template says of it", () => {
    const template = `{
      gateway: { mode: "remote", bind: "loopback", port: 1, auth: { mode: "none" } }, // ours
      ui: { assistant: { name: "{{name}}" } },
    }`;
    const text = firstConfig(template, values, false);
    expect(text).toContain("// ours");
    expect(parseJson5Object(text)).toEqual({
      gateway: {
        mode: "local",
        bind: "lan",
        port: 18789,
        auth: { mode: "token", token: "t0k3n" },
        controlUi: { allowedOrigins: [] },
      },
      ui: { assistant: { name: 'An"na' } },
    });
  });

  test("says nothing of the access when the panel sets it", () => {
    expect(parseJson5Object(firstConfig("{}", values, true))).toEqual({
      gateway: { mode: "local", bind: "lan", port: 18789 },
    });
  });
});

describe("the template in the panel's folder", () => {
  test("is valid on the page, and makes the same configuration as from its file", () => {
    const template = standardTemplate(file);
    checkTemplate(template);
    expect(template).toContain("// OpenClaw 网关配置");
    expect(template).not.toMatch(/\{%|auth:|allowedOrigins/);
    const access = { auth: expect.anything(), controlUi: expect.anything() };
    const own = parseJson5Object(renderConfig(file, { token: values.token, port: 18789 }));
    const made = parseJson5Object(firstConfig(template, values, false));
    expect(made).toEqual({ ...own, gateway: { ...Object(own.gateway), ...access } });
    expect(made).toHaveProperty("gateway.auth", { mode: "token", token: "t0k3n" });
  });

  test("keeps its token as a variable where the administrator uses it for more", () => {
    const hooks = file.replace(
      "channels: {}",
      "channels: {}, hooks: { token: {{ token | dump }} }",
    );
    expect(standardTemplate(hooks)).toContain('hooks: { token: "{{token}}" }');
  });
});
