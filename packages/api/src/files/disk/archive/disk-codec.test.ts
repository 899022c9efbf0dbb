import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ArchivePlace,
  age,
  fingerprint,
  NEVER,
  openArchivePlace,
  recordOf,
  sha256Of,
} from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";

const posix = process.platform !== "win32";
const FILE = "claw-20261122-081500-1.tar";

/** Instances with everything that an instance may hold. */
async function provisionOddly(place: ArchivePlace): Promise<void> {
  const deep = `data/${Array.from({ length: 60 }, (_, depth) => `层${depth}`).join("/")}/file`;
  await place.provision("anna", {
    "data/openclaw.json": "{ a: 1, // 注释\n}\n",
    "data/empty": "",
    "data/empty folder/": "",
    "data/state/x.bin": Buffer.from(Array.from({ length: 5_000_000 }, (_, i) => (i * i) % 251)),
    [`data/${"长".repeat(80)}.txt`]: "a name of more than 100 bytes",
    [`data/${`${"folder".repeat(20)}/`.repeat(4)}x`]: "a path of more than 255 bytes",
    "data/🦞/表情": "emoji",
    "data/e\u0301 combining": "x",
    "logs/openclaw.log": "line\n",
    [deep]: "deep",
    ...(posix
      ? { "data/line\nend": "1", "data/a\\b": "2", "data/aux": "3", "data/A": "4", "data/a": "5" }
      : {}),
  });
  await age(place.at("anna", "data", "openclaw.json"), 0o600, 1_000_000_000);
  await age(place.at("anna", "data", "empty"), 0o444, 0);
  await age(place.at("anna", "data", "empty folder"), 0o500, 1_234_567_890);
  await age(place.at("anna", "data"), 0o700, 1_300_000_000);
  await place.provision("ben", { "data/openclaw.json": "{}" });
}

describe("an instance comes out of an archive as it went in", () => {
  test("names, content, modes and times; another instance beside it is not touched", async () => {
    await using place = await openArchivePlace();
    await provisionOddly(place);
    const before = await fingerprint(place.at("anna"));
    const written = await place.backUp(["anna", "ben"]);
    const report = await place.archives.unpack(
      { filename: FILE, from: "anna", staged: "s" },
      { signal: NEVER },
    );
    expect(report).toMatchObject({ record: recordOf("anna"), problems: [] });
    const files = Object.values(before).filter((each) => each.startsWith("file"));
    expect(report.files).toBe(files.length);
    expect(await fingerprint(place.at(".staged-s"))).toEqual(before);
    expect(written.instances.map(({ id }) => id)).toEqual(["anna", "ben"]);
    expect(await fingerprint(place.at("anna"))).toEqual(before);
  });

  test("also when another one in the archive is damaged: of that, nothing is read", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/openclaw.json": "{}" });
    await place.provision("ben", { "data/noise": randomBytes(200_000) });
    const before = await fingerprint(place.at("anna"));
    await place.backUp(["anna", "ben"]);
    const { size } = await stat(place.backup(FILE));
    await using file = await open(place.backup(FILE), "r+");
    // The noise is most of it, and lies in its middle.
    await file.write(Buffer.alloc(50_000), 0, 50_000, Math.floor(size / 2));
    const staged = { filename: FILE, from: "anna", staged: "s" };
    expect(await place.archives.unpack(staged, { signal: NEVER })).toMatchObject({ problems: [] });
    expect(await fingerprint(place.at(".staged-s"))).toEqual(before);
    const ben = { filename: FILE, from: "ben", staged: "t" };
    await rejects(place.archives.unpack(ben, { signal: NEVER }), "ARCHIVE_INVALID");
  });

  test("what the panel knows of the file is what lies there", async () => {
    await using place = await openArchivePlace();
    await provisionOddly(place);
    const written = await place.backUp(["anna", "ben"], { note: "升级前", createdBy: "schedule" });
    const { filename, sha256, ...content } = written;
    expect(filename).toBe(FILE);
    expect(content).toMatchObject({
      createdAt: "2026-11-22T08:15:00.000Z",
      createdBy: "schedule",
      note: "升级前",
      encryption: null,
      size: (await stat(place.backup(FILE))).size,
    });
    expect(sha256).toBe(await sha256Of(place.backup(FILE)));
    expect(await place.archives.inspect(FILE)).toEqual(content);
    const verified = await place.archives.verify(FILE, { signal: NEVER });
    expect(verified).toEqual({ ...content, sha256, opened: true });
    const measured = await place.storage.measure("ben", NEVER);
    expect(measured).toEqual({ bytes: 2, allocated: expect.any(Number), files: 1 });
    expect(content.instances[1]).toMatchObject({ id: "ben", bytes: 2, files: 1 });
    if (posix) expect((await stat(place.backup(FILE))).mode & 0o777).toBe(0o600);
    expect(await readdir(place.backup())).toEqual([FILE]);
  });

  test("no instance at all is an archive, too", async () => {
    await using place = await openArchivePlace();
    await place.backUp([]);
    expect((await place.archives.verify(FILE, { signal: NEVER })).instances).toEqual([]);
  });

  test("says how far it is", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/x": "x".repeat(1_000) });
    const seen: string[] = [];
    const request = await place.requestFor(["anna"]);
    await place.write(request, {
      signal: NEVER,
      onProgress: ({ step, id, bytes, files }) => seen.push(`${step} ${id} ${bytes} ${files}`),
    });
    expect(seen.at(-1)).toBe("verifying anna 1000 1");
    expect(seen).toContain("packing anna 1000 1");
  });
});

test("a file that is not there, or a name that leads elsewhere, is refused", async () => {
  await using place = await openArchivePlace();
  await writeFile(path.join(place.home, "secret.tar"), "x");
  await rejects(place.archives.inspect("y.tar"), "BACKUP_NOT_FOUND");
  await rejects(place.archives.verify("y.tar", { signal: NEVER }), "BACKUP_NOT_FOUND");
  for (const name of ["../secret.tar", "/etc/passwd", "..", "a/b.tar", ""]) {
    await expect(place.archives.inspect(name)).rejects.toThrow();
    await expect(place.archives.verify(name, { signal: NEVER })).rejects.toThrow();
    await expect(place.storage.dropSnapshot(name)).rejects.toThrow();
    await expect(place.storage.dropStaged(name)).rejects.toThrow();
  }
  expect(await readFile(path.join(place.home, "secret.tar"), "utf8")).toBe("x");
});

test("the instances say how much room they have, on the disk of the backups", async () => {
  await using place = await openArchivePlace();
  const { free, device } = await place.storage.space();
  expect(free).toBeGreaterThan(1_000_000);
  expect(device).toBe((await place.repository.space()).device);
});

test("what a crash left is swept, but for what is named and what is somebody's", async () => {
  await using place = await openArchivePlace();
  const kept = ["anna", ".staged-a", ".kept-a", ".other"];
  for (const name of [...kept, ".copy-c-anna", ".staged-b", ".kept-b"])
    await mkdir(place.at(name, "data"), { recursive: true });
  for (const name of [FILE, `.${FILE}.partial`, ".claw-upload-1.partial", ".x.files.partial"])
    await writeFile(place.backup(name), "");
  await place.storage.sweep({ staged: ["a"], kept: ["a"] });
  await place.repository.sweep();
  expect((await readdir(place.at())).sort()).toEqual(kept.sort());
  expect(await readdir(place.backup())).toEqual([FILE]);
});

test("the configuration of what is staged is read and replaced", async () => {
  await using place = await openArchivePlace();
  await place.provision("anna", { "data/openclaw.json": "{ a: 1 }" });
  await place.provision("ben", {});
  await place.backUp(["anna", "ben"]);
  const options = { signal: NEVER };
  await place.archives.unpack({ filename: FILE, from: "anna", staged: "a" }, options);
  await place.archives.unpack({ filename: FILE, from: "ben", staged: "b" }, options);
  expect(await place.storage.readStagedConfig("a")).toBe("{ a: 1 }");
  expect(await place.storage.readStagedConfig("b")).toBeNull();
  await place.storage.writeStagedConfig("a", "{ b: 2 }");
  expect(await place.storage.readStagedConfig("a")).toBe("{ b: 2 }");
  await place.storage.dropStaged("a");
  await place.storage.dropStaged("a");
  expect(await readdir(place.at())).not.toContain(".staged-a");
});

test("an instance that the archive does not hold is said to be missing", async () => {
  await using place = await openArchivePlace();
  await place.backUp([]);
  const staging = place.archives.unpack(
    { filename: FILE, from: "anna", staged: "s" },
    { signal: NEVER },
  );
  await rejects(staging, "INSTANCE_NOT_FOUND");
  expect(await readdir(place.at())).toEqual([]);
});
