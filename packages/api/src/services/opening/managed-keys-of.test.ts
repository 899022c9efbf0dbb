import { parseJson5Object } from "@claw/core/json5-edit";
import { putRight, wrongKeys } from "@claw/core/managed-keys";
import { readToken, valueAt } from "@claw/core/openclaw-config";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "../instance/create-instance.ts";
import { managedKeysOf } from "./managed-keys-of.ts";

async function withAnna(openclawVersion: string | null) {
  const timing = openclawVersion === null ? {} : { openclawVersion };
  const panel = await createTestPanel({ timing });
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  return panel;
}

const configOf = async ({ context }: TestPanel) =>
  (await context.disk.storage.readConfig("anna")) ?? "";
const keysOf = ({ context }: TestPanel) => managedKeysOf(context, "anna");

test.each([
  ["through the panel", "2026.9.6"],
  ["by its token", null],
])("nothing is wrong with the first configuration of an instance that opens %s", async (_, version) => {
  await using panel = await withAnna(version);
  expect(wrongKeys(await configOf(panel), await keysOf(panel))).toEqual([]);
});

test("what is put right is what the panel itself would write", async () => {
  await using panel = await withAnna("2026.9.6");
  const text = await configOf(panel);
  const broken = text
    .replace('"trusted-proxy"', '"none"')
    .replace("10.99.0.1", "10.99.0.7")
    .replace('mode: "local"', 'mode: "remote"');
  expect(broken).not.toBe(text);
  const mended = parseJson5Object(putRight(broken, await keysOf(panel)));
  const before = parseJson5Object(text);
  for (const path of [["gateway", "auth"], ["gateway", "mode"], ["plugins"]])
    expect(valueAt(mended, path)).toEqual(valueAt(before, path));
  expect(valueAt(mended, ["gateway", "trustedProxies"])).toEqual(["10.99.0.7", "10.99.0.1"]);
});

test("an owner's token is the owner's, until the instance opens through the panel", async () => {
  await using panel = await withAnna(null);
  const own = (await configOf(panel)).replace(readToken(await configOf(panel)), "mine");
  expect(wrongKeys(own, await keysOf(panel))).toEqual([]);
  await using other = await withAnna("2026.9.6");
  expect(wrongKeys(own, await keysOf(other)).map(({ path }) => path.join("."))).toContain(
    "gateway.auth",
  );
});

test("an instance that is not there has none", async () => {
  await using panel = await withAnna(null);
  await rejects(managedKeysOf(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});
