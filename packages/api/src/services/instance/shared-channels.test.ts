import { expect, test } from "vitest";
import { userOf, viewerOf } from "../../../tests/support/sign-in.ts";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { readConfig } from "./read-config.ts";
import { saveConfig } from "./save-config.ts";
import { forViewer } from "./shared-channels.ts";

const TOKEN = "123456:ABCDEF";

async function save(panel: TestPanel, id: string, botToken: string) {
  const { text, revision } = await readConfig(panel.context, id);
  const telegram = `channels: { telegram: { enabled: true, botToken: "${botToken}" } }`;
  return saveConfig(panel.context, {
    id,
    text: text.replace(/channels: \{.*\}/, telegram),
    revision,
  });
}

test("two instances with one bot are told of each other, without its token", async () => {
  await using panel = await createTestPanel();
  for (const id of ["anna", "ben", "cleo"])
    await createInstance(panel.context, { id, name: id, start: false });
  expect((await save(panel, "anna", TOKEN)).warnings).toEqual([]);
  expect((await save(panel, "cleo", "another")).warnings).toEqual([]);
  const saved = await save(panel, "ben", TOKEN);
  expect(saved.warnings).toEqual([
    { code: "CHANNEL_SHARED", channel: "telegram", instanceIds: ["anna"] },
  ]);
  expect((await readConfig(panel.context, "anna")).warnings).toMatchObject([
    { channel: "telegram", instanceIds: ["ben"] },
  ]);
  expect(JSON.stringify(saved)).not.toContain(TOKEN);

  const member = viewerOf(userOf({ id: "u9", role: "member" }));
  expect(forViewer(panel.context, member, saved).warnings).toMatchObject([{ instanceIds: [] }]);
  await save(panel, "ben", "its own");
  expect((await readConfig(panel.context, "anna")).warnings).toEqual([]);
});
