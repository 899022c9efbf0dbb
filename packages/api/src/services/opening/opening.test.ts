import { trustedAuth } from "@claw/core/gateway-access";
import type { InstanceSpec } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import { readToken, valueAt } from "@claw/core/openclaw-config";
import { expect, test } from "vitest";
import { eventually, settled, signalled } from "../../../tests/support/deadline.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import {
  createTestPanel,
  type TestAppOptions,
  type TestPanel,
} from "../../../tests/support/test-app.ts";
import { NOBODY } from "../access/audit-draft.ts";
import { createInstance } from "../instance/create-instance.ts";
import { openInstance } from "../instance/open-instance.ts";
import { operateOn } from "../instance/operate-on.ts";
import { updateInstance } from "../instance/update-instance.ts";
import { createAddresses } from "../runtime/addresses.ts";
import { admitToInstance } from "./admit-to-instance.ts";
import { enterInstance } from "./enter-instance.ts";
import { followAddress } from "./follow-address.ts";
import { fitConfig } from "./gateway-access-of.ts";
import { canServe, newIngress } from "./new-ingress.ts";
import { requireTrust } from "./prove-ingress.ts";
import { requireRunning } from "./require-running.ts";

const PANEL = "http://127.0.0.1:8000";
const OPENCLAW = { openclawVersion: "2026.9.6" };

async function withAnna(options: TestAppOptions = {}) {
  const panel = await createTestPanel({ ...options, timing: { ...OPENCLAW, ...options.timing } });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: true });
  await panel.until("anna", "running");
  return panel;
}

const specOf = (panel: TestPanel) =>
  panel.context.runtime.live.board.specOf("anna") as InstanceSpec;
const configOf = async (panel: TestPanel) =>
  (await panel.context.disk.storage.readConfig("anna")) ?? "";

test("a new instance opens through the panel, at an address of its own and without a token", async () => {
  await using panel = await withAnna();
  const { label, ingress } = specOf(panel);
  expect(label).toMatch(/^anna-[0-9a-f]{10}$/);
  const gateway = valueAt(parseJson5Object(await configOf(panel)), ["gateway"]);
  expect(gateway).toMatchObject({
    trustedProxies: ["10.99.0.1"],
    auth: trustedAuth(ingress?.header ?? ""),
    controlUi: { allowedOrigins: [`http://${label}.localhost:0`] },
  });
  expect(await openInstance(panel.context, { id: "anna", access: "full" }, PANEL)).toEqual({
    url: `${PANEL}/open/anna/${label}?access=full`,
    expiresAt: null,
  });
  expect(panel.context.runtime.live.board.get("anna").url).toBe(`http://${label}.localhost:0/`);
  const compose = await panel.context.engine.list("anna");
  expect(compose.size).toBe(1);
});

test.each<[string, TestAppOptions]>([
  ["a panel without addresses for them", { config: { instanceSite: null } }],
  ["a port that others reach", { config: { publishHost: "0.0.0.0" } }],
  ["an engine that shows another address", { timing: { capabilities: { bridgePeer: false } } }],
  ["an OpenClaw that is too old", { timing: { openclawVersion: "2026.7.1" } }],
])("with %s instances keep their token", async (_, options) => {
  await using panel = await createTestPanel({
    ...options,
    timing: { ...OPENCLAW, ...options.timing },
  });
  expect(await newIngress(panel.context)).toBeNull();
  const { openclawVersion } = { ...OPENCLAW, ...options.timing };
  expect(
    canServe({ ...panel.context, ...panel.context.runtime }, panel.context.config, openclawVersion),
  ).toBe(false);
});

test("the first answer of its gateway proves the panel's way, once", async () => {
  const asked: string[] = [];
  await using panel = await withAnna({
    gateways: {
      trust: async ({ header, origin }, as) => {
        asked.push(`${header} ${origin} ${as}`);
        return "trusted";
      },
    },
  });
  await eventually(() => expect(specOf(panel).ingress?.proven).toBe(true));
  const { ingress, label } = specOf(panel);
  expect(asked).toEqual([`${ingress?.header} http://${label}.localhost:0 panel`]);
});

test("a gateway that sees another address goes back to its token, and the panel says so", async () => {
  await using panel = await withAnna({ gateways: { trust: async () => "refused" } });
  await eventually(() => expect(specOf(panel).ingress).toBeNull());
  await eventually(async () => expect(readToken(await configOf(panel))).toMatch(/^[0-9a-f]{64}$/));
  // It restarts meanwhile, and is not opened then.
  await eventually(async () => {
    const { url } = await openInstance(panel.context, { id: "anna" }, PANEL);
    expect(url).toContain("http://127.0.0.1:20000/#token=");
  });
  expect(await configOf(panel)).toContain("http://127.0.0.1:20000");
  const { conditions } = await panel.context.runtime.conditions.read();
  expect(conditions).toContainEqual(expect.objectContaining({ code: "INGRESS_REFUSED" }));
});

test("a gateway that comes up slowly is asked again, and holds up no other", async () => {
  let first: "silent" | "refused" = "silent";
  await using panel = await createTestPanel({
    timing: OPENCLAW,
    gateways: {
      trust: async ({ origin }) => (origin.includes("//anna-") ? first : "trusted"),
    },
  });
  for (const id of ["anna", "ben"]) {
    await createInstance(panel.context, { id, name: id, start: true });
    await panel.until(id, "running");
  }
  const { board } = panel.context.runtime.live;
  await eventually(() => expect(board.specOf("ben")?.ingress?.proven).toBe(true));
  expect(specOf(panel).ingress?.proven).toBe(false);
  first = "refused";
  panel.host.advance(500);
  await eventually(() => expect(specOf(panel).ingress).toBeNull());
});

test.each([
  "trusted",
  "refused",
] as const)("an answer, %s, to a former ingress says nothing of the present one", async (trust) => {
  const answer = Promise.withResolvers<"trusted" | "refused">();
  const asked = signalled();
  await using panel = await withAnna({
    gateways: {
      trust: () => {
        asked.resolve();
        return answer.promise;
      },
    },
  });
  await asked.promise;
  const ingress = { header: "x-claw-user-other", password: "other", proven: false };
  await updateInstance(panel.context, "anna", { ingress });
  const { startedAt } = panel.context.runtime.live.board.get("anna");
  answer.resolve(trust);
  await settled();
  await operateOn(panel.context, "anna", "saving", async () => undefined, { waits: {} });
  await settled();
  expect(specOf(panel).ingress).toEqual(ingress);
  expect(panel.context.runtime.live.board.get("anna")).toMatchObject({
    status: "running",
    startedAt,
  });
});

test("one that was proven and then changed by hand keeps its configuration, and says what to undo", async () => {
  let trust: "trusted" | "refused" | "silent" = "trusted";
  await using panel = await withAnna({ gateways: { trust: async () => trust } });
  await eventually(() => expect(specOf(panel).ingress?.proven).toBe(true));
  const before = await configOf(panel);
  trust = "refused";
  const error = await rejects(requireTrust(panel.context, specOf(panel)), "GATEWAY_REFUSES");
  expect(error.message).toContain("gateway.trustedProxies");
  trust = "silent";
  await rejects(requireTrust(panel.context, specOf(panel), 0), "GATEWAY_SILENT");
  const asleep = panel.host.asleep;
  const waiting = requireTrust(panel.context, specOf(panel));
  await eventually(() => expect(panel.host.asleep).toBe(asleep + 1));
  trust = "trusted";
  panel.host.advance(500);
  await waiting;
  expect(await configOf(panel)).toBe(before);
});

test("only a running instance of this label gives a ticket", async () => {
  await using panel = await withAnna();
  const by = { viewer: panel.viewer, actor: NOBODY, panelOrigin: PANEL };
  const { label } = specOf(panel);
  await rejects(enterInstance(panel.context, { id: "anna", label: "x" }, by), "INSTANCE_NOT_FOUND");
  const entry = await enterInstance(panel.context, { id: "anna", label }, by);
  expect(entry.action).toBe(`http://${label}.localhost:0/.claw/enter`);
  expect(await admitToInstance(panel.context, specOf(panel), "no.seal")).toBeNull();
  panel.engine.setReachable(false);
  await panel.until("anna", "unknown");
  await rejects(enterInstance(panel.context, { id: "anna", label }, by), "INSTANCE_NOT_RUNNING");
  expect(() => requireRunning(panel.context, "anna")).toThrow("does not run (unknown)");
});

test("an opening under another port lets the Control UI connect from there", async () => {
  await using panel = await withAnna();
  const { label } = specOf(panel);
  const { storage } = panel.context.disk;
  await storage.writeConfig("anna", `// by hand\n${await configOf(panel)}`);
  panel.context.runtime.addresses.listensOn(9_000);
  const by = { viewer: panel.viewer, actor: NOBODY, panelOrigin: PANEL };
  await enterInstance(panel.context, { id: "anna", label }, by);
  const origins = ["gateway", "controlUi", "allowedOrigins"];
  const text = await configOf(panel);
  expect(valueAt(parseJson5Object(text), origins)).toEqual([`http://${label}.localhost:9000`]);
  expect(text).toContain("// by hand");
  await storage.writeConfig("anna", "{ broken");
  await followAddress(panel.context, { id: "anna" }, `http://${label}.localhost:9001`);
  expect(await configOf(panel)).toBe("{ broken");
});

test("a configuration of elsewhere is fitted: to the ingress, or to the port", async () => {
  await using panel = await withAnna();
  const spec = specOf(panel);
  const foreign = '{ gateway: { auth: { mode: "token", token: "t" } } }';
  const fitting = fitConfig(panel.context, spec, foreign, null);
  expect(valueAt(parseJson5Object(fitting), ["gateway", "trustedProxies"])).toEqual(["10.99.0.1"]);
  expect(fitting).not.toContain('"t"');
  const back = fitConfig(panel.context, { ...spec, ingress: null }, fitting, null);
  expect(readToken(back)).toMatch(/^[0-9a-f]{64}$/);
  expect(back).toContain("http://127.0.0.1:20000");
});

test("addresses follow the port that the panel was given", () => {
  const network = { host: "127.0.0.1", publicNames: [], tls: false, ownAuthority: false };
  const addresses = createAddresses({ port: 0 }, () => ({
    ...network,
    publicPort: null,
    instanceSite: { domain: "localhost", scheme: "http" },
  }));
  addresses.listensOn(8123);
  expect(addresses.panel()).toBe("http://127.0.0.1:8123");
  const spec = { label: "a-1", publishHost: "127.0.0.1", port: 20_000 };
  const ingress = { header: "h", password: "p", proven: true };
  expect(addresses.urlOf({ ...spec, ingress })).toBe("http://a-1.localhost:8123/");
  expect(addresses.urlOf({ ...spec, ingress: null })).toBe("http://127.0.0.1:20000/");
});
