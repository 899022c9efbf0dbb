import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { zstdCompressSync } from "node:zlib";
import { DomainError } from "@claw/core/errors";
import { describe, expect, test } from "vitest";
import {
  fingerprint,
  openArchivePlace,
  recordOf,
} from "../../../../tests/support/archive-place.ts";
import {
  type ForgedMember,
  type Forgery,
  forgeArchive,
} from "../../../../tests/support/forged-archive.ts";
import { verifyArchive } from "./read/verify-archive.ts";
import { unpackInstance } from "./unpack/unpack-instance.ts";

const DATA = { path: "data/" };
const GOOD = [DATA, { path: "data/openclaw.json", content: "{}" }, { path: "logs/" }];
const silent = () => undefined;

const withMember = (...members: Forgery["members"]): Forgery => ({ members: [DATA, ...members] });
const LINK = { type: "2", asLink: true, linkpath: "x" };
/** A format with links; the first member is one, and so are all others with a target. */
const withLink = (...members: ForgedMember[]): Forgery => ({
  members: [
    DATA,
    ...members.map((one) => (one.linkpath === undefined ? one : { ...LINK, ...one })),
  ],
  manifest: (honest) => ({ ...honest, version: 2 }),
});
const file = (name: string) => withMember({ path: name, content: "x" });
const promising = (change: Record<string, unknown>): Forgery => ({
  members: GOOD,
  instance: (honest) => ({ ...honest, ...change }),
});

/** Compresses a hundredfold and more: unpacks to `size` bytes. */
const bomb = (size: number) => Buffer.alloc(size);

const HOSTILE: [what: string, forgery: Forgery, says: RegExp][] = [
  ["a name that leads out", file("data/../../../escaped"), /leads out/],
  ["a name that begins by leading out", file("../escaped"), /leads out/],
  ["an absolute name", file("/tmp/escaped"), /absolute/],
  [
    "an absolute name in pax",
    withMember({ path: "data/x", pax: "25 path=/tmp/claw-escaped\n" }),
    /absolute|broken/,
  ],
  [
    "a name that leads out in pax",
    withMember({ path: "data/x", pax: "21 path=data/../../x\n" }),
    /leads out|broken/,
  ],
  ["an empty part in a name", file("data//x"), /empty part/],
  ["a folder outside", withMember({ path: "elsewhere/" }), /does not belong/],
  ["a file outside", file("elsewhere"), /does not belong/],
  [
    "a file in the place of a folder of ours",
    { members: [{ path: "data", content: "x" }] },
    /does not belong/,
  ],
  [
    "a link out",
    withMember({ path: "data/l", type: "2", linkpath: "/etc" }),
    /neither file nor folder/,
  ],
  [
    "a link that nobody promised",
    { ...withLink({ path: "data/l", linkpath: "x" }), instance: ({ links: _, ...rest }) => rest },
    /neither file nor folder/,
  ],
  [
    "a link in a format without links",
    { ...withLink({ path: "data/l", linkpath: "x" }), manifest: (m) => m },
    /format 1/,
  ],
  ["an absolute link", withLink({ path: "data/l", linkpath: "/etc" }), /leads out/],
  ["a link that leads out", withLink({ path: "data/l", linkpath: "../x" }), /leads out/],
  [
    "a link that leads out in pax",
    withLink({ path: "data/l", linkpath: "x", pax: "17 linkpath=../x\n" }),
    /leads out/,
  ],
  [
    "a link that leads out by another link",
    withLink({ path: "data/l", linkpath: "." }, { path: "data/m", linkpath: "l/../x" }),
    /goes up behind/,
  ],
  [
    "a file below a link that leads nowhere else",
    withLink({ path: "data/l", linkpath: "." }, { path: "data/l/x" }),
    /without its folder/,
  ],
  [
    "a file in the place of a link",
    withLink({ path: "data/l", linkpath: "x" }, { path: "data/l" }),
    /twice/,
  ],
  [
    "a link in the place of data",
    { ...withLink(), members: [{ ...LINK, path: "data" }] },
    /belong|leads out/,
  ],
  [
    "a link that is another one in its list",
    {
      ...withLink({ path: "data/l", linkpath: "x" }),
      lines: (lines) => lines.map((line) => line.replace('"target":"x"', '"target":"y"')),
    },
    /not the one of its list/,
  ],
  [
    "a file below a link",
    withMember({ path: "data/l", type: "2", linkpath: "/tmp" }, { path: "data/l/x" }),
    /neither file nor folder/,
  ],
  [
    "a hard link",
    withMember({ path: "data/l", type: "1", linkpath: "/etc/passwd" }),
    /neither file nor folder/,
  ],
  ["a character device", withMember({ path: "data/d", type: "3" }), /neither file nor folder/],
  ["a block device", withMember({ path: "data/d", type: "4" }), /neither file nor folder/],
  ["a fifo", withMember({ path: "data/p", type: "6" }), /neither file nor folder/],
  ["a sparse file of GNU", withMember({ path: "data/s", type: "S" }), /neither file nor folder/],
  [
    "a long name of GNU",
    withMember({ path: "data/n", type: "L", content: "../../x" }),
    /neither file nor folder/,
  ],
  [
    "a header for all",
    withMember({ path: "data/g", type: "g", content: "20 path=/tmp/x00000\n" }),
    /neither file nor folder/,
  ],
  [
    "a pax record that is not ours",
    withMember({ path: "data/x", pax: "22 GNU.sparse.major=1\n" }),
    /no backup has/,
  ],
  [
    "a pax record of a wrong length",
    withMember({ path: "data/x", pax: "99 path=data/x\n" }),
    /broken header/,
  ],
  ["a pax size that is none", withMember({ path: "data/x", pax: "11 size=-1\n" }), /no backup has/],
  ["a NUL in a name", withMember({ path: "data/x", pax: "18 path=data/a\0bcd\n" }), /NUL|broken/],
  ["a file twice", withMember({ path: "data/x" }, { path: "data/x" }), /twice/],
  ["a file and a folder of one name", withMember({ path: "data/x" }, { path: "data/x/" }), /twice/],
  ["a file without its folder", file("data/a/b"), /without its folder/],
  ["case twins", withMember({ path: "data/A" }, { path: "data/a" }), /Windows/],
  ["case twins among folders", withMember({ path: "data/A/" }, { path: "data/a/" }), /Windows/],
  ["a device of Windows", file("data/aux.txt"), /Windows/],
  ["a drive letter", file("data/C:x"), /Windows/],
  ["an absolute name of Windows", file("C:\\Windows\\x"), /does not belong/],
  ["a backslash", file("data/..\\..\\x"), /Windows/],
  ["a dot at the end of a name", file("data/x."), /Windows/],
  [
    "a part of more than 255 characters",
    withMember({ path: "data/x", pax: `270 path=data/${"x".repeat(255)}y\n` }),
    /too long|broken/,
  ],
  [
    "a hundred bytes for each promised",
    {
      ...promising({}),
      tar: (tar) => Buffer.concat([tar, bomb(100 * tar.length)]),
      instance: (honest) => ({ ...honest, tarSize: 4_096 }),
    },
    /more than its manifest promises/,
  ],
  [
    "a file larger than promised",
    {
      members: [DATA, { path: "data/x", content: bomb(1_000_000) }],
      instance: (honest) => ({ ...honest, bytes: 10 }),
    },
    /more than its manifest promises/,
  ],
  [
    "more files than promised",
    {
      members: [DATA, { path: "data/a" }, { path: "data/b" }],
      instance: (honest) => ({ ...honest, files: 1 }),
    },
    /more than its manifest promises/,
  ],
  [
    "less than promised",
    { members: GOOD, instance: (honest) => ({ ...honest, files: 0 }) },
    /promises/,
  ],
  [
    "more than can be packed in so little",
    promising({ tarSize: 1e15, bytes: 1e14 }),
    /more than can have been packed/,
  ],
  [
    "something behind its end",
    { members: GOOD, tar: (tar) => Buffer.concat([tar, Buffer.alloc(512, 1)]) },
    /follows its end/,
  ],
  ["no end", { members: GOOD, tar: (tar) => tar.subarray(0, -1_024) }, /ends too early/],
  ["half a file", { members: GOOD, tar: (tar) => tar.subarray(0, 2_600) }, /too early|missing/],
  [
    "a header with a wrong checksum",
    { members: GOOD, tar: (tar) => tar.fill(0x37, 2_600, 2_601) },
    /broken header/,
  ],
  [
    "a size that is no number",
    withMember({ path: "data/x", tamper: (block) => void block.fill(0xff, 124, 136) }),
    /broken header/,
  ],
  [
    "a file that is not listed",
    withMember({ path: "data/x", content: "1", unlisted: true }),
    /promises|list/,
  ],
  [
    "a list with another checksum",
    {
      members: GOOD,
      lines: (lines) => lines.map((line) => line.replace(/"sha256":"./, '"sha256":"0')),
    },
    /not the one of its list/,
  ],
  [
    "a list with another mode",
    { members: GOOD, lines: (lines) => lines.map((line) => line.replace("0600", "0777")) },
    /not the one of its list/,
  ],
  ["a list that is none", { members: GOOD, lines: () => ["[]"] }, /list of files is broken/],
  [
    "a line without an end",
    { members: GOOD, lines: () => ["x".repeat(100_000)] },
    /list of files is broken/,
  ],
  [
    "a second list",
    { members: [...GOOD, { path: "files.jsonl", content: "" }] },
    /follows the list|list/,
  ],
  ["no zstd", { members: GOOD, packed: () => Buffer.from("PK\u0003\u0004") }, /cannot be unpacked/],
  [
    "something behind its zstd",
    { members: GOOD, packed: (packed) => Buffer.concat([packed, Buffer.from("garbage!")]) },
    /cannot be unpacked/,
  ],
  [
    "a zstd window of 128 MB",
    { members: GOOD, packed: () => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, 0x01, 0, 0]) },
    /cannot be unpacked/,
  ],
  [
    "another record inside",
    {
      members: GOOD,
      record: recordOf("anna"),
      instance: (honest) => ({ ...honest, record: { ...recordOf("anna"), name: "Ben" } }),
    },
    /not the one of its manifest/,
  ],
  [
    "a wrong checksum of the member",
    promising({ sha256: "0".repeat(64) }),
    /does not match its checksum/,
  ],
  [
    "an id that leads out",
    promising({ record: { ...recordOf("anna"), id: "../../x" } }),
    /record\.id/,
  ],
  ["a member that overlaps its header", promising({ offset: 0 }), /overlap/],
  ["a member beyond the end", promising({ size: 1e12 }), /more bytes than the file has/],
  ["a size that is negative", promising({ size: -1 }), /size/],
  [
    "the same instance twice",
    {
      members: GOOD,
      manifest: (m) => ({
        ...m,
        instances: [...(m.instances as object[]), ...(m.instances as object[])],
      }),
    },
    /twice/,
  ],
  [
    "encryption that it does not have",
    { members: GOOD, manifest: (m) => ({ ...m, encryption: "passphrase" }) },
    /wrong member/,
  ],
  [
    "a later format",
    { members: GOOD, manifest: (m) => ({ ...m, version: 3 }) },
    /Update the panel/,
  ],
  ["a manifest that is none", { members: GOOD, manifest: () => [] }, /not that of a backup/],
  [
    "an end that is cut off",
    { members: GOOD, file: (bytes) => bytes.subarray(0, -1) },
    /end is missing/,
  ],
  [
    "something after its end",
    { members: GOOD, file: (bytes) => Buffer.concat([bytes, Buffer.alloc(512)]) },
    /end is missing|end has been/,
  ],
  [
    "a changed byte in its last block",
    { members: GOOD, file: (bytes) => bytes.fill(1, bytes.length - 1) },
    /end has been changed/,
  ],
  [
    "no archive",
    { members: GOOD, file: () => zstdCompressSync(Buffer.alloc(10_000)) },
    /too small|end is missing/,
  ],
];

async function openPlace() {
  const place = await openArchivePlace();
  await place.provision("anna", { "data/openclaw.json": "{ precious: 1 }" });
  await writeFile(path.join(place.outside, "precious"), "x");
  return place;
}

describe("an archive that somebody made to do harm is refused with a sentence:", () => {
  test.each(HOSTILE)("%s", async (_, forgery, says) => {
    await using place = await openPlace();
    const target = place.backup("bad.tar");
    await writeFile(target, forgeArchive(forgery));
    const before = await fingerprint(place.outside);
    const folder = place.at(".staged-s");
    const attempts = [
      () => verifyArchive({ file: target }, silent),
      () => unpackInstance({ file: target, from: "anna", folder, owner: null }, silent),
    ];
    for (const attempt of attempts) {
      const error = await attempt().then(String, (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DomainError);
      expect(error).toMatchObject({
        reason: "ARCHIVE_INVALID",
        message: expect.stringMatching(says),
      });
    }
    const outside = Object.entries(await fingerprint(place.outside)).filter(
      ([name]) => !name.includes(".staged-s") && name !== path.join("home", "instances"),
    );
    expect(Object.fromEntries(outside)).toEqual(
      Object.fromEntries(
        Object.entries(before).filter(([name]) => name !== path.join("home", "instances")),
      ),
    );
  });

  test("and what was unpacked of it so far is removed", async () => {
    await using place = await openPlace();
    await writeFile(place.backup("bad.tar"), forgeArchive(file("data/../x")));
    const signal = new AbortController().signal;
    const staging = place.archives.unpack(
      { filename: "bad.tar", from: "anna", staged: "s" },
      { signal },
    );
    await expect(staging).rejects.toMatchObject({ reason: "ARCHIVE_INVALID" });
    expect(await readdir(place.at())).toEqual(["anna"]);
  });
});

test("the forger's tools make an archive that is right when it does not lie", async () => {
  await using place = await openPlace();
  const target = place.backup("good.tar");
  await writeFile(target, forgeArchive({ members: GOOD }));
  expect(await verifyArchive({ file: target }, silent)).toMatchObject({ opened: true });
  const folder = place.at(".staged-s");
  await unpackInstance({ file: target, from: "anna", folder, owner: null }, silent);
  expect(await readFile(path.join(folder, "data", "openclaw.json"), "utf8")).toBe("{}");
});

test.runIf(process.platform === "linux")(
  "names that only Linux can store come back where the archive says that it has some",
  async () => {
    await using place = await openPlace();
    const members = ["data/A", "data/C:x", "data/a", "data/a\\b", "data/aux"].map((name) => ({
      path: name,
    }));
    const forged = {
      ...withMember(...members),
      ...{ instance: (honest: object) => ({ ...honest, names: "posix" }) },
    };
    await writeFile(place.backup("x.tar"), forgeArchive(forged));
    const folder = place.at(".staged-s");
    await unpackInstance(
      { file: place.backup("x.tar"), from: "anna", folder, owner: null },
      silent,
    );
    expect((await readdir(path.join(folder, "data"))).sort()).toEqual([
      "A",
      "C:x",
      "a",
      "a\\b",
      "aux",
    ]);
  },
);

test("a staged folder that is there already is not unpacked into", async () => {
  await using place = await openPlace();
  await writeFile(place.backup("x.tar"), forgeArchive({ members: GOOD }));
  const folder = place.at(".staged-s");
  await mkdir(folder);
  const staging = unpackInstance(
    { file: place.backup("x.tar"), from: "anna", folder, owner: null },
    silent,
  );
  await expect(staging).rejects.toMatchObject({ code: "EEXIST" });
});
