import { closeSync, mkdirSync, openSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { NEVER, openArchivePlace, recordOf } from "../../../../tests/support/archive-place.ts";
import { CHOICE } from "../../../../tests/support/sample.ts";

const FILE = "claw-20261122-081500-1.tar";
/** 200,000 files in a deep run. */
const FOLDERS = CHOICE.isDeep ? 200 : 30;
const FILES = 1_000;

/** Creates a copy by hand: copying an instance would take as long again. */
function makeCopy(folder: string): void {
  for (let n = 0; n < FOLDERS; n++) {
    mkdirSync(`${folder}/${n}`, { recursive: true });
    for (let file = 0; file < FILES; file++) closeSync(openSync(`${folder}/${n}/${file}`, "w"));
  }
}

test(`an instance of ${FOLDERS},000 files is packed, read back and unpacked`, async () => {
  await using place = await openArchivePlace();
  makeCopy(place.at(".copy-c-anna", "data"));
  const request = await place.requestFor([]);
  const instances = [{ record: recordOf("anna"), copy: "c" }];
  const written = await place.write({ ...request, instances }, { signal: NEVER });
  expect(written.instances[0]).toMatchObject({ files: FOLDERS * FILES });
  const staged = { filename: FILE, from: "anna", staged: "s" };
  const report = await place.archives.unpack(staged, { signal: NEVER });
  expect(report).toMatchObject({ files: FOLDERS * FILES, problems: [] });
  expect(await readdir(place.at(".staged-s", "data", `${FOLDERS - 1}`))).toHaveLength(FILES);
}, 300_000);
