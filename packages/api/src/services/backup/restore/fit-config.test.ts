import { readToken } from "@claw/core/openclaw-config";
import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { specOf } from "../../../../tests/support/specs.ts";
import { createTestPanel, type TestPanel } from "../../../../tests/support/test-app.ts";
import { fitStagedConfig } from "./fit-config.ts";

const TEXT = `{
  // 令牌
  gateway: {
    auth: { token: "secret" },
    controlUi: { allowedOrigins: ["http://localhost:20000", "http://127.0.0.1:20000"] },
  },
}`;

/** The staged configuration after fitting; null: none. */
async function fitted(panel: TestPanel, text: string | null, isCopy: boolean) {
  let staged = text;
  const storage = {
    ...panel.context.disk.storage,
    readStagedConfig: async () => staged,
    writeStagedConfig: async (_: string, next: string) => {
      staged = next;
    },
  };
  const spec = specOf({ id: "anna", port: 20_007 });
  const options = { spec, portBefore: 20_000, isCopy };
  await fitStagedConfig(
    { ...panel.context, disk: { ...panel.context.disk, storage } },
    "staged",
    options,
  );
  return staged;
}

test("the origins follow the port, and everything else stays", async () => {
  await using panel = await createTestPanel();
  expect(await fitted(panel, TEXT, false)).toBe(TEXT.replaceAll(":20000", ":20007"));
});

test("a copy also gets a token of its own, each another one", async () => {
  await using panel = await createTestPanel();
  const [one, two] = [await fitted(panel, TEXT, true), await fitted(panel, TEXT, true)];
  expect(readToken(one ?? "")).toMatch(/^[0-9a-f]{64}$/);
  expect(readToken(one ?? "")).not.toBe(readToken(two ?? ""));
  expect(one).toContain("// 令牌");
  expect(one).not.toContain("secret");
  expect(one).toContain("http://localhost:20007");
});

test("what is missing or broken stays so, but is no copy", async () => {
  await using panel = await createTestPanel();
  expect(await fitted(panel, null, false)).toBeNull();
  expect(await fitted(panel, "{ broken", false)).toBe("{ broken");
  await rejects(fitted(panel, null, true), "CONFIG_MISSING");
  await rejects(fitted(panel, "{ broken", true), "CONFIG_INVALID");
});
