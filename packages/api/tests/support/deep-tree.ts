import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { openCursor } from "../../src/files/disk/archive/copy/folder-cursor.ts";
import { members } from "../../src/files/disk/archive/copy/walk.ts";

/** Makes folders one in the other below a folder, and a file in the last. */
export function makeDeep(folder: string, names: readonly string[]): void {
  using cursor = openCursor(folder);
  if (cursor === null) throw new Error(`${folder} is no folder`);
  for (const name of names) {
    mkdirSync(cursor.at(name));
    cursor.enter(name);
  }
  writeFileSync(cursor.at("file"), "at the bottom");
}

/** All that an instance's folder holds, and what its files say, however deep they lie. */
export function allIn(instance: string): [name: string, content: string][] {
  return Array.from(members(instance, new Set()), ({ at, name, kind }) => [
    name,
    kind === "file" ? readFileSync(at, "utf8") : kind,
  ]);
}
