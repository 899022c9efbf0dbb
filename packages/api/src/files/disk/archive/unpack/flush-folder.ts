import { execFileSync } from "node:child_process";
import { closeSync, fsyncSync, openSync } from "node:fs";
import { members } from "../../walk/walk.ts";

const NOTHING: ReadonlySet<string> = new Set();

/** Up to this many are flushed file by file, without waiting for other writes to the disk. */
const FEW = 64;

/**
 * Makes all files of an instance's folder durable; many with one call for their disk where there is
 * one, because file by file takes minutes.
 */
export function flushFolder(folder: string, files: number): void {
  if (files <= FEW || process.platform !== "linux" || !flushDisk(folder))
    for (const { at, kind } of members(folder, NOTHING)) if (kind === "file") flushFile(at);
}

function flushDisk(folder: string): boolean {
  try {
    execFileSync("sync", ["-f", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function flushFile(file: string): void {
  let fd: number;
  try {
    fd = openSync(file, "r+");
  } catch {
    return; // a read-only file
  }
  fsyncSync(fd);
  closeSync(fd);
}
