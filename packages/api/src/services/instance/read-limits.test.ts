import { expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { readLimits } from "./read-limits.ts";

const anna = { id: "anna", name: "Anna", start: false };

test("are what the template says of the container", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, anna);
  expect(await readLimits(panel.context, "anna")).toEqual({
    memoryBytes: 2 * 1024 ** 3,
    cpus: null,
    pids: 512,
    restart: "unless-stopped",
    stopGraceSeconds: 30,
    log: { maxBytes: 10 * 1024 ** 2, maxFiles: 3 },
  });
});

test("follow the template when an administrator changes it", async () => {
  await using panel = await createTestPanel();
  await createInstance(panel.context, anna);
  const { readTemplate } = panel.context.disk.files;
  const changed = (text: string) =>
    text
      .replace("mem_limit: 2g", "mem_limit: 512m")
      .replace("restart: unless-stopped", 'restart: "no"')
      .replace(/ {6}options:\n.*\n.*\n/, "      options: {}\n");
  const files = {
    ...panel.context.disk.files,
    readTemplate: async (name: string) => changed(await readTemplate(name)),
  };
  expect(
    await readLimits({ ...panel.context, disk: { ...panel.context.disk, files } }, "anna"),
  ).toMatchObject({
    memoryBytes: 512 * 1024 ** 2,
    restart: "no",
    log: { maxBytes: null, maxFiles: null },
  });
});

test("of an instance that is not there are not known", async () => {
  await using panel = await createTestPanel();
  await rejects(readLimits(panel.context, "nobody"), "INSTANCE_NOT_FOUND");
});
