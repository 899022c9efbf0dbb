/** Paths in this repository; all paths of the scripts derive from these. */
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
export const CACHE = path.join(ROOT, ".cache");
export const MODULES = path.join(ROOT, "node_modules");
export const inRoot = (...parts) => path.join(ROOT, ...parts);
