import type { TarMember } from "@claw/core/backup/codec/tar-member";
import { readTar } from "@claw/core/backup/codec/tar-reader";
import { describe, expect, test } from "vitest";
import { NODE_PLATFORM } from "../node-platform.ts";
import { tarHeader } from "./tar-header.ts";

const FILE: TarMember = {
  path: "data/x",
  kind: "file",
  size: 0,
  mode: 0o640,
  mtime: 1_790_000_000,
};

function readBack(header: Buffer): TarMember {
  const seen: TarMember[] = [];
  readTar((member) => {
    seen.push(member);
    return { data: () => undefined, end: () => undefined };
  }, NODE_PLATFORM).write(header);
  return seen[0] as TarMember;
}

describe("a header is read back as it was written:", () => {
  test.each<[string, Partial<TarMember>]>([
    ["a file", {}],
    ["a folder", { kind: "folder" }],
    ["a name of another script", { path: "data/新文件🦞" }],
    ["a name with a line end", { path: "data/a\nb=c" }],
    ["a name of 100 bytes", { path: `data/${"x".repeat(95)}` }],
    ["a name of 101 bytes", { path: `data/${"x".repeat(96)}` }],
    ["a path of 255 bytes", { path: `data/${"x".repeat(124)}/${"y".repeat(125)}` }],
    ["a path of thousands of bytes", { path: `data${"/长长长长长长".repeat(150)}` }],
    ["a long folder", { kind: "folder", path: `data/${"x".repeat(200)}/${"长".repeat(60)}` }],
    ["4 GiB", { size: 2 ** 32 }],
    ["what fits into octal digits", { size: 8 * 1024 ** 3 - 1 }],
    ["8 GiB", { size: 8 * 1024 ** 3 }],
    ["100 TB", { size: 1e14 }],
    ["no permission", { mode: 0 }],
    ["1970", { mtime: 0 }],
    ["the end of time", { mtime: 0o77777777777 }],
  ])("%s", (_, change) => {
    const member = { ...FILE, ...change };
    const header = tarHeader(member);
    expect(header.length % 512).toBe(0);
    expect(readBack(header)).toEqual(member);
  });

  test("without the bits that make a program another user's", () => {
    expect(readBack(tarHeader({ ...FILE, mode: 0o6755 })).mode).toBe(0o755);
  });
});
