import { readdir } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { archiveBytes } from "../../../../tests/support/archive-bytes.ts";
import { eventually, signalled } from "../../../../tests/support/deadline.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { createTestPanel, type TestPanel } from "../../../../tests/support/test-app.ts";
import { updateBackup } from "../catalogue/update-backup.ts";
import { uploadBackup } from "./upload-backup.ts";

/** The bytes in pieces, as a connection brings them. */
async function* pieces(bytes: Buffer, size = 100): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const upload = ({ context }: TestPanel, bytes: Buffer) =>
  uploadBackup(context, { body: pieces(bytes), size: bytes.length });
const filesOf = (panel: TestPanel) => readdir(path.join(panel.home, "backup"));

test("an archive from elsewhere is verified and listed, under a name of the panel's own", async () => {
  await using panel = await createTestPanel();
  const bytes = await archiveBytes(panel.context);
  const changes = panel.context.runtime.backups
    .changes(AbortSignal.timeout(5_000))
    [Symbol.asyncIterator]();
  const { backup, isNew } = await upload(panel, bytes);
  expect(isNew).toBe(true);
  expect(backup).toMatchObject({
    filename: "claw-20260302-000000-1.tar",
    size: bytes.length,
    instanceCount: 1,
    instances: [{ id: "anna", name: "安娜" }],
    createdAt: "2026-03-02T00:00:00.000Z",
    createdBy: "upload",
    note: "before the move 搬家前",
    encryption: null,
    pinned: false,
    provenAt: null,
    fault: null,
  });
  expect(backup.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(backup.verifiedAt).not.toBeNull();
  expect(Object.keys(backup.instances[0] ?? {}).sort()).toEqual([
    ...["bytes", "files", "id", "name", "owner", "uid"],
  ]);
  // Of a user of the same name on another machine nobody here is the owner.
  expect(backup.instances[0]?.owner).toBeNull();
  expect(await panel.context.store.listBackups()).toEqual([backup]);
  expect(await filesOf(panel)).toEqual([backup.filename]);
  expect((await changes.next()).done).toBe(false);
});

test("its sender can see how far it is verified, under the key that it came with", async () => {
  await using panel = await createTestPanel();
  const wasSeen = signalled(5_000);
  const bytes = await archiveBytes(panel.context);
  panel.faults.onNext("archives.verify", () => wasSeen.promise, "after");
  const end = new AbortController();
  const checks = panel.context.runtime.uploads.watch("mine", end.signal)[Symbol.asyncIterator]();
  const first = checks.next().finally(wasSeen.resolve);
  await uploadBackup(panel.context, { body: pieces(bytes), size: null, key: "mine" });
  const done = { bytes: bytes.length, totalBytes: bytes.length };
  expect(await first).toEqual({ done: false, value: done });
  const next = checks.next();
  end.abort();
  expect((await next).done).toBe(true);
});

describe("the same file once more", () => {
  test("is the backup that is listed already, with its note and its pin", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const { backup } = await upload(panel, bytes);
    const pinned = await updateBackup(panel.context, backup.id, { pinned: true, note: "keep" });
    expect(await upload(panel, bytes)).toEqual({ backup: pinned, isNew: false });
    expect(await panel.context.store.listBackups()).toEqual([pinned]);
    expect(await filesOf(panel)).toEqual([backup.filename]);
  });

  test("is not the schedule's any more: what somebody brings, it does not delete", async () => {
    await using panel = await createTestPanel();
    const { store } = panel.context;
    const bytes = await archiveBytes(panel.context);
    const { backup } = await upload(panel, bytes);
    await store.saveBackup({ ...backup, createdBy: "schedule" });
    expect((await upload(panel, bytes)).backup).toEqual(backup);
    await store.saveBackup({ ...backup, createdBy: "schedule", fault: "A byte is wrong." });
    expect((await upload(panel, bytes)).backup).toMatchObject({ createdBy: "upload", fault: null });
    expect((await store.listBackups()).map(({ createdBy }) => createdBy)).toEqual(["upload"]);
  });

  test("at the same time is listed once", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const both = await Promise.all([upload(panel, bytes), upload(panel, bytes)]);
    expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(both[0]?.backup).toEqual(both[1]?.backup);
    expect(await filesOf(panel)).toEqual([both[0]?.backup.filename]);
  });

  test("takes the place of a file that had a fault", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const { backup } = await upload(panel, bytes);
    const fault = { verifiedAt: null, fault: "A byte is not what it was." };
    await updateBackup(panel.context, backup.id, { ...fault, pinned: true });
    const again = await upload(panel, bytes);
    expect(again).toMatchObject({
      backup: { id: backup.id, pinned: true, fault: null, verifiedAt: expect.any(String) },
      isNew: false,
    });
    expect(await filesOf(panel)).toEqual([again.backup.filename]);
    expect(await panel.context.store.listBackups()).toEqual([again.backup]);
  });

  test("takes the place of a file that is gone", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const { backup } = await upload(panel, bytes);
    await panel.context.disk.repository.delete(backup.filename);
    const again = await upload(panel, bytes);
    expect(again).toMatchObject({ backup: { id: backup.id }, isNew: false });
    expect(await filesOf(panel)).toEqual([again.backup.filename]);
  });
});

test("two archives of one moment have names of their own", async () => {
  await using panel = await createTestPanel();
  const one = await upload(panel, await archiveBytes(panel.context, "one"));
  const other = await archiveBytes(panel.context, "other").catch(() => null);
  expect(one.backup.filename).toBe("claw-20260302-000000-1.tar");
  // The first is in the way of the one that this test makes.
  expect(other).toBeNull();
  await using elsewhere = await createTestPanel();
  const two = await upload(panel, await archiveBytes(elsewhere.context, "two"));
  expect(two.backup.filename).toBe("claw-20260302-000000-1-2.tar");
  expect(await panel.context.store.listBackups()).toHaveLength(2);
});

describe("nothing is left of an upload", () => {
  const nothing = async (panel: TestPanel) => {
    expect(await panel.context.store.listBackups()).toEqual([]);
    expect(await filesOf(panel)).toEqual([]);
  };

  test("that breaks off", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const body = (async function* () {
      yield bytes.subarray(0, 100);
      throw new Error("the connection is gone");
    })();
    await expect(uploadBackup(panel.context, { body, size: null })).rejects.toThrow(/is gone/);
    await nothing(panel);
  });

  test("that is cut off, damaged, or something else", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const flipped = Buffer.from(bytes);
    flipped[200] = (flipped[200] ?? 0) ^ 1;
    for (const wrong of [bytes.subarray(0, -1), flipped, Buffer.from("hello"), Buffer.alloc(0)])
      await rejects(upload(panel, wrong), "ARCHIVE_INVALID");
    await nothing(panel);
  });

  test("that is larger than the disk: not a byte is read", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    let asked = false;
    const body = (async function* () {
      asked = true;
      yield bytes;
    })();
    const error = await rejects(uploadBackup(panel.context, { body, size: 10 ** 15 }), "DISK_FULL");
    expect(error.message).toMatch(/1000000000000000 bytes.* delete backups/);
    expect(asked).toBe(false);
    await nothing(panel);
  });

  test("whose sender goes silent for a minute, and the sender is told", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const asleep = panel.host.asleep;
    const sender = new PassThrough();
    sender.write(bytes.subarray(0, 1));
    const uploading = rejects(
      uploadBackup(panel.context, { body: sender, size: bytes.length }),
      "CANCELLED",
    );
    await eventually(() => {
      expect(sender.readableLength).toBe(0);
      expect(panel.host.asleep).toBe(asleep + 1);
    });
    // It sent something in this minute, but nothing in the next.
    panel.host.advance(60_000);
    await eventually(() => expect(panel.host.asleep).toBe(asleep + 1));
    panel.host.advance(60_000);
    expect((await uploading).message).toMatch(/^Nothing more of the file came for 60 seconds/);
    await nothing(panel);
  });

  test("whose sender goes away while the panel verifies it", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    const gone = new AbortController();
    panel.faults.onNext("archives.verify", () => gone.abort());
    const upload = { body: pieces(bytes), size: bytes.length, signal: gone.signal };
    await rejects(uploadBackup(panel.context, upload), "CANCELLED");
    await nothing(panel);
  });

  test("that cannot be recorded", async () => {
    await using panel = await createTestPanel();
    const bytes = await archiveBytes(panel.context);
    panel.faults.failNext("store.saveBackup", new Error("the database is gone"));
    await expect(upload(panel, bytes)).rejects.toThrow(/database is gone/);
    await nothing(panel);
  });
});
