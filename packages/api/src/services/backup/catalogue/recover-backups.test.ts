import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { SCHEDULE } from "@claw/core/backup/retention";
import { expect, test } from "vitest";
import { backUp, traces, withInstances } from "../../../../tests/support/backup-home.ts";
import { eventually } from "../../../../tests/support/deadline.ts";
import { backupOf, replacementOf, snapshotOf } from "../../../../tests/support/specs.ts";
import { createTestPanel, homeOfTest } from "../../../../tests/support/test-app.ts";
import { createBackup } from "../create/create-backup.ts";
import { pruneBackups } from "../schedule/prune-backups.ts";

/** A home with one backup; answers with its record. */
async function withBackup(home: string) {
  await using panel = await createTestPanel({ home });
  await withInstances(panel, ["anna"], ["anna"]);
  await backUp(panel, { note: "by hand" });
  const [backup] = await panel.context.store.listBackups();
  if (!backup) throw new Error("there is no backup");
  return backup;
}

test("a file that nobody listed is listed when it is whole, as who made it", async () => {
  const home = await homeOfTest();
  const backup = await withBackup(home);
  const folder = path.join(home, "backup");
  await copyFile(path.join(folder, backup.filename), path.join(folder, "brought.tar"));
  await writeFile(path.join(folder, "broken.tar"), "not an archive");
  await using panel = await createTestPanel({ home });
  const { store } = panel.context;
  await eventually(async () => expect(await store.listBackups()).toHaveLength(2));
  const brought = (await store.listBackups()).find(({ id }) => id !== backup.id);
  expect(brought).toEqual({
    ...backup,
    id: brought?.id,
    filename: "brought.tar",
    verifiedAt: expect.any(String),
  });
  await eventually(() => expect(panel.logged.join("")).toContain("broken.tar"));
  expect(await readdir(folder)).toContain("broken.tar");
});

test("a file that says it was made by a schedule is never for this one to delete", async () => {
  const home = await homeOfTest();
  {
    await using panel = await createTestPanel({ home });
    await withInstances(panel, ["anna"], ["anna"]);
    for (let night = 0; night < 2; night++) {
      const { id } = await createBackup(panel.context, { mode: "rolling" }, SCHEDULE);
      expect((await panel.context.runtime.jobs.finished(id)).status).toBe("succeeded");
    }
    const [newest] = await panel.context.store.listBackups();
    const folder = path.join(home, "backup");
    const brought = `brought-${newest?.filename}`;
    await rename(path.join(folder, newest?.filename ?? ""), path.join(folder, brought));
  }
  await using panel = await createTestPanel({ home });
  const { context } = panel;
  await eventually(async () => expect(await context.store.listBackups()).toHaveLength(3));
  const policy = { keepLast: 1, keepDaily: 0, keepWeekly: 0, timezone: "UTC" };
  panel.host.advance(1_000);
  const { id } = await createBackup(context, { mode: "rolling" }, SCHEDULE);
  await context.runtime.jobs.finished(id);
  const pruned = await pruneBackups(context, policy);
  expect(pruned.map(({ filename }) => filename)).toEqual([
    expect.stringMatching(/^claw-/),
    expect.stringMatching(/^claw-/),
  ]);
  const left = (await context.store.listBackups()).map(({ createdBy }) => createdBy);
  expect(left).toEqual([SCHEDULE, "upload"]);
});

test("a backup whose file is gone stays listed and says so, until the file is back", async () => {
  const home = await homeOfTest();
  const { id, filename } = await withBackup(home);
  const file = path.join(home, "backup", filename);
  await rename(file, path.join(home, "away"));
  {
    await using panel = await createTestPanel({ home });
    await eventually(async () =>
      expect(await panel.context.store.findBackup(id)).toMatchObject({
        verifiedAt: null,
        fault: expect.stringContaining("not in the backup folder"),
      }),
    );
  }
  await rename(path.join(home, "away"), file);
  await using panel = await createTestPanel({ home });
  await eventually(async () =>
    expect(await panel.context.store.findBackup(id)).toMatchObject({ fault: null }),
  );
});

test("what a crash left is removed, but for what an unfinished restore or a snapshot needs", async () => {
  const home = await homeOfTest();
  {
    await using panel = await createTestPanel({ home });
    const names = [
      ".copy-j0-anna",
      ".staged-old",
      ".staged-s1",
      ".kept-old",
      ".kept-k1",
      ".kept-k2",
    ];
    for (const name of names)
      await mkdir(path.join(home, "instances", name, "data"), { recursive: true });
    await writeFile(path.join(home, "backup/.claw-x.partial"), "half");
    await panel.context.store.insertReplacement(
      replacementOf({
        instanceId: "nobody",
        data: { staged: "s1", kept: "k1", reverted: null },
      }),
    );
    panel.faults.die();
  }
  await using panel = await createTestPanel({ home, busy: true });
  const sweep = panel.faults.calls.find(({ method }) => method === "storage.sweep");
  expect(sweep?.args[0]).toMatchObject({ staged: ["s1"], kept: ["k1"] });
  const { backups, folders } = await traces(panel);
  expect(backups).toEqual([]);
  expect(folders).not.toContain(".copy-j0-anna");
  expect(folders).not.toContain(".staged-old");
  expect(folders).not.toContain(".kept-old");
});

test("the names that snapshots need are spared", async () => {
  const home = await homeOfTest();
  {
    await using panel = await createTestPanel({ home });
    await panel.context.store.insertReplacement(replacementOf({ instanceId: "nobody" }));
    const copy = snapshotOf({
      instanceId: "nobody",
      kept: "k2",
      expiresAt: "2999-01-01T00:00:00.000Z",
    });
    await panel.context.store.finishReplacement("nobody", copy);
    await mkdir(path.join(home, "instances/.kept-k2/data"), { recursive: true });
    panel.faults.die();
  }
  await using panel = await createTestPanel({ home });
  expect((await traces(panel)).folders).toEqual([".kept-k2"]);
});

test("a folder that cannot be looked at does not keep the panel from starting", async () => {
  const home = await homeOfTest();
  {
    await using panel = await createTestPanel({ home });
    await panel.context.store.saveBackup(backupOf());
  }
  await rm(path.join(home, "backup"), { recursive: true });
  await writeFile(path.join(home, "backup"), "a file in its place");
  await using panel = await createTestPanel({ home });
  expect(await panel.context.store.listBackups()).toHaveLength(1);
});
