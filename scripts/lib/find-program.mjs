/** Finds a program on PATH. */
import { existsSync } from "node:fs";
import path from "node:path";

const SYSTEM = ["/usr/local/sbin", "/usr/sbin", "/sbin"]; // not on every user's PATH

export function findProgram(name, env = process.env, exists = existsSync) {
  const folders = (env.PATH ?? env.Path ?? "").split(path.delimiter).filter(Boolean);
  return [...folders, ...SYSTEM].map((folder) => path.join(folder, name)).find((f) => exists(f));
}
