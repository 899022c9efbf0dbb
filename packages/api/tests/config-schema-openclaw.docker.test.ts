import { readFile } from "node:fs/promises";
import { factsAt, keysAt } from "@claw/core/config-schema/key-facts";
import { prepareSchema } from "@claw/core/config-schema/prepare-schema";
import { withValue } from "@claw/core/json5-edit";
import { LABEL } from "@claw/core/naming";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start. */
const PATIENCE_MS = 240_000;

let place: DockerHome;
let panel: PanelProcess;

const instances = () => panel.client.instances;
const check = (text: string) => instances().validateConfig.query({ id: "clara", text });

beforeAll(async () => {
  place = await DockerHome.make(25_100, "10.218.35.0/24");
  panel = await PanelProcess.start({
    ...place.env,
    CLAW_IMAGE: OPENCLAW_IMAGE,
    CLAW_INSTANCE_DOMAIN: "none",
  });
  await instances().create.mutate({ id: "clara", name: "安娜", start: false });
}, PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

test("a new configuration is valid, and the image was asked in a container that is gone", {
  timeout: PATIENCE_MS,
}, async () => {
  const { text } = await instances().readConfig.query({ id: "clara" });
  expect(await check(text)).toEqual({ valid: true, issues: [] });
  const { message } = await instances().saveConfig.mutate({
    ...(await instances().readConfig.query({ id: "clara" })),
    ...{ id: "clara", text: `${text}// mine\n` },
  });
  // Not "only its syntax": the schema was had and used. A busy machine has no time for the image's
  // own word, which image-word-openclaw.docker.test.ts waits for.
  const late = `( Only its schema was checked: The command .* did not end within 20 seconds.*)?`;
  expect(message).toMatch(new RegExp(`^It takes effect at the next start\\.${late}$`));
  const labels = [`${LABEL.home}=${place.home}`, LABEL.oneOff];
  const filters = labels.flatMap((label) => ["--filter", `label=${label}`]);
  expect(await docker("ps", "-aq", ...filters)).toBe("");
});

/** A configuration that starts, with a mistake in it. */
const withLine = (line: string) => `{
  // 注释
  gateway: { mode: "local", bind: "lan", port: 18789, auth: { mode: "token", token: "t" } },
  ${line}
}
`;

describe("a mistake that a real gateway would end with is refused at its line:", () => {
  test.each([
    ["an unknown key", "frobnicate: true,", 4, "", "Unrecognized key: frobnicate"],
    ["channels as a list", "channels: [],", 4, "channels", "expected object, received array"],
    [
      "defaults of tools",
      "tools: {\n    defaults: {} },",
      5,
      "tools",
      "Unrecognized key: defaults",
    ],
    [
      "a text for a number",
      "logging: {\n    maxFileBytes: 'x' },",
      5,
      "logging.maxFileBytes",
      "received string",
    ],
  ])("%s", { timeout: PATIENCE_MS }, async (_, member, line, path, said) => {
    const { valid, issues } = await check(withLine(member));
    expect(valid).toBe(false);
    expect(issues).toContainEqual({
      ...{ line, path, source: "schema", column: expect.any(Number) },
      message: expect.stringContaining(said),
    });
  });

  test.each([
    ["the token in the wrong place", 'token: "t"', "gateway", "Unrecognized key: token"],
    ["an address for bind", 'bind: "0.0.0.0"', "gateway.bind", '"lan"'],
    ["an unknown key", "frobnicate: 1", "gateway", "Unrecognized key: frobnicate"],
  ])("within gateway: %s", { timeout: PATIENCE_MS }, async (_, member, path, said) => {
    const text = `{\n  gateway: {\n    mode: "local",\n    ${member},\n  },\n}`;
    const { issues } = await check(text);
    expect(issues).toContainEqual({
      ...{ line: 4, path, source: "schema", column: expect.any(Number) },
      message: expect.stringContaining(said),
    });
  });

  test("and a save of it writes nothing", { timeout: PATIENCE_MS }, async () => {
    const { text, revision } = await instances().readConfig.query({ id: "clara" });
    const bad = text.replace("gateway: {", "gateway: { frobnicate: 1,");
    const saving = instances().saveConfig.mutate({ id: "clara", text: bad, revision });
    await expect(saving).rejects.toMatchObject({ data: { reason: "CONFIG_INVALID" } });
    expect((await instances().readConfig.query({ id: "clara" })).text).toBe(text);
  });
});

test("what OpenClaw takes is not refused: a model without provider, a sandbox, plugins, variables", {
  timeout: PATIENCE_MS,
}, async () => {
  const lines = [
    'agents: { defaults: { model: "gpt-4", sandbox: { mode: "non-main" } } },',
    'plugins: { entries: { imap: { enabled: false }, "not-bundled": { config: { a: 1 } } } },',
    "channels: { 'not-bundled': { a: 1 } }, $schema: 'https://docs.openclaw.ai/schema',",
    "logging: { level: '${LOG_LEVEL}' },",
    "agents: { $include: './agents.json5' },",
    // Its schema requires two policies, which have defaults.
    "channels: { telegram: { botToken: '1:a' }, discord: { token: 't' } },",
  ];
  for (const line of lines)
    expect(await check(withLine(line)), line).toEqual({ valid: true, issues: [] });
});

test("the editor reads the same schema: what it offers is what OpenClaw takes", {
  timeout: PATIENCE_MS,
}, async () => {
  const { schema: key } = await instances().prepareChecks.query({ id: "clara" });
  const headers = { authorization: `Bearer ${panel.token}`, "accept-encoding": "gzip" };
  const answer = await fetch(`${panel.url}/schemas/${key}`, { headers });
  expect(Number(answer.headers.get("content-length"))).toBeLessThan(150_000);
  const schema = prepareSchema(await answer.json());
  expect(keysAt(schema, []).map((each) => each.key)).toContain("gateway");
  expect(keysAt(schema, ["channels"]).length).toBeGreaterThan(20);
  expect(factsAt(schema, ["gateway", "bind"])?.description).toMatch(/bind/i);
  for (const path of [
    ["gateway", "bind"],
    ["logging", "level"],
    ["tools", "profile"],
  ]) {
    const values = factsAt(schema, path)?.values ?? [];
    expect(values.length, path.join(".")).toBeGreaterThan(1);
    const { text } = await instances().readConfig.query({ id: "clara" });
    for (const value of values)
      expect(await check(withValue(text, path, value)), String(value)).toMatchObject({
        valid: true,
      });
  }
});

test("a check costs milliseconds once the schema is prepared", {
  timeout: PATIENCE_MS,
}, async () => {
  expect((await check(withLine(""))).valid).toBe(true);
  const begun = performance.now();
  for (let turn = 0; turn < 20; turn++) await check(withLine("frobnicate: 1,"));
  // A check takes milliseconds; a machine of two busy cores may need longer.
  expect((performance.now() - begun) / 20).toBeLessThan(500);
});

test("a long text, checked again and again, costs the panel no more than the schema itself", {
  timeout: PATIENCE_MS,
}, async () => {
  const accounts = Array.from({ length: 3_500 }, (_, at) => `bot${at}: { frobnicate: 1 }`);
  const text = withLine(`channels: { telegram: { accounts: { ${accounts.join(", ")} } } },`);
  for (let turn = 0; turn < 60; turn++) expect((await check(text)).valid).toBe(false);
  const status = await readFile(`/proc/${panel.pid}/status`, "utf8");
  const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  expect(peak).toBeLessThan(1.5e9);
});
