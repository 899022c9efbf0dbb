import { spawnSync } from "node:child_process";
import { chownSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { TaskName } from "../../src/files/disk/worker/task-worker.ts";

/** A user without rights of its own, to whom files may be refused. */
const NOBODY = 65_534;
const asRoot = process.geteuid?.() === 0;

/** Gives a folder and its content to that user. */
export function giveToNobody(folder: string): void {
  if (!asRoot) return;
  chownSync(folder, NOBODY, NOBODY);
  for (const name of readdirSync(folder, { recursive: true }))
    chownSync(path.join(folder, String(name)), NOBODY, NOBODY);
}

/**
 * Runs a task in an unprivileged user's process; resolves with the message of a DomainError, or
 * null.
 */
export function runAsNobody(
  task: TaskName,
  input: object,
): { reason: string; message: string } | null {
  const child = spawnSync(
    process.execPath,
    [fileURLToPath(new URL("./task-child.ts", import.meta.url)), task, JSON.stringify(input)],
    { encoding: "utf8", cwd: "/", ...(asRoot ? { uid: NOBODY, gid: NOBODY } : {}) },
  );
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}
