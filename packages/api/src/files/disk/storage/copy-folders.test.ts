import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import {
  link,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  age,
  fingerprint,
  NEVER,
  openArchivePlace,
} from "../../../../tests/support/archive-place.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { copyFolders } from "./copy-folders.ts";

const NOTHING_ODD = { links: 0, leftOut: { links: 0, others: 0 }, changed: 0 };
const posix = process.platform !== "win32";

describe("a copy of an instance", () => {
  test("is what a backup takes: all but caches, with modes and times", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {
      "data/a": "1",
      "data/folder/b": "2",
      "data/folder/cache/kept": "3",
      "data/cache/left out": "4",
      "data/tmp/left out": "5",
      "logs/tmp/kept": "6",
    });
    await age(place.at("anna", "data", "a"), 0o400, 1_000_000_000);
    await age(place.at("anna", "data", "folder"), 0o555, 1_100_000_000);
    const before = await fingerprint(place.at("anna"));
    const report = await place.storage.copyOut("anna", "c", { signal: NEVER });
    expect(report).toEqual({ bytes: 4, files: 4, folders: 5, ...NOTHING_ODD });
    expect(await fingerprint(place.at("anna"))).toEqual(before);
    const taken = Object.entries(before).filter(([name]) => !/^data.(cache|tmp)/.test(name));
    expect(await fingerprint(place.at(".copy-c-anna"))).toEqual(Object.fromEntries(taken));
    if (posix) expect((await stat(place.at(".copy-c-anna"))).mode & 0o777).toBe(0o700);
    expect(await place.storage.measure("anna", NEVER)).toMatchObject({ bytes: 4, files: 4 });
    await place.storage.dropCopy("anna", "c");
    await place.storage.dropCopy("anna", "c");
    expect(await readdir(place.at())).toEqual(["anna"]);
  });

  test("replaces an older one of its name", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/a": "1" });
    await place.storage.copyOut("anna", "c", { signal: NEVER });
    rmSync(place.at("anna", "data", "a"));
    await place.provision("anna", { "data/b": "2" });
    await place.storage.copyOut("anna", "c", { signal: NEVER });
    expect(await readdir(place.at(".copy-c-anna", "data"))).toEqual(["b"]);
  });

  test.runIf(posix)(
    "has no links that lead out, sockets and pipes, but says how many",
    async () => {
      await using place = await openArchivePlace();
      await place.provision("anna", { "data/a": "1" });
      await writeFile(path.join(place.outside, "secret"), "secret");
      await symlink(path.join(place.outside, "secret"), place.at("anna", "data", "link"));
      await symlink(place.outside, place.at("anna", "data", "folder link"));
      await symlink("/nowhere", place.at("anna", "data", "dead link"));
      execFileSync("mkfifo", [place.at("anna", "data", "pipe")]);
      await link(place.at("anna", "data", "a"), place.at("anna", "data", "same"));
      const server = createServer();
      await new Promise<void>((done) => server.listen(place.at("anna", "data", "socket"), done));
      const report = await place.storage.copyOut("anna", "c", { signal: NEVER });
      server.close();
      expect(report).toMatchObject({
        files: 2,
        links: 0,
        leftOut: { links: 3, others: 2 },
        changed: 0,
      });
      expect((await readdir(place.at(".copy-c-anna", "data"))).sort()).toEqual(["a", "same"]);
    },
  );

  test.runIf(posix)("is not made of what a link in the place of a folder leads to", async () => {
    await using place = await openArchivePlace();
    await mkdir(path.join(place.outside, "elsewhere", "data"), { recursive: true });
    await symlink(path.join(place.outside, "elsewhere"), place.at("anna"));
    await rejects(place.storage.copyOut("anna", "c", { signal: NEVER }), "FILES_DENIED");
    await place.provision("ben", {});
    rmSync(place.at("ben", "data"), { recursive: true });
    await symlink(path.join(place.outside, "elsewhere"), place.at("ben", "data"));
    await rejects(place.storage.copyOut("ben", "c", { signal: NEVER }), "FILES_DENIED");
    expect((await readdir(place.at())).sort()).toEqual(["anna", "ben"]);
  });

  test.runIf(process.platform === "linux")("leaves out names that are no text", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", { "data/a": "1" });
    const name = Buffer.concat([
      Buffer.from(`${place.at("anna", "data")}/`),
      Buffer.from([0x62, 0xff]),
    ]);
    await writeFile(name, "2");
    const report = await place.storage.copyOut("anna", "c", { signal: NEVER });
    expect(report).toMatchObject({ files: 1, leftOut: { links: 0, others: 1 } });
  });
});

describe("a file that changes while it is copied", () => {
  /** Runs an action after the first file was copied. */
  async function whileCopied(files: Record<string, string>, act: (data: string) => void) {
    const place = await openArchivePlace();
    await place.provision("anna", files);
    let acted = false;
    const report = copyFolders({ from: place.at("anna"), to: place.at(".copy-c-anna") }, () => {
      if (!acted) act(place.at("anna", "data"));
      acted = true;
    });
    return { place, report, copied: (name: string) => place.at(".copy-c-anna", "data", name) };
  }

  test("because it vanishes is left out and counted", async () => {
    const { place, report, copied } = await whileCopied(
      { "data/a": "1", "data/b": "2", "data/c/d": "3" },
      (data) => {
        rmSync(path.join(data, "b"));
        rmSync(path.join(data, "c"), { recursive: true });
      },
    );
    await using _ = place;
    expect(report).toMatchObject({ files: 1, changed: 2 });
    expect(await readFile(copied("a"), "utf8")).toBe("1");
  });

  test("because it grows is taken as far as it came, and counted", async () => {
    const size = 40 * 1024 ** 2;
    const { place, report, copied } = await whileCopied({ "data/a": "x".repeat(size) }, (data) =>
      appendFileSync(path.join(data, "a"), "more"),
    );
    await using _ = place;
    expect(report).toEqual({ bytes: size, files: 1, folders: 2, ...NOTHING_ODD, changed: 1 });
    expect((await stat(copied("a"))).size).toBe(size);
  });

  test.runIf(posix)("into a link is not followed", async () => {
    const { place, report } = await whileCopied({ "data/a": "1", "data/b": "2" }, (data) => {
      rmSync(path.join(data, "b"));
      execFileSync("ln", ["-s", "/etc/passwd", path.join(data, "b")]);
    });
    await using _ = place;
    expect(report).toMatchObject({ files: 1, changed: 1 });
    expect(await readdir(place.at(".copy-c-anna", "data"))).toEqual(["a"]);
  });
});

test("a large file with holes is copied as it reads", async () => {
  await using place = await openArchivePlace();
  await place.provision("anna", { "data/holes": "begin" });
  await truncate(place.at("anna", "data", "holes"), 50 * 1024 ** 2);
  const report = await place.storage.copyOut("anna", "c", { signal: NEVER });
  expect(report).toMatchObject({ bytes: 50 * 1024 ** 2, files: 1, changed: 0 });
  const [one, other] = [
    await fingerprint(place.at("anna")),
    await fingerprint(place.at(".copy-c-anna")),
  ];
  expect(other).toEqual(one);
});
