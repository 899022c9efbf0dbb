import { describe, expect, test } from "vitest";
import { END, member, PLATFORM } from "./codec.fixture.ts";
import { concatBytes } from "./platform.ts";
import { readTar } from "./tar-reader.ts";

/** The output of a reader for a tar that arrives in pieces of `size` bytes. */
function read(blocks: Uint8Array[], size = 10_000): string[] {
  const seen: string[] = [];
  const reader = readTar(({ path, kind, target }) => {
    const parts: Uint8Array[] = [];
    return {
      data: (part) => void parts.push(Uint8Array.from(part)),
      end: () =>
        void seen.push([kind, path, target ?? "", Buffer.concat(parts).toString()].join("|")),
    };
  }, PLATFORM);
  const bytes = concatBytes(blocks);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  reader.end();
  return seen;
}

const FILE = member({ path: "data/x" }, "x".repeat(600));

test.each([
  1, 7, 511, 512, 513, 10_000,
])("members come out whole from pieces of %i bytes", (size) => {
  const blocks = [
    member({ path: "data/", type: "5" }),
    FILE,
    member({ path: "data/l", type: "2", linkpath: "x" }),
    member({ path: "data/empty" }),
    END,
  ];
  expect(read(blocks, size)).toEqual([
    "folder|data||",
    `file|data/x||${"x".repeat(600)}`,
    "link|data/l|x|",
    "file|data/empty||",
  ]);
});

test("a pax header gives the next member its path, and no further one", () => {
  const pax = member({ type: "x" }, "15 path=a long\n");
  expect(read([pax, FILE, FILE, END])).toEqual([
    `file|a long||${"x".repeat(600)}`,
    `file|data/x||${"x".repeat(600)}`,
  ]);
});

describe("what our archives never hold is refused:", () => {
  test.each<[string, Uint8Array[], RegExp]>([
    ["a hard link", [member({ type: "1" }), END], /neither file nor folder/],
    ["a negative size", [member({ size: -1 }), END], /broken header/],
    [
      "a pax header of negative size",
      [member({ type: "x", size: -1 }), FILE, END],
      /no backup has/,
    ],
    ["no time", [member({ mtime: Number.NaN }), END], /broken header/],
    [
      "two pax headers",
      [member({ type: "x" }, "9 size=1\n"), member({ type: "x" }), END],
      /header/,
    ],
    ["no end", [FILE], /ends too early/],
    ["half an end", [FILE, END.subarray(512)], /ends too early/],
    ["something behind its end", [FILE, END, FILE], /follows its end/],
    ["something in its end", [END.subarray(512), FILE, END], /follows its end/],
  ])("%s", (_, blocks, message) => {
    expect(() => read(blocks)).toThrow(message);
  });
});
