import { expect, test } from "vitest";
import { withInstances } from "../../../../tests/support/backup-home.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { findInstance } from "../../instance/find-instance.ts";
import { recordInstance } from "./record-instance.ts";

const { signal } = new AbortController();

async function versionOf(answer: { exitCode: number; stdout: string }, isUp = true) {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  const ctx = panel.context;
  panel.engine.exec = async () => ({ ...answer, stderr: "" });
  const record = await recordInstance(ctx, await findInstance(ctx, "anna"), { isUp, signal });
  return record.openclawVersion;
}

test("the version is what the program in the container says", async () => {
  expect(await versionOf({ exitCode: 0, stdout: "2026.9.6\n" })).toBe("2026.9.6");
});

test.each([
  ["says nothing", { exitCode: 0, stdout: "" }],
  ["fails", { exitCode: 1, stdout: "2026.9.6" }],
  ["says something else", { exitCode: 0, stdout: "no such module\nat line 1" }],
])("is not known when it %s", async (_, answer) => {
  expect(await versionOf(answer)).toBeNull();
});

test("is not asked for when it does not run", async () => {
  expect(await versionOf({ exitCode: 0, stdout: "2026.9.6" }, false)).toBeNull();
});

test("an image that is gone is remembered by its name", async () => {
  await using panel = await createTestPanel();
  await withInstances(panel, ["anna"]);
  const spec = { ...(await findInstance(panel.context, "anna")), image: "openclaw:gone" };
  const record = await recordInstance(panel.context, spec, { isUp: false, signal });
  expect(record.image).toEqual({ ref: "openclaw:gone", id: null, digest: null });
});
