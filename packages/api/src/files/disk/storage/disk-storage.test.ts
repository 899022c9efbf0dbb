import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CONFIG_MAX_LENGTH } from "@claw/core/openclaw-config";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { canMount, TinyDisk } from "../../../../tests/support/tiny-disk.ts";
import { createDiskFiles } from "../disk-files.ts";
import { openDiskStorage } from "./disk-storage.ts";

const posix = process.platform !== "win32";
const root = process.getuid?.() === 0;

async function setUp(options: { home?: string } = {}) {
  const outside = await mkdtemp(path.join(await realpath(tmpdir()), "claw files 家-"));
  const home = options.home ?? path.join(outside, "home");
  await mkdir(home, { recursive: true });
  const rests: string[] = [];
  const onRest = ({ message }: Error) => void rests.push(message);
  const open = () => openDiskStorage({ home, owner: null, onRest });
  const at = (...parts: string[]) => path.join(home, "instances", ...parts);
  return {
    outside,
    home,
    at,
    config: (id = "anna") => at(id, "data", "openclaw.json"),
    open,
    rests,
    storage: await open(),
    files: createDiskFiles({ home, templates: home }),
    [Symbol.asyncDispose]: () => rm(outside, { recursive: true, force: true }),
  };
}

describe("an instance's folders", () => {
  test("are made for its data and its logs, and for nobody else to read", async () => {
    await using place = await setUp();
    expect(await place.storage.hasInstance("anna")).toBe(false);
    await place.storage.createInstance("anna");
    expect(await place.storage.hasInstance("anna")).toBe(true);
    expect((await readdir(place.at("anna"))).sort()).toEqual(["data", "logs"]);
    if (posix)
      for (const name of ["data", "logs"])
        expect((await stat(place.at("anna", name))).mode & 0o777).toBe(0o700);
  });

  test.runIf(posix && root)("belong to whom the container runs as", async () => {
    await using place = await setUp();
    const owner = { uid: 1234, gid: 2345 };
    const storage = await openDiskStorage({ home: place.home, owner });
    await storage.createInstance("anna");
    await storage.writeConfig("anna", "{}");
    for (const each of [place.at("anna", "data"), place.at("anna", "logs"), place.config()]) {
      const { uid, gid } = await stat(each);
      expect({ uid, gid }).toEqual(owner);
    }
    expect((await stat(place.at("anna"))).uid).toBe(0);
  });

  test("are taken up again as they are", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    await place.storage.writeConfig("anna", "{ kept: 1 }");
    await writeFile(place.at("anna", "data", "memory.sqlite"), "kept");
    await place.storage.createInstance("anna");
    expect(await place.storage.readConfig("anna")).toBe("{ kept: 1 }");
    expect(await readFile(place.at("anna", "data", "memory.sqlite"), "utf8")).toBe("kept");
  });

  test("are listed when they are folders that an instance can have", async () => {
    await using place = await setUp();
    for (const name of ["b", "a", "A", ".hidden", ".removing-c-1", "under_score"])
      await mkdir(place.at(name));
    await writeFile(place.at("file"), "");
    if (posix) await symlink(place.outside, place.at("link"));
    expect(await place.storage.listInstances()).toEqual(["a", "b"]);
  });

  test("are never looked for outside of the home, whatever the id", async () => {
    await using place = await setUp();
    await writeFile(path.join(place.outside, "openclaw.json"), "secret");
    for (const id of ["../../..", "..", ".", "", "a/b", "a\\b", "a\0b"]) {
      await expect(place.storage.readConfig(id)).rejects.toThrow();
      await expect(place.storage.writeConfig(id, "x")).rejects.toThrow();
      await expect(place.storage.createInstance(id)).rejects.toThrow();
      await expect(place.storage.removeInstance(id)).rejects.toThrow();
    }
  });
});

describe("removing an instance", () => {
  test("takes everything away, and nothing else", async () => {
    await using place = await setUp();
    for (const id of ["anna", "anna-2"]) await place.storage.createInstance(id);
    await mkdir(place.at("anna", "data", "deep", "deeper"), { recursive: true });
    await writeFile(place.at("anna", "data", "deep", "deeper", "file"), "x");
    await place.storage.removeInstance("anna");
    expect(await readdir(place.at())).toEqual(["anna-2"]);
    await place.storage.removeInstance("anna");
  });

  test.runIf(posix)("does not follow links out of the folder", async () => {
    await using place = await setUp();
    const precious = path.join(place.outside, "precious");
    await mkdir(precious);
    await writeFile(path.join(precious, "file"), "x");
    await place.storage.createInstance("anna");
    await symlink(precious, place.at("anna", "data", "link"));
    await place.storage.removeInstance("anna");
    expect(await readdir(precious)).toEqual(["file"]);
  });

  test("that a crash cut short is carried through when the panel starts", async () => {
    await using place = await setUp();
    await mkdir(place.at(".removing-anna-12345678", "data"), { recursive: true });
    await writeFile(place.at(".removing-anna-12345678", "data", "file"), "x");
    await place.storage.createInstance("ben");
    await place.open();
    expect(await readdir(place.at())).toEqual(["ben"]);
  });

  test("that was cut short goes on when it is asked for again", async () => {
    await using place = await setUp();
    for (const name of [".removing-anna-12345678", ".removing-anna-2-12345678"])
      await mkdir(place.at(name, "data"), { recursive: true });
    await place.storage.removeInstance("anna");
    expect(await readdir(place.at())).toEqual([".removing-anna-2-12345678"]);
  });

  test.runIf(canMount)(
    "that cannot be carried through does not keep the panel from starting",
    async () => {
      await using place = await setUp();
      await using disk = await TinyDisk.mount("64k");
      const left = place.at(".removing-anna-12345678");
      await mkdir(left);
      execFileSync("mount", ["--bind", disk.folder, left]);
      try {
        const storage = await place.open();
        expect(await storage.listInstances()).toEqual([]);
        const { message } = await rejects(storage.removeInstance("anna"), "FILES_DENIED");
        expect(message).toContain("instances/.removing-anna-12345678 cannot be removed");
        expect(place.rests).toEqual([message]);
      } finally {
        execFileSync("umount", [left]);
      }
    },
  );

  test("makes room for another of the same id at once", async () => {
    await using place = await setUp();
    for (let round = 0; round < 3; round++) {
      expect(await place.storage.hasInstance("anna")).toBe(false);
      await place.storage.createInstance("anna");
      await place.storage.writeConfig("anna", `{ round: ${round} }`);
      await place.storage.removeInstance("anna");
    }
    expect(await place.storage.readConfig("anna")).toBeNull();
  });
});

describe("a configuration", () => {
  test.each([
    ["comments and trailing commas", '{\n  // 注释\n  "a": 1,\n}\n'],
    ["Windows' line ends", "{\r\n  a: 1,\r\n}\r\n"],
    ["a byte order mark", "\u{feff}{ a: 1 }"],
    ["no line end", "{}"],
    ["nothing", ""],
    ["odd characters", '{ "\u{1f99e}": "\u2028\u0000\u{10ffff}" }'],
    ["a megabyte of four-byte characters", "\u{1f99e}".repeat(CONFIG_MAX_LENGTH / 2)],
  ])("is kept byte for byte: %s", async (_, text) => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    await place.storage.writeConfig("anna", text);
    expect(Buffer.compare(await readFile(place.config()), Buffer.from(text))).toBe(0);
    expect(await place.storage.readConfig("anna")).toBe(text);
  });

  test("is nothing when there is none, and there whatever it is", async () => {
    await using place = await setUp();
    expect(await place.storage.readConfig("anna")).toBeNull();
    await place.storage.createInstance("anna");
    expect(await place.storage.readConfig("anna")).toBeNull();
    expect(await place.storage.hasConfig("anna")).toBe(false);
    await writeFile(place.config(), "not JSON");
    expect(await place.storage.hasConfig("anna")).toBe(true);
    expect(await place.storage.hasConfig("nobody")).toBe(false);
  });

  test.runIf(posix)("is for its owner only, also when the one before was not", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    await writeFile(place.config(), "{}");
    await chmod(place.config(), 0o666);
    await place.storage.writeConfig("anna", "{ a: 1 }");
    expect((await stat(place.config())).mode & 0o777).toBe(0o600);
  });

  test("that is not UTF-8 is refused with what to do, and not touched", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    const latin1 = Buffer.from([0x7b, 0xe4, 0xf6, 0x7d]);
    await writeFile(place.config(), latin1);
    const error = await rejects(place.storage.readConfig("anna"), "CONFIG_INVALID");
    expect(error.message).toContain("UTF-8");
    expect(await readFile(place.config())).toEqual(latin1);
  });

  test("that is too large to be one is refused without being read", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    await writeFile(place.config(), Buffer.alloc(CONFIG_MAX_LENGTH * 4 + 1, 0x20));
    await rejects(place.storage.readConfig("anna"), "FILES_DENIED");
  });

  test("cannot be written where there are no folders", async () => {
    await using place = await setUp();
    await expect(place.storage.writeConfig("anna", "{}")).rejects.toThrow();
    expect(await readdir(place.at())).toEqual([]);
  });
});

describe.runIf(posix)("what an instance planted is not followed:", () => {
  test("a link in the place of its configuration is refused, and replaced when written", async () => {
    await using place = await setUp();
    const secret = path.join(place.outside, "secret");
    await writeFile(secret, "{ token: 1 }");
    await place.storage.createInstance("anna");
    await symlink(secret, place.config());
    const error = await rejects(place.storage.readConfig("anna"), "FILES_DENIED");
    expect(error.message).toContain(place.config());
    await place.storage.writeConfig("anna", "{ mine: 1 }");
    expect(await readFile(secret, "utf8")).toBe("{ token: 1 }");
    expect((await lstat(place.config())).isSymbolicLink()).toBe(false);
  });

  test("a link to nowhere, too", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    await symlink(path.join(place.outside, "not there"), place.config());
    await rejects(place.storage.readConfig("anna"), "FILES_DENIED");
  });

  test.each([
    ["its data folder", ["anna", "data"]],
    ["its folder", ["anna"]],
  ])("a link in the place of %s", async (_, parts) => {
    await using place = await setUp();
    const elsewhere = path.join(place.outside, "elsewhere");
    await mkdir(path.join(elsewhere, "data"), { recursive: true });
    for (const folder of [elsewhere, path.join(elsewhere, "data")])
      await writeFile(path.join(folder, "openclaw.json"), "{ theirs: 1 }");
    await place.storage.createInstance("anna");
    await rm(place.at(...parts), { recursive: true });
    await symlink(elsewhere, place.at(...parts));
    const before = await stat(elsewhere);
    await rejects(place.storage.readConfig("anna"), "FILES_DENIED");
    await rejects(place.storage.writeConfig("anna", "{ mine: 1 }"), "FILES_DENIED");
    await rejects(place.storage.createInstance("anna"), "FILES_DENIED");
    expect(await place.storage.hasInstance("anna")).toBe(true);
    for (const folder of [elsewhere, path.join(elsewhere, "data")])
      expect(await readFile(path.join(folder, "openclaw.json"), "utf8")).toBe("{ theirs: 1 }");
    expect((await stat(elsewhere)).mtimeMs).toBe(before.mtimeMs);
    await place.storage.removeInstance("anna");
    expect((await readdir(elsewhere)).sort()).toEqual(["data", "openclaw.json"]);
  });

  test("a pipe does not keep the panel waiting, nor does a folder", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    execFileSync("mkfifo", [place.config()]);
    await rejects(place.storage.readConfig("anna"), "FILES_DENIED");
    await rm(place.config());
    await mkdir(place.config());
    await rejects(place.storage.readConfig("anna"), "FILES_DENIED");
    await rejects(place.storage.writeConfig("anna", "{}"), "FILES_DENIED");
  });
});

describe("a write that does not come to its end", () => {
  /** A program that alternately writes two long texts for ever. */
  const WRITER = `
    const { openDiskStorage } = await import(process.argv[1]);
    const storage = await openDiskStorage({ home: process.argv[2], owner: null });
    for (let n = 0; ; n++) {
      await storage.writeConfig("anna", (n % 2 ? "a" : "b").repeat(500_000));
      process.stdout.write(".");
    }`;

  test("because the panel is killed leaves the old text or the new one", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    for (let kill = 0; kill < 6; kill++) {
      const module = path.join(import.meta.dirname, "disk-storage.ts");
      const argv = ["--input-type=module", "-e", WRITER, module, place.home];
      const writer = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
      const ended = once(writer, "exit");
      for (let writes = 0; writes <= kill * 3; ) {
        const [chunk] = (await once(writer.stdout, "data")) as [Buffer];
        writes += chunk.length;
      }
      writer.kill("SIGKILL");
      await ended;
      const text = await place.storage.readConfig("anna");
      expect(text).toHaveLength(500_000);
      expect(new Set(text).size).toBe(1);
    }
  });

  test("leaves a file beside it that does no harm", async () => {
    await using place = await setUp();
    await place.storage.createInstance("anna");
    await place.storage.writeConfig("anna", "{ old: 1 }");
    await writeFile(place.at("anna", "data", ".openclaw.json.0123456789ab.tmp"), "{ ne");
    const storage = await place.open();
    expect(await storage.readConfig("anna")).toBe("{ old: 1 }");
    await storage.writeConfig("anna", "{ newer: 1 }");
    expect(await storage.readConfig("anna")).toBe("{ newer: 1 }");
    await storage.removeInstance("anna");
    expect(await readdir(place.at())).toEqual([]);
  });

  test.runIf(canMount)(
    "because the disk is full leaves the old text, and nothing beside it",
    async () => {
      await using disk = await TinyDisk.mount("256k");
      await using place = await setUp({ home: disk.folder });
      await place.storage.createInstance("anna");
      await place.storage.writeConfig("anna", "{ old: 1 }");
      await place.files.updateCompose(async () => "old");
      await disk.fill();
      await rejects(place.storage.writeConfig("anna", "x".repeat(100_000)), "DISK_FULL");
      await rejects(
        place.files.updateCompose(async () => "n".repeat(100_000)),
        "DISK_FULL",
      );
      expect(await place.storage.readConfig("anna")).toBe("{ old: 1 }");
      expect(await readdir(place.at("anna", "data"))).toEqual(["openclaw.json"]);
      expect(await readFile(path.join(disk.folder, "docker-compose.yml"), "utf8")).toBe("old");
      expect((await place.files.diskUsage()).free).toBe(0);
      await disk.free();
      await place.storage.writeConfig("anna", "{ new: 1 }");
      expect(await place.storage.readConfig("anna")).toBe("{ new: 1 }");
    },
  );
});

describe("what the system refuses is told with the path and what to do", () => {
  test("a file in the place of the folder", async () => {
    await using place = await setUp();
    await rm(place.at(), { recursive: true });
    await writeFile(place.at(), "");
    const { storage } = place;
    for (const call of [() => storage.createInstance("anna"), () => storage.listInstances()]) {
      const error = await rejects(call(), "FILES_DENIED");
      expect(error.message).toContain(place.at());
      expect(error.message).toContain("Give the user that runs the panel access");
    }
    await rejects(place.open(), "FILES_DENIED");
    expect(await place.storage.hasInstance("anna")).toBe(false);
    await place.storage.removeInstance("anna");
  });

  test.runIf(canMount)("a disk that is read-only", async () => {
    await using disk = await TinyDisk.mount("256k");
    await using place = await setUp({ home: disk.folder });
    await place.storage.createInstance("anna");
    await place.storage.writeConfig("anna", "{ old: 1 }");
    await disk.setReadOnly(true);
    await rejects(place.storage.createInstance("ben"), "FILES_DENIED");
    await rejects(place.storage.writeConfig("anna", "{}"), "FILES_DENIED");
    await rejects(place.storage.removeInstance("anna"), "FILES_DENIED");
    await rejects(
      place.files.updateCompose(async () => "new"),
      "FILES_DENIED",
    );
    expect(await place.storage.readConfig("anna")).toBe("{ old: 1 }");
    await disk.setReadOnly(false);
  });
});
