import { openCursor } from "./folder-cursor.ts";

export interface MemberPlaces extends Disposable {
  /**
   * The path at which to create or find that member, whose folder must exist. Valid until the next
   * call. Cheap when the paths come in archive order or its reverse.
   */
  at(name: string): string;
}

/** The members of an archive below a folder, reached folder by folder. */
export function placesBelow(root: string): MemberPlaces {
  const cursor = openCursor(root);
  if (cursor === null) throw notThere(root);
  const entered: string[] = [];
  return {
    at(name) {
      const parts = name.split("/");
      const last = parts.pop();
      let common = 0;
      while (common < entered.length && entered[common] === parts[common]) common += 1;
      while (entered.length > common) {
        cursor.leave();
        entered.pop();
      }
      for (const part of parts.slice(common)) {
        if (!cursor.enter(part)) throw notThere(part);
        entered.push(part);
      }
      return cursor.at(last);
    },
    [Symbol.dispose]: () => cursor[Symbol.dispose](),
  };
}

const notThere = (folder: string) =>
  Object.assign(new Error(`${folder} is no folder`), { code: "ENOENT" });
