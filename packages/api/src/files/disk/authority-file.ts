import { rename } from "node:fs/promises";
import path from "node:path";
import { readRegularFile, syncFolder, writeFileAtomic } from "./atomic-file.ts";
import { translated } from "./errors.ts";

const NAME = "authority.pem";
const MOST_BYTES = 64 * 1024;

/** The keys and the certificate of the panel's own authority, in the folder of its records. */
export function createAuthorityFile(home: string, now: () => number) {
  const folder = path.join(home, "data");
  const file = path.join(folder, NAME);
  return {
    read: () =>
      translated(async () => (await readRegularFile(file, MOST_BYTES))?.toString("utf8") ?? null),

    write: (text: string) =>
      translated(() => writeFileAtomic(file, text, { mode: 0o600, owner: null })),

    setAside: () =>
      translated(async () => {
        const stamp = new Date(now()).toISOString().replaceAll(/[:.]/g, "-");
        const aside = `${NAME.replace(".pem", "")}-${stamp}.pem`;
        await rename(file, path.join(folder, aside));
        await syncFolder(folder);
        return aside;
      }),
  };
}
