import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { type Host, type RunOptions, ranTooLong } from "../host.ts";
import { readListener } from "./read-listener.ts";

/** The user `node` of the OpenClaw image, to which a panel run by root gives files. */
export const IMAGE_USER = { uid: 1000, gid: 1000 } as const;

export interface NodeHostOptions {
  templates: string;
}

/** The machine that this process runs on. */
export function createNodeHost(options: NodeHostOptions): Host {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  return {
    now: () => Date.now(),
    sleep: (ms, signal) => setTimeout(ms, undefined, { signal, ref: false }).catch(() => undefined),
    randomHex: (bytes) => randomBytes(bytes).toString("hex"),
    listenerAt: (address, port) => readListener(address, port),
    containerUser: uid === undefined || uid === 0 ? null : `${uid}:${gid}`,
    load: () => ({
      cpus: os.availableParallelism(),
      loadAverage: os.loadavg()[0] ?? 0,
      memoryTotal: os.totalmem(),
      memoryFree: os.freemem(),
    }),
    run,
    imageBuildScript: canBuildImage()
      ? [
          ...["env", `CLAW_NODE=${process.execPath}`, "bash"],
          path.join(options.templates, "image", "build-openclaw-image.sh"),
        ]
      : null,
  };
}

/** The owner of instance folders: on Linux the container's user, elsewhere anyone. */
export function folderOwner(): { uid: number; gid: number } | null {
  return process.getuid?.() === 0 ? IMAGE_USER : null;
}

async function run(command: readonly string[], options: RunOptions): Promise<{ exitCode: number }> {
  const [file = "", ...argv] = command;
  const tooLong = AbortSignal.timeout(options.withinMs);
  const child = spawn(file, argv, {
    stdio: ["ignore", "pipe", "pipe"],
    signal: AbortSignal.any([options.signal, tooLong]),
  });
  const lines = [child.stdout, child.stderr].map(async (input) => {
    for await (const line of createInterface({ input })) options.onLine(line);
  });
  const [exitCode]: (number | null)[] = await once(child, "close").catch((error: unknown) => {
    const isOurs = tooLong.aborted && !options.signal.aborted;
    throw isOurs ? ranTooLong(command, options.withinMs) : error;
  });
  await Promise.all(lines);
  return { exitCode: exitCode ?? 1 };
}

/** The build script installs and bootstraps Debian packages, which needs root on Debian. */
function canBuildImage(): boolean {
  return process.getuid?.() === 0 && os.arch() === "x64" && existsSync("/etc/debian_version");
}
