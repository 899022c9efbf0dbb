import { lstat, mkdir, readdir, readlink, symlink } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  type ArchivePlace,
  fingerprint,
  NEVER,
  openArchivePlace,
} from "../../../../tests/support/archive-place.ts";
import { createDiskCodec } from "./disk-codec.ts";
import { openArchive } from "./read/open-archive.ts";

const FILE = "claw-20261122-081500-1.tar";
const KEPT = {
  "node_modules/.bin/left": "../../left/cli.js",
  up: "..",
  dangling: "nowhere",
  链接: `深/${"长".repeat(80)}`,
};

/** An instance with links in its workspace. */
async function openPlace(links: Record<string, string>): Promise<ArchivePlace> {
  const place = await openArchivePlace();
  await place.provision("anna", {
    "data/workspace/left/cli.js": "#!/usr/bin/env node",
    "data/workspace/node_modules/.bin/": "",
  });
  const workspace = place.at("anna", "data", "workspace");
  for (const [name, target] of Object.entries(links)) await symlink(target, `${workspace}/${name}`);
  return place;
}

const versionOf = (place: ArchivePlace) => {
  using archive = openArchive(place.backup(FILE));
  return archive.manifest.version;
};

describe.runIf(process.platform !== "win32")("links of an instance", () => {
  test("that stay inside are backed up, verified and restored as they are", async () => {
    await using place = await openPlace(KEPT);
    const copied = await place.storage.copyOut("anna", "c", { signal: NEVER });
    expect(copied).toMatchObject({ links: 4, leftOut: { links: 0, others: 0 } });
    await place.backUp(["anna"]);
    expect(versionOf(place)).toBe(2);
    expect(await place.archives.verify(FILE, { signal: NEVER })).toMatchObject({ opened: true });
    const staged = { filename: FILE, from: "anna", staged: "s" };
    expect(await place.archives.unpack(staged, { signal: NEVER })).toMatchObject({ problems: [] });
    expect(await fingerprint(place.at(".staged-s"))).toEqual(await fingerprint(place.at("anna")));
  });

  test("that lead out are left out and counted, and the format stays that of before", async () => {
    await using place = await openPlace({
      python: "/usr/bin/python3",
      out: "../../../ben",
      other: "../../logs",
      turned: "left/../left",
    });
    const { links, leftOut } = await place.storage.copyOut("anna", "c", { signal: NEVER });
    expect({ links, leftOut }).toEqual({ links: 0, leftOut: { links: 4, others: 0 } });
    await place.backUp(["anna"]);
    expect(versionOf(place)).toBe(1);
    await place.archives.unpack({ filename: FILE, from: "anna", staged: "s" }, { signal: NEVER });
    expect((await readdir(place.at(".staged-s", "data", "workspace"))).sort()).toEqual([
      "left",
      "node_modules",
    ]);
  });

  test.runIf(process.getuid?.() === 0)("belong to whom the container runs as", async () => {
    await using place = await openPlace({ "node_modules/x": "../left" });
    await mkdir(place.at("anna", "data", "state"));
    await place.backUp(["anna"]);
    const owner = { uid: 1234, gid: 2345 };
    const archives = createDiskCodec({ home: place.home, owner });
    await archives.unpack({ filename: FILE, from: "anna", staged: "s" }, { signal: NEVER });
    const link = place.at(".staged-s", "data", "workspace", "node_modules", "x");
    const { uid, gid } = await lstat(link);
    expect({ uid, gid, target: await readlink(link) }).toEqual({ ...owner, target: "../left" });
  });
});
