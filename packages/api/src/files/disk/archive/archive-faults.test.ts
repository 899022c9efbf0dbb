import { fork } from "node:child_process";
import { once } from "node:events";
import { readdir, rm, symlink, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  fingerprint,
  NEVER,
  openArchivePlace,
  recordOf,
} from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { canMount, TinyDisk } from "../../../../tests/support/tiny-disk.ts";
import { receiveArchive } from "../../../services/backup/transfer/receive-archive.ts";

const FILE = "claw-20261122-081500-1.tar";

/** Incompressible bytes. */
const noise = (size: number) => {
  let state = 7;
  return Buffer.from(
    Array.from({ length: size }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
};

describe.runIf(canMount)("a disk that is full", () => {
  async function openOn(disk: TinyDisk) {
    const place = await openArchivePlace({ home: disk.folder });
    await place.provision("anna", { "data/openclaw.json": "{}", "data/noise": noise(1_500_000) });
    return place;
  }

  test("ends a copy, and nothing of it is left", async () => {
    await using disk = await TinyDisk.mount("2m");
    await using place = await openOn(disk);
    const before = await fingerprint(place.at("anna"));
    await rejects(place.storage.copyOut("anna", "c", { signal: NEVER }), "DISK_FULL");
    expect(await readdir(place.at())).toEqual(["anna"]);
    expect(await fingerprint(place.at("anna"))).toEqual(before);
  });

  test("ends packing at 60 %, and no archive is listed", async () => {
    await using disk = await TinyDisk.mount("4m");
    await using place = await openOn(disk);
    const request = await place.requestFor(["anna"]);
    await rejects(place.write(request, { signal: NEVER }), "DISK_FULL");
    expect(await place.repository.list()).toEqual([]);
    expect(await readdir(place.backup())).toEqual([]);
    await place.storage.dropCopy("anna", "c");
    expect((await place.repository.space()).free).toBeGreaterThan(1_500_000);
  });

  test("tells the backups' own disk from one that they share with the instances", async () => {
    await using disk = await TinyDisk.mount("1m");
    await using place = await openArchivePlace();
    await rm(place.backup(), { recursive: true });
    await symlink(disk.folder, place.backup());
    const { device } = await place.storage.space();
    expect((await place.repository.space()).device).not.toBe(device);
  });

  test("ends unpacking before it begins, when the archive says that it does not fit", async () => {
    await using disk = await TinyDisk.mount("4m");
    await using place = await openArchivePlace({ home: disk.folder });
    await place.provision("anna", { "data/dull": Buffer.alloc(1_500_000, "a") });
    await place.backUp(["anna"]);
    const error = await rejects(stage(place), "DISK_FULL");
    expect(error.message).toContain("no room for anna");
    expect(await readdir(place.at())).toEqual([".copy-c-anna", "anna"]);
  });

  test("ends unpacking in its middle, and nothing of it is left", async () => {
    await using disk = await TinyDisk.mount("4m");
    await using place = await openArchivePlace({ home: disk.folder });
    const files = Array.from({ length: 300 }, (_, index) => [`data/f${index}`, "x"]);
    await place.provision("anna", Object.fromEntries(files));
    await place.backUp(["anna"]);
    await place.storage.dropCopy("anna", "c");
    // The archive promises 300 bytes, but a disk gives each file a block of its own.
    await disk.fill();
    await writeFile(`${disk.folder}/filler`, noise(2_400_000));
    await rejects(stage(place), "DISK_FULL");
    expect(await readdir(place.at())).toEqual(["anna"]);
  });

  test("ends an upload, and nothing of it is left", async () => {
    await using disk = await TinyDisk.mount("1m");
    await using place = await openArchivePlace({ home: disk.folder });
    async function* body() {
      for (let chunk = 0; chunk < 40; chunk++) yield noise(100_000);
    }
    await rejects(receiveArchive(place, body(), { signal: NEVER }), "DISK_FULL");
    expect(await readdir(place.backup())).toEqual([]);
  });

  const stage = (place: Awaited<ReturnType<typeof openArchivePlace>>) =>
    place.archives.unpack({ filename: FILE, from: "anna", staged: "s" }, { signal: NEVER });
});

describe("cancelled at any moment, nothing is left:", () => {
  /** Aborts at the given number of progress reports; never if the work ends first. */
  function abortAfter(times: number) {
    const abort = new AbortController();
    let seen = 0;
    return { signal: abort.signal, onProgress: () => ++seen >= times && abort.abort() };
  }

  async function openPlace() {
    const place = await openArchivePlace();
    await place.provision("anna", { "data/openclaw.json": "{}" });
    for (const name of ["a", "b", "c"])
      await place.provision("anna", { [`data/${name}`]: noise(4_000_000) });
    return place;
  }

  test("a copy, an archive, a check, a staged instance", async () => {
    await using place = await openPlace();
    const request = await place.requestFor(["anna"]);
    await place.write({ ...request, filename: "good.tar" }, { signal: NEVER });
    const stage = { filename: "good.tar", from: "anna", staged: "s" };
    const { archives, storage } = place;
    for (const times of [1, 2]) {
      const works = [
        storage.copyOut("anna", "d", abortAfter(times)),
        place.write(request, abortAfter(times)),
        archives.verify("good.tar", abortAfter(times)),
        archives.unpack(stage, abortAfter(times)),
      ];
      // Work finished before the abort arrived remains.
      for (const outcome of await Promise.allSettled(works))
        if (outcome.status === "rejected") expect(outcome.reason.reason).toBe("CANCELLED");
      for (const drop of [
        place.repository.delete(FILE),
        storage.dropCopy("anna", "d"),
        storage.dropStaged("s"),
      ])
        await drop;
      expect((await readdir(place.at())).sort()).toEqual([".copy-c-anna", "anna"]);
      expect(await readdir(place.backup())).toEqual(["good.tar"]);
    }
  }, 60_000);

  test("before it begins, and as soon as it has begun", async () => {
    await using place = await openPlace();
    const request = await place.requestFor(["anna"]);
    const early = AbortSignal.abort();
    await rejects(place.write(request, { signal: early }), "CANCELLED");
    await rejects(place.storage.copyOut("anna", "d", { signal: early }), "CANCELLED");
    const abort = new AbortController();
    const writing = place.write(request, { signal: abort.signal });
    setImmediate(() => abort.abort());
    await rejects(writing, "CANCELLED");
    expect((await readdir(place.at())).sort()).toEqual([".copy-c-anna", "anna"]);
    expect(await readdir(place.backup())).toEqual([]);
  });
});

test("killed while it packs or unpacks, nothing is listed, and the next start sweeps it", async () => {
  await using place = await openArchivePlace();
  await place.provision("anna", { "data/noise": noise(6_000_000) });
  const before = await fingerprint(place.at("anna"));
  await place.backUp(["anna"], { filename: "good.tar" });
  const child = fileURLToPath(
    new URL("../../../../tests/support/archive-child.ts", import.meta.url),
  );
  for (const work of ["copy", "write", "stage"]) {
    const running = fork(child, [place.home, work, FILE, JSON.stringify(recordOf("anna"))]);
    await once(running, "message");
    running.kill("SIGKILL");
    await once(running, "exit");
    expect(await place.repository.list()).toEqual(["good.tar"]);
    const { storage, repository } = await place.open();
    await storage.sweep({ staged: [], kept: [] });
    await repository.sweep();
    expect(await readdir(place.at())).toEqual(["anna"]);
    expect(await readdir(place.backup())).toEqual(["good.tar"]);
  }
  expect(await fingerprint(place.at("anna"))).toEqual(before);
}, 60_000);
