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
import { rejects } from "../../../tests/support/rejects.ts";
import { canMount, TinyDisk } from "../../../tests/support/tiny-disk.ts";
import { openDiskFiles } from "./disk-files.ts";

const posix = process.platform !== "win32";
const root = process.getuid?.() === 0;

async function setUp(options: { home?: string } = {}) {
  const outside = await mkdtemp(path.join(await realpath(tmpdir()), "claw files 家-"));
  const home = options.home ?? path.join(outside, "home");
  await mkdir(home, { recursive: true });
  const rests: string[] = [];
  const onRest = ({ message }: Error) => void rests.push(message);
  const open = () => openDiskFiles({ home, templates: home, owner: null, onRest });
  const at = (...parts: string[]) => path.join(home, "instances", ...parts);
  return {
    outside,
    home,
    at,
    config: (id = "anna") => at(id, "data", "openclaw.json"),
    open,
    rests,
    files: await open(),
    [Symbol.asyncDispose]: () => rm(outside, { recursive: true, force: true }),
  };
}

describe("an instance's folders", () => {
  test("are made for its data and its logs, and for nobody else to read", async () => {
    await using place = await setUp();
    expect(await place.files.hasInstance("anna")).toBe(false);
    await place.files.createInstance("anna");
    expect(await place.files.hasInstance("anna")).toBe(true);
    expect((await readdir(place.at("anna"))).sort()).toEqual(["data", "logs"]);
    if (posix)
      for (const name of ["data", "logs"])
        expect((await stat(place.at("anna", name))).mode & 0o777).toBe(0o700);
  });

  test.runIf(posix && root)("belong to whom the container runs as", async () => {
    await using place = await setUp();
    const owner = { uid: 1234, gid: 2345 };
    const files = await openDiskFiles({ home: place.home, templates: place.home, owner });
    await files.createInstance("anna");
    await files.writeConfig("anna", "{}");
    for (const each of [place.at("anna", "data"), place.at("anna", "logs"), place.config()]) {
      const { uid, gid } = await stat(each);
      expect({ uid, gid }).toEqual(owner);
    }
    expect((await stat(place.at("anna"))).uid).toBe(0);
  });

  test("are taken up again as they are", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    await place.files.writeConfig("anna", "{ kept: 1 }");
    await writeFile(place.at("anna", "data", "memory.sqlite"), "kept");
    await place.files.createInstance("anna");
    expect(await place.files.readConfig("anna")).toBe("{ kept: 1 }");
    expect(await readFile(place.at("anna", "data", "memory.sqlite"), "utf8")).toBe("kept");
  });

  test("are listed when they are folders that an instance can have", async () => {
    await using place = await setUp();
    for (const name of ["b", "a", "A", ".hidden", ".removing-c-1", "under_score"])
      await mkdir(place.at(name));
    await writeFile(place.at("file"), "");
    if (posix) await symlink(place.outside, place.at("link"));
    expect(await place.files.listInstances()).toEqual(["a", "b"]);
  });

  test("are never looked for outside of the home, whatever the id", async () => {
    await using place = await setUp();
    await writeFile(path.join(place.outside, "openclaw.json"), "secret");
    for (const id of ["../../..", "..", ".", "", "a/b", "a\\b", "a\0b"]) {
      await expect(place.files.readConfig(id)).rejects.toThrow();
      await expect(place.files.writeConfig(id, "x")).rejects.toThrow();
      await expect(place.files.createInstance(id)).rejects.toThrow();
      await expect(place.files.removeInstance(id)).rejects.toThrow();
    }
  });
});

describe("removing an instance", () => {
  test("takes everything away, and nothing else", async () => {
    await using place = await setUp();
    for (const id of ["anna", "anna-2"]) await place.files.createInstance(id);
    await mkdir(place.at("anna", "data", "deep", "deeper"), { recursive: true });
    await writeFile(place.at("anna", "data", "deep", "deeper", "file"), "x");
    await place.files.removeInstance("anna");
    expect(await readdir(place.at())).toEqual(["anna-2"]);
    await place.files.removeInstance("anna");
  });

  test.runIf(posix)("does not follow links out of the folder", async () => {
    await using place = await setUp();
    const precious = path.join(place.outside, "precious");
    await mkdir(precious);
    await writeFile(path.join(precious, "file"), "x");
    await place.files.createInstance("anna");
    await symlink(precious, place.at("anna", "data", "link"));
    await place.files.removeInstance("anna");
    expect(await readdir(precious)).toEqual(["file"]);
  });

  test("that a crash cut short is carried through when the panel starts", async () => {
    await using place = await setUp();
    await mkdir(place.at(".removing-anna-12345678", "data"), { recursive: true });
    await writeFile(place.at(".removing-anna-12345678", "data", "file"), "x");
    await place.files.createInstance("ben");
    await place.open();
    expect(await readdir(place.at())).toEqual(["ben"]);
  });

  test("that was cut short goes on when it is asked for again", async () => {
    await using place = await setUp();
    for (const name of [".removing-anna-12345678", ".removing-anna-2-12345678"])
      await mkdir(place.at(name, "data"), { recursive: true });
    await place.files.removeInstance("anna");
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
        const files = await place.open();
        expect(await files.listInstances()).toEqual([]);
        const { message } = await rejects(files.removeInstance("anna"), "FILES_DENIED");
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
      expect(await place.files.hasInstance("anna")).toBe(false);
      await place.files.createInstance("anna");
      await place.files.writeConfig("anna", `{ round: ${round} }`);
      await place.files.removeInstance("anna");
    }
    expect(await place.files.readConfig("anna")).toBeNull();
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
    await place.files.createInstance("anna");
    await place.files.writeConfig("anna", text);
    expect(Buffer.compare(await readFile(place.config()), Buffer.from(text))).toBe(0);
    expect(await place.files.readConfig("anna")).toBe(text);
  });

  test("is nothing when there is none", async () => {
    await using place = await setUp();
    expect(await place.files.readConfig("anna")).toBeNull();
    await place.files.createInstance("anna");
    expect(await place.files.readConfig("anna")).toBeNull();
  });

  test.runIf(posix)("is for its owner only, also when the one before was not", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    await writeFile(place.config(), "{}");
    await chmod(place.config(), 0o666);
    await place.files.writeConfig("anna", "{ a: 1 }");
    expect((await stat(place.config())).mode & 0o777).toBe(0o600);
  });

  test("that is not UTF-8 is refused with what to do, and not touched", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    const latin1 = Buffer.from([0x7b, 0xe4, 0xf6, 0x7d]);
    await writeFile(place.config(), latin1);
    const error = await rejects(place.files.readConfig("anna"), "CONFIG_INVALID");
    expect(error.message).toContain("UTF-8");
    expect(await readFile(place.config())).toEqual(latin1);
  });

  test("that is too large to be one is refused without being read", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    await writeFile(place.config(), Buffer.alloc(CONFIG_MAX_LENGTH * 4 + 1, 0x20));
    await rejects(place.files.readConfig("anna"), "FILES_DENIED");
  });

  test("cannot be written where there are no folders", async () => {
    await using place = await setUp();
    await expect(place.files.writeConfig("anna", "{}")).rejects.toThrow();
    expect(await readdir(place.at())).toEqual([]);
  });
});

describe.runIf(posix)("what an instance planted is not followed:", () => {
  test("a link in the place of its configuration is refused, and replaced when written", async () => {
    await using place = await setUp();
    const secret = path.join(place.outside, "secret");
    await writeFile(secret, "{ token: 1 }");
    await place.files.createInstance("anna");
    await symlink(secret, place.config());
    const error = await rejects(place.files.readConfig("anna"), "FILES_DENIED");
    expect(error.message).toContain(place.config());
    await place.files.writeConfig("anna", "{ mine: 1 }");
    expect(await readFile(secret, "utf8")).toBe("{ token: 1 }");
    expect((await lstat(place.config())).isSymbolicLink()).toBe(false);
  });

  test("a link to nowhere, too", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    await symlink(path.join(place.outside, "not there"), place.config());
    await rejects(place.files.readConfig("anna"), "FILES_DENIED");
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
    await place.files.createInstance("anna");
    await rm(place.at(...parts), { recursive: true });
    await symlink(elsewhere, place.at(...parts));
    const before = await stat(elsewhere);
    await rejects(place.files.readConfig("anna"), "FILES_DENIED");
    await rejects(place.files.writeConfig("anna", "{ mine: 1 }"), "FILES_DENIED");
    await rejects(place.files.createInstance("anna"), "FILES_DENIED");
    expect(await place.files.hasInstance("anna")).toBe(true);
    for (const folder of [elsewhere, path.join(elsewhere, "data")])
      expect(await readFile(path.join(folder, "openclaw.json"), "utf8")).toBe("{ theirs: 1 }");
    expect((await stat(elsewhere)).mtimeMs).toBe(before.mtimeMs);
    await place.files.removeInstance("anna");
    expect((await readdir(elsewhere)).sort()).toEqual(["data", "openclaw.json"]);
  });

  test("a pipe does not keep the panel waiting, nor does a folder", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    execFileSync("mkfifo", [place.config()]);
    await rejects(place.files.readConfig("anna"), "FILES_DENIED");
    await rm(place.config());
    await mkdir(place.config());
    await rejects(place.files.readConfig("anna"), "FILES_DENIED");
    await rejects(place.files.writeConfig("anna", "{}"), "FILES_DENIED");
  });
});

describe("a write that does not come to its end", () => {
  /** A program that alternately writes two long texts for ever. */
  const WRITER = `
    const { openDiskFiles } = await import(process.argv[1]);
    const home = process.argv[2];
    const files = await openDiskFiles({ home, templates: home, owner: null });
    for (let n = 0; ; n++) {
      await files.writeConfig("anna", (n % 2 ? "a" : "b").repeat(500_000));
      process.stdout.write(".");
    }`;

  test("because the panel is killed leaves the old text or the new one", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    for (let kill = 0; kill < 6; kill++) {
      const module = path.join(import.meta.dirname, "disk-files.ts");
      const argv = ["--input-type=module", "-e", WRITER, module, place.home];
      const writer = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
      const ended = once(writer, "exit");
      for (let writes = 0; writes <= kill * 3; ) {
        const [chunk] = (await once(writer.stdout, "data")) as [Buffer];
        writes += chunk.length;
      }
      writer.kill("SIGKILL");
      await ended;
      const text = await place.files.readConfig("anna");
      expect(text).toHaveLength(500_000);
      expect(new Set(text).size).toBe(1);
    }
  });

  test("leaves a file beside it that does no harm", async () => {
    await using place = await setUp();
    await place.files.createInstance("anna");
    await place.files.writeConfig("anna", "{ old: 1 }");
    await writeFile(place.at("anna", "data", ".openclaw.json.0123456789ab.tmp"), "{ ne");
    const files = await place.open();
    expect(await files.readConfig("anna")).toBe("{ old: 1 }");
    await files.writeConfig("anna", "{ newer: 1 }");
    expect(await files.readConfig("anna")).toBe("{ newer: 1 }");
    await files.removeInstance("anna");
    expect(await readdir(place.at())).toEqual([]);
  });

  test.runIf(canMount)(
    "because the disk is full leaves the old text, and nothing beside it",
    async () => {
      await using disk = await TinyDisk.mount("256k");
      await using place = await setUp({ home: disk.folder });
      await place.files.createInstance("anna");
      await place.files.writeConfig("anna", "{ old: 1 }");
      await place.files.updateCompose(async () => "old");
      await disk.fill();
      await rejects(place.files.writeConfig("anna", "x".repeat(100_000)), "DISK_FULL");
      await rejects(
        place.files.updateCompose(async () => "n".repeat(100_000)),
        "DISK_FULL",
      );
      expect(await place.files.readConfig("anna")).toBe("{ old: 1 }");
      expect(await readdir(place.at("anna", "data"))).toEqual(["openclaw.json"]);
      expect(await readFile(path.join(disk.folder, "docker-compose.yml"), "utf8")).toBe("old");
      expect((await place.files.diskUsage()).free).toBe(0);
      await disk.free();
      await place.files.writeConfig("anna", "{ new: 1 }");
      expect(await place.files.readConfig("anna")).toBe("{ new: 1 }");
    },
  );
});

describe("what the system refuses is told with the path and what to do", () => {
  test("a file in the place of the folder", async () => {
    await using place = await setUp();
    await rm(place.at(), { recursive: true });
    await writeFile(place.at(), "");
    const { files } = place;
    for (const call of [() => files.createInstance("anna"), () => files.listInstances()]) {
      const error = await rejects(call(), "FILES_DENIED");
      expect(error.message).toContain(place.at());
      expect(error.message).toContain("Give the user that runs the panel access");
    }
    await rejects(place.open(), "FILES_DENIED");
    expect(await place.files.hasInstance("anna")).toBe(false);
    await place.files.removeInstance("anna");
  });

  test.runIf(canMount)("a disk that is read-only", async () => {
    await using disk = await TinyDisk.mount("256k");
    await using place = await setUp({ home: disk.folder });
    await place.files.createInstance("anna");
    await place.files.writeConfig("anna", "{ old: 1 }");
    await disk.setReadOnly(true);
    await rejects(place.files.createInstance("ben"), "FILES_DENIED");
    await rejects(place.files.writeConfig("anna", "{}"), "FILES_DENIED");
    await rejects(place.files.removeInstance("anna"), "FILES_DENIED");
    await rejects(
      place.files.updateCompose(async () => "new"),
      "FILES_DENIED",
    );
    expect(await place.files.readConfig("anna")).toBe("{ old: 1 }");
    await disk.setReadOnly(false);
  });
});

describe("docker-compose.yml", () => {
  test("is what was rendered last, for its owner only", async () => {
    await using place = await setUp();
    const file = path.join(place.home, "docker-compose.yml");
    const renders = ["first", "second", "third"];
    await Promise.all(renders.map((text) => place.files.updateCompose(async () => text)));
    expect(await readFile(file, "utf8")).toBe("third");
    if (posix) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("is rendered by one at a time, so that nobody writes what is out of date", async () => {
    await using place = await setUp();
    let rendering = 0;
    let version = 0;
    await Promise.all(
      Array.from({ length: 10 }, () =>
        place.files.updateCompose(async () => {
          expect(++rendering).toBe(1);
          await stat(place.home);
          rendering -= 1;
          return `version ${++version}`;
        }),
      ),
    );
    const file = path.join(place.home, "docker-compose.yml");
    expect(await readFile(file, "utf8")).toBe("version 10");
  });

  test("is left alone when it says so already", async () => {
    await using place = await setUp();
    const file = path.join(place.home, "docker-compose.yml");
    await place.files.updateCompose(async () => "same");
    const before = await stat(file, { bigint: true });
    await place.files.updateCompose(async () => "same");
    const after = await stat(file, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  test("stays as it was when rendering fails, and the next one has its turn", async () => {
    await using place = await setUp();
    await place.files.updateCompose(async () => "good");
    await expect(place.files.updateCompose(() => Promise.reject(new Error("no")))).rejects.toThrow(
      "no",
    );
    expect(await readFile(path.join(place.home, "docker-compose.yml"), "utf8")).toBe("good");
    await place.files.updateCompose(async () => "better");
  });
});

test("templates are read from their folder only", async () => {
  await using place = await setUp();
  await writeFile(path.join(place.home, "x.yml"), "{{ x }}");
  await writeFile(path.join(place.outside, "y.yml"), "outside");
  expect(await place.files.readTemplate("x.yml")).toBe("{{ x }}");
  await expect(place.files.readTemplate("../y.yml")).rejects.toThrow();
});

test("the disk's size is told in bytes", async () => {
  await using place = await setUp();
  const { total, free } = await place.files.diskUsage();
  expect(total).toBeGreaterThan(free);
  expect(free).toBeGreaterThan(1_000_000);
});
