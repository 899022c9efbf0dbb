import { mkdtemp, readdir, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { Child } from "../support/child.ts";
import { Panel } from "../support/panel.ts";
import { runExample } from "../support/run-example.ts";

test("the example creates an instance, follows its log and removes it", async () => {
  await using panel = await Panel.start({ rig: { heartbeatMs: 50 } });
  await runExample(panel);
});

test("the example says why an instance could not be made, and leaves nothing", async () => {
  await using panel = await Panel.start({ rig: { images: [] } });
  const example = new Child(["docs/examples/create-and-follow.ts", panel.url], {
    env: { CLAW_TOKEN: panel.token },
  });
  expect(await example.exitCode()).toBe(1);
  expect(example.output).toMatch(/image/);
  expect(await panel.client.instances.list.query()).toEqual([]);
});

test("the example of backups makes one, fetches it as it is, and gives it to nobody else", async () => {
  await using panel = await Panel.start({ rig: {} });
  await panel.client.instances.create.mutate({ id: "anna", name: "Anna", start: false });
  const folder = await mkdtemp(path.join(await realpath(tmpdir()), "claw-download-"));
  try {
    const example = new Child(["docs/examples/back-up-and-download.ts", panel.url, folder], {
      env: { CLAW_TOKEN: panel.token },
    });
    expect(await example.exitCode(), example.output).toBe(0);
    const [backup] = await panel.client.backups.list.query();
    expect(example.output).toContain(`Made ${backup?.filename} of 1 instances`);
    expect(await readdir(folder)).toEqual([backup?.filename]);
    const file = await stat(path.join(folder, backup?.filename ?? ""));
    expect(file.size).toBe(backup?.size);
    if (process.platform !== "win32") expect(file.mode & 0o777).toBe(0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
