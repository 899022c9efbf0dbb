import { describe, expect, test } from "vitest";
import { encodeFileLine } from "../file-line.ts";
import type { ManifestInstance } from "../manifest.ts";
import { bytesOf, PLATFORM } from "./codec.fixture.ts";
import { checkContent } from "./instance-content.ts";

const RECORD = {
  id: "anna",
  name: "安娜",
  port: 18789,
  publishHost: "127.0.0.1",
  timezone: "UTC",
  desired: "stopped" as const,
  createdAt: "2026-01-01T00:00:00.000Z",
  image: { ref: "x", id: null, digest: null },
  openclawVersion: null,
  compose: "services: {}\n",
  takenAt: "2026-01-01T00:00:00.000Z",
};
const PROMISED: ManifestInstance = {
  ...{ record: RECORD, member: "instances/anna.tar.zst", offset: 0, size: 0, sha256: "" },
  ...{ tarSize: 0, bytes: 2, files: 1, folders: 1, names: "portable" },
};
const sha256 = (text: string) => {
  const hash = PLATFORM.sha256();
  hash.update(text);
  return hash.digest();
};
const LIST = [
  { type: "folder", path: "data", mode: "0700", mtime: 5 },
  { type: "file", path: "data/x", size: 2, mode: "0600", mtime: 5, sha256: sha256("hi") },
] as const;
const listText = (list: readonly (typeof LIST)[number][] = LIST) =>
  list.map((line) => `${encodeFileLine(line)}\n`).join("");

type Member = [path: string, content: string | null];
const WHOLE: Member[] = [
  ["record.json", JSON.stringify(RECORD)],
  ["docker-compose.yml", RECORD.compose],
  ["data", null],
  ["data/x", "hi"],
  ["files.jsonl", listText()],
];

/** Takes members in pieces of `size` bytes. */
function check(members: Member[], size = 3, promised = PROMISED) {
  const content = checkContent(promised, null, PLATFORM);
  for (const [path, text] of members) {
    const bytes = bytesOf(text ?? "");
    const kind = text === null ? "folder" : "file";
    const mode = text === null ? 0o700 : 0o600;
    const sink = content.onMember({ path, kind, size: bytes.length, mode, mtime: 5 });
    for (let at = 0; at < bytes.length; at += size) sink.data(bytes.subarray(at, at + size));
    sink.end();
  }
  content.end();
  return content.done;
}

test.each([1, 3, 100_000])("what was promised is accepted, in pieces of %i bytes", (size) => {
  expect(check(WHOLE, size)).toMatchObject({ bytes: 2, files: 1, folders: 1 });
});

describe("what differs from the promise is refused:", () => {
  const instead = (path: string, content: string): Member[] =>
    WHOLE.map((each) => (each[0] === path ? [path, content] : each));
  test.each<[string, Member[]]>([
    ["another record", instead("record.json", JSON.stringify({ ...RECORD, port: 1 }))],
    ["another compose file", instead("docker-compose.yml", "services: {}")],
    ["another content of the same size", instead("data/x", "ho")],
    ["a longer file", instead("data/x", "hi!")],
    ["a list without a file", instead("files.jsonl", listText(LIST.slice(0, 1)))],
    ["a list that is none", instead("files.jsonl", "{}\n")],
    ["a list whose last line is cut", instead("files.jsonl", listText().slice(0, -1))],
    ["no list", WHOLE.slice(0, -1)],
    ["no record", WHOLE.slice(1)],
    ["a missing file", WHOLE.filter(([path]) => path !== "data/x")],
    ["a file more", [...WHOLE.slice(0, 4), ["data/y", ""], ...WHOLE.slice(4)]],
    ["something behind the list", [...WHOLE, ["data/y", ""]]],
  ])("%s", (_, members) => {
    expect(() => check(members)).toThrow(/archive|backup|it|its/i);
  });
});
