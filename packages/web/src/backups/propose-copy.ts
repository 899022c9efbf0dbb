const LONGEST_ID = 40;
const LONGEST_NAME = 64;

/** An unused id for a copy of `id`: `zhangsan-copy`, `zhangsan-copy-2`… */
export function proposeCopyId(id: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const end = count === 1 ? "-copy" : `-copy-${count}`;
    // A cut must not leave two hyphens in a row, nor one at the end.
    const proposed = `${id.slice(0, LONGEST_ID - end.length).replace(/-+$/, "")}${end}`;
    if (!taken.has(proposed)) return proposed;
  }
}

/** The name of a copy, in the user's language. */
export function fitName(name: string): string {
  return [...name].slice(0, LONGEST_NAME).join("");
}
