import { describe, expect, test } from "vitest";
import { RECORD, rejectsWith } from "./backup.fixture.ts";
import { encodeManifest, type ManifestFacts, memberName, parseManifest } from "./manifest.ts";

const END = 8_192;

function facts(change: Partial<ManifestFacts["instances"][number]> = {}): ManifestFacts {
  return {
    version: 1,
    createdAt: "2026-11-22T08:15:00.000Z",
    createdBy: "panel",
    note: "升级前",
    panelVersion: "0.1.0",
    encryption: null,
    instances: [
      {
        record: RECORD,
        member: "instances/anna.tar.zst",
        offset: 2_048,
        size: 1_000,
        sha256: "0".repeat(64),
        tarSize: 20_480,
        bytes: 5_000,
        files: 3,
        folders: 2,
        names: "portable",
        ...change,
      },
    ],
  };
}

const parse = (change: Parameters<typeof facts>[0], end = END) =>
  parseManifest(encodeManifest(facts(change)), end);

describe("a manifest", () => {
  test("is read back as it was written", () => {
    expect(parse({})).toMatchObject(facts());
  });

  test("of a panel that wrote no owners down is read as before", () => {
    const { owner: _, ...record } = RECORD;
    const [instance] = parse({ record }).instances;
    expect(instance?.record).toEqual(record);
  });

  test("of format 2 may promise links, and no more than fit", () => {
    const withLinks = (links: number) => {
      const [one] = facts().instances as [ManifestFacts["instances"][number]];
      const instances = [{ ...one, links }];
      return parseManifest(encodeManifest({ ...facts(), version: 2, instances }), END);
    };
    expect(withLinks(3).instances[0]?.links).toBe(3);
    rejectsWith(() => withLinks(1_000), "more than it holds");
  });

  test("may hold no instance", () => {
    expect(parseManifest(encodeManifest({ ...facts(), instances: [] }), END).instances).toEqual([]);
  });

  test.each([
    ["no JSON", "{", "not JSON"],
    ["something else", '{"format":"zip"}', "not that of a backup"],
    [
      "a later format",
      encodeManifest(facts()).replace('"version": 1', '"version": 3'),
      "Update the panel",
    ],
    [
      "a number in the place of a name",
      encodeManifest(facts()).replace('"panel"', "1"),
      "createdBy",
    ],
    [
      "a time that is none",
      encodeManifest(facts()).replace("2026-11-22T08:15:00.000Z", "now"),
      "createdAt",
    ],
  ])("is not %s", (_, text, why) => rejectsWith(() => parseManifest(text, END), why));

  test.each([
    ["a size below zero", { size: -1 }, "size"],
    ["a size beyond all numbers", { size: 2 ** 60 }, "size"],
    ["a member between blocks", { offset: 2_049 }, "overlap"],
    ["a member in the header of the first", { offset: 0 }, "overlap"],
    ["a member beyond the end", { size: 6_000 }, "more bytes than the file has"],
    ["another member", { member: "instances/ben.tar.zst" }, "wrong member"],
    ["a member outside", { member: "../x" }, "wrong member"],
    ["more than can be packed", { tarSize: 1e12, bytes: 1e11 }, "more than can have been packed"],
    ["more files than fit", { files: 1_000 }, "more than it holds"],
    ["links, in a format without them", { links: 1 }, "format 1"],
    ["an id that is none", { record: { ...RECORD, id: "../x" } }, "record.id"],
  ])("that promises %s is refused", (_, change, why) => rejectsWith(() => parse(change), why));

  test("that names an instance twice, or lets two overlap, is refused", () => {
    const [one] = facts().instances as [ManifestFacts["instances"][number]];
    const ben = { ...one, record: { ...RECORD, id: "ben" }, member: "instances/ben.tar.zst" };
    const both = (second: typeof one) =>
      parseManifest(encodeManifest({ ...facts(), instances: [one, second] }), END);
    rejectsWith(() => both({ ...one, offset: 4_096 }), "twice");
    rejectsWith(() => both({ ...ben, offset: 3_072 }), "overlap");
    expect(both({ ...ben, offset: 4_096 }).instances).toHaveLength(2);
  });

  test("that promises more files than any panel has is refused", () => {
    rejectsWith(
      () => parse({ size: 1_000_000, tarSize: 3e10, files: 2_000_001 }, 2 ** 30),
      "too many files",
    );
  });
});

test("a member is named by its instance, and says whether it is encrypted", () => {
  expect(memberName("anna", false)).toBe("instances/anna.tar.zst");
  expect(memberName("anna", true)).toBe("instances/anna.tar.zst.age");
});
