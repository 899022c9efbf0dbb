import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { openCursor } from "../../src/files/disk/walk/folder-cursor.ts";
import { members } from "../../src/files/disk/walk/walk.ts";

/** Nests folders below a folder, with a file in the innermost. */
export function makeDeep(folder: string, names: readonly string[]): void {
  using cursor = openCursor(folder);
  if (cursor === null) throw new Error(`${folder} is no folder`);
  for (const name of names) {
    mkdirSync(cursor.at(name));
    cursor.enter(name);
  }
  writeFileSync(cursor.at("file"), "at the bottom");
}

/** Everything in an instance's folder with the files' contents, however deep. */
export function allIn(instance: string): [name: string, content: string][] {
  return Array.from(members(instance, new Set()), ({ at, name, kind }) => [
    name,
    kind === "file" ? readFileSync(at, "utf8") : kind,
  ]);
}
