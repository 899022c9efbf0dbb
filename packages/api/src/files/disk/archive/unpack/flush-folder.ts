import { execFileSync } from "node:child_process";
import { closeSync, fsyncSync, openSync } from "node:fs";
import { members } from "../../walk/walk.ts";

const NOTHING: ReadonlySet<string> = new Set();

/** Up to this many are flushed file by file, without waiting for other writes to the disk. */
const FEW = 64;

export interface FlushOptions {
  /** The program that flushes the disk of the folder in its last argument. */
  command?: readonly [program: string, ...argv: string[]];
  /**
   * A disk that other programs write to may take longer; then the command is killed and the files
   * alone are flushed. Linux does not end a command before its disk has answered.
   */
  withinMs?: number;
}

/**
 * Makes all files of an instance's folder durable; many with one call for their disk where there is
 * one, because file by file takes minutes.
 * Returns which of the two it was.
 */
export function flushFolder(
  folder: string,
  files: number,
  options: FlushOptions = {},
): "disk" | "files" {
  if (files > FEW && process.platform === "linux" && flushDisk(folder, options)) return "disk";
  for (const { at, kind } of members(folder, NOTHING)) if (kind === "file") flushFile(at);
  return "files";
}

function flushDisk(
  folder: string,
  { command: [program, ...argv] = ["sync", "-f"], withinMs = 120_000 }: FlushOptions,
): boolean {
  try {
    execFileSync(program, [...argv, folder], {
      stdio: "ignore",
      timeout: withinMs,
      killSignal: "SIGKILL",
    });
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
