import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdtemp, open, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** True where a test may mount file systems of its own. */
export const canMount = process.platform === "linux" && process.getuid?.() === 0 && tryMount();

function tryMount(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), "claw-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "claw-test", folder], {
      stdio: "ignore",
    });
    execFileSync("umount", [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A disk in memory that a test can fill up, or make read-only. */
export class TinyDisk implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async mount(size: string): Promise<TinyDisk> {
    const folder = await mkdtemp(path.join(await realpath(tmpdir()), "claw-disk-"));
    await run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "claw-test", folder]);
    return new TinyDisk(folder);
  }

  /** Leaves no byte free. */
  async fill(): Promise<void> {
    await using file = await open(path.join(this.folder, "filler"), "w");
    for (const size of [65_536, 4_096])
      for (;;) {
        const written = await file.write(Buffer.alloc(size)).catch(() => null);
        if (written === null || written.bytesWritten < size) break;
      }
  }

  async free(): Promise<void> {
    await rm(path.join(this.folder, "filler"), { force: true });
  }

  async setReadOnly(readOnly: boolean): Promise<void> {
    await run("mount", ["-o", `remount,${readOnly ? "ro" : "rw"}`, this.folder]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Lazily: files that a test left open must not keep the disk.
    await run("umount", ["-l", this.folder]);
    await rm(this.folder, { recursive: true, force: true });
  }
}
