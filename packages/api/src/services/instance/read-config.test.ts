import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { revisionOf } from "./config-revision.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";

const anna = { id: "anna", name: "Anna", start: false };

test("the text is what is on disk, with a revision of its own", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, anna);
  const text = "\u{feff}{\r\n  // 注释\r\n  a: 1,\r\n}";
  await panel.context.disk.storage.writeConfig("anna", text);
  const read = await readConfig(panel.context, "anna");
  expect(read).toEqual({ text, revision: revisionOf(text), lost: null, warnings: [] });
});

test("a revision tells texts apart, down to a line end", () => {
  const texts = ["{}", "{}\n", "{}\r\n", "\u{feff}{}", " {}", ""];
  expect(new Set(texts.map(revisionOf)).size).toBe(texts.length);
});

test("an instance that is not there, and one without a configuration, are told apart", async () => {
  await using panel = await createTestPanel();
  await rejects(readConfig(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
  await createInstance(panel.context, anna);
  await panel.context.disk.storage.removeInstance("anna");
  await rejects(readConfig(panel.context, "anna"), "CONFIG_MISSING");
});

test.runIf(process.platform !== "win32")(
  "a link that the instance planted is not read",
  async () => {
    await using panel = await createTestPanel();
    await createInstance(panel.context, anna);
    await panel.context.disk.storage.removeInstance("anna");
    await panel.context.disk.storage.createInstance("anna");
    const secret = path.join(panel.home, "secret");
    await writeFile(secret, "{ token: 'of somebody else' }");
    await symlink(secret, path.join(panel.home, "instances/anna/data/openclaw.json"));
    const error = await rejects(readConfig(panel.context, "anna"), "FILES_DENIED");
    expect(error.message).not.toContain("of somebody else");
  },
);
