import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { backUp, expectNothingLeft, withInstances } from "./support/backup-home.ts";
import { createTestPanel, homeOfTest, type TestPanel } from "./support/test-app.ts";
import { canMount } from "./support/tiny-disk.ts";

const run = promisify(execFile);
const MB = 1_000_000;

/** A panel whose backup folder is a disk of its own, with an instance of 6 MB that does not shrink. */
async function setUp(size: string): Promise<{ panel: TestPanel; folder: string }> {
  const home = await homeOfTest();
  const folder = path.join(home, "backup");
  await mkdir(folder);
  await run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "claw-test", folder]);
  const panel = await createTestPanel({ home, onDisk: true });
  panel.defer(async () => void (await run("umount", ["-l", folder])));
  await withInstances(panel, ["anna", "ben"]);
  for (let n = 0; n < 6; n++)
    await writeFile(path.join(home, `instances/anna/data/${n}.bin`), randomBytes(MB));
  return { panel, folder };
}

/** Takes room away until so many bytes are left. */
async function leave(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  await using filler = await open(path.join(folder, "filler"), "w");
  await filler.write(Buffer.alloc(bavail * bsize - bytes));
}

test.runIf(canMount)(
  "a disk that fills up at 60 % of the archive: said so, nothing left, all runs",
  async () => {
    const { panel, folder } = await setUp("16m");
    await using _ = panel;
    panel.faults.onNext("archives.pack", () => leave(folder, 3.6 * MB));
    const job = await backUp(panel);
    expect(job).toMatchObject({ status: "failed", error: { reason: "DISK_FULL" } });
    expect(job.progress).toBeGreaterThan(0.3);
    expect(await readdir(folder)).toEqual(["filler"]);
    await run("rm", [path.join(folder, "filler")]);
    await expectNothingLeft(panel, ["anna", "ben"]);
    expect(await backUp(panel)).toMatchObject({ status: "succeeded" });
  },
);

test.runIf(canMount)("a disk that is too small from the start: nothing is stopped", async () => {
  const { panel } = await setUp("5m");
  await using _ = panel;
  panel.faults.record();
  const job = await backUp(panel);
  expect(job.error).toMatchObject({
    reason: "DISK_FULL",
    message: expect.stringMatching(/\d MB more/),
  });
  expect(panel.faults.calls.map(({ method }) => method)).not.toContain("engine.stop");
  await expectNothingLeft(panel, ["anna", "ben"]);
});
