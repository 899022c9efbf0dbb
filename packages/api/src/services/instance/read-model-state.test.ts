import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { readModelState } from "./read-model-state.ts";

test("a new instance has no model, until its configuration names one", async () => {
  await using panel = await createTestPanel();
  const { context } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  expect(await readModelState(context, "anna")).toEqual({ isSetUp: false });
  const { storage } = context.disk;
  const text = (await storage.readConfig("anna")) ?? "";
  const named = text.replace('// model: "provider/model",', 'model: "deepseek/deepseek-chat",');
  expect(named).not.toBe(text);
  await storage.writeConfig("anna", named);
  expect(await readModelState(context, "anna")).toEqual({ isSetUp: true });
  await storage.writeConfig("anna", "{ broken");
  expect(await readModelState(context, "anna")).toEqual({ isSetUp: null });
});

test("a key in the template is one for every instance", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  const { readTemplate } = panel.context.disk.files;
  const files = {
    ...panel.context.disk.files,
    readTemplate: async (name: string) =>
      (await readTemplate(name)).replace(/^( +)environment:\n/m, "$&$1  OPENAI_API_KEY: k\n"),
  };
  const context = { ...panel.context, disk: { ...panel.context.disk, files } };
  expect(await readModelState(context, "anna")).toEqual({ isSetUp: true });
});

test("there is none of an instance that does not exist", async () => {
  await using panel = await createTestPanel();
  await rejects(readModelState(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});
