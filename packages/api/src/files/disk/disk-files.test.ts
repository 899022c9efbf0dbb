import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { rejects } from "../../../tests/support/rejects.ts";
import { describeFiles } from "../files.contract.ts";
import { createDiskFiles } from "./disk-files.ts";

const posix = process.platform !== "win32";

async function setUp() {
  const outside = await mkdtemp(path.join(await realpath(tmpdir()), "claw files 家-"));
  const home = path.join(outside, "home");
  const templates = path.join(outside, "templates");
  for (const folder of [home, templates]) await mkdir(folder);
  await writeFile(path.join(templates, "x.yml"), "{{ x }}");
  const composeFile = path.join(home, "docker-compose.yml");
  return {
    outside,
    home,
    composeFile,
    files: createDiskFiles({ home, templates }),
    compose: () => readFile(composeFile, "utf8").catch(() => null),
    [Symbol.asyncDispose]: () => rm(outside, { recursive: true, force: true }),
  };
}

describeFiles("disk", setUp);

describe("docker-compose.yml", () => {
  test("belongs to its owner only", async () => {
    await using place = await setUp();
    await place.files.updateCompose(async () => "text");
    if (posix) expect((await stat(place.composeFile)).mode & 0o777).toBe(0o600);
  });

  test("is left alone when it says so already", async () => {
    await using place = await setUp();
    await place.files.updateCompose(async () => "same");
    const before = await stat(place.composeFile, { bigint: true });
    await place.files.updateCompose(async () => "same");
    const after = await stat(place.composeFile, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });
});

test("templates are read from their folder only", async () => {
  await using place = await setUp();
  await writeFile(path.join(place.outside, "y.yml"), "outside");
  await rejects(place.files.readTemplate("../y.yml"), "FILES_DENIED");
  await rejects(place.files.readTemplate(path.join(place.outside, "y.yml")), "FILES_DENIED");
});

describe("the schema of an image", () => {
  const ID = `sha256:${"ab".repeat(32)}`;

  test("is for its owner only", async () => {
    await using place = await setUp();
    await place.files.keepImageSchema(ID, "{}");
    const file = path.join(place.home, "data/schemas", `${ID.replace(":", "%3A")}.json`);
    if (posix) expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("lies below the home, whatever its image is called", async () => {
    await using place = await setUp();
    await place.files.keepImageSchema("../../escaped", "{}");
    expect(await readdir(path.join(place.home, "data/schemas"))).toEqual([
      "..%2F..%2Fescaped.json",
    ]);
  });

  test("is listed without what others have put beside it", async () => {
    await using place = await setUp();
    await place.files.keepImageSchema(ID, "{}");
    await writeFile(path.join(place.home, "data/schemas/.note"), "not of the panel");
    expect(await place.files.keptImageSchemas()).toEqual([ID]);
  });
});
