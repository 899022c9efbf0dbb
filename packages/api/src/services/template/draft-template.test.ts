import { parseJson5Object } from "@claw/core/json5-edit";
import { readToken, valueAt } from "@claw/core/openclaw-config";
import { expect, test } from "vitest";
import { create, panelWithSchema, save } from "../../../tests/support/templates.ts";
import { draftTemplate } from "./draft-template.ts";

test("a template made of an instance has no secret of it, and makes a like one", async () => {
  await using panel = await panelWithSchema();
  await create(panel, "anna");
  const { storage } = panel.context.disk;
  const own = (await storage.readConfig("anna")) ?? "";
  const token = readToken(own);
  await storage.writeConfig("anna", own.replace('"full"', `"lean" /* ${token} */`));
  const { text, removed } = await draftTemplate(panel.context, { id: "anna" });
  expect(text).not.toContain(token);
  expect(removed).toContain("gateway.auth");
  const { id } = await save(panel, { text });
  await create(panel, "ben", id);
  const made = (await storage.readConfig("ben")) ?? "";
  expect(valueAt(parseJson5Object(made), ["tools", "profile"])).toBe("lean");
  expect(readToken(made)).not.toBe(token);
  expect(made).toContain("// OpenClaw 网关配置");
});
