import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createDiskFiles } from "./disk-files.ts";

const posix = process.platform !== "win32";

async function setUp() {
  const outside = await mkdtemp(path.join(await realpath(tmpdir()), "claw files 家-"));
  const home = path.join(outside, "home");
  await mkdir(home);
  return {
    outside,
    home,
    files: createDiskFiles({ home, templates: home }),
    [Symbol.asyncDispose]: () => rm(outside, { recursive: true, force: true }),
  };
}

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
