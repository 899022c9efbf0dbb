import { createHash } from "node:crypto";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import type { ArchiveOptions, ArchiveRequest } from "../../src/files/archive-codec.ts";
import { createDiskCodec } from "../../src/files/disk/archive/disk-codec.ts";
import { createFolderRepository } from "../../src/files/disk/repository/folder-repository.ts";
import { openDiskStorage } from "../../src/files/disk/storage/disk-storage.ts";
import { removeTree } from "../../src/files/disk/storage/remove-tree.ts";
import { makeArchive } from "./make-archive.ts";

export const NEVER = new AbortController().signal;

export const recordOf = (id: string): InstanceRecord => ({
  id,
  name: `实例 ${id}`,
  port: 18789,
  publishHost: "127.0.0.1",
  timezone: "Asia/Shanghai",
  desired: "running",
  createdAt: "2026-11-01T00:00:00.000Z",
  image: { ref: "openclaw:local", id: "sha256:1234", digest: null },
  openclawVersion: "2026.9.6",
  compose: `services:\n  ${id}: {}\n`,
  takenAt: "2026-11-22T08:15:00.000Z",
});

type NamedRequest = ArchiveRequest & { filename: string };

/** A home with archives, for one test. */
export async function openArchivePlace(options: { home?: string } = {}) {
  const outside = await mkdtemp(path.join(await realpath(tmpdir()), "claw archives 库-"));
  const home = options.home ?? path.join(outside, "home");
  await mkdir(path.join(home, "instances"), { recursive: true });
  const open = async () => ({
    archives: createDiskCodec({ home, owner: null }),
    storage: await openDiskStorage({ home, owner: null }),
    repository: createFolderRepository(home),
  });
  const { archives, storage, repository } = await open();
  await mkdir(path.join(home, "backup"), { recursive: true });
  const at = (...parts: string[]) => path.join(home, "instances", ...parts);

  /** Creates an instance's folders; a name that ends in `/` is a folder. */
  async function provision(id: string, files: Record<string, string | Uint8Array>): Promise<void> {
    for (const root of ["data", "logs"]) await mkdir(at(id, root), { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      const target = at(id, ...name.split("/"));
      await mkdir(name.endsWith("/") ? target : path.dirname(target), { recursive: true });
      if (!name.endsWith("/")) await writeFile(target, content);
    }
  }

  async function copyAll(ids: readonly string[]): Promise<ArchiveRequest["instances"]> {
    for (const id of ids) await storage.copyOut(id, "c", { signal: NEVER });
    return ids.map((id) => ({ record: recordOf(id), copy: "c" }));
  }

  /** Copies and packs instances. */
  async function backUp(ids: readonly string[], change: Partial<NamedRequest> = {}) {
    return await write(await requestFor(ids, change), { signal: NEVER });
  }

  const write = (request: NamedRequest, options: ArchiveOptions) =>
    makeArchive({ archives, repository }, request, options);

  async function requestFor(
    ids: readonly string[],
    change: Partial<NamedRequest> = {},
  ): Promise<NamedRequest> {
    return {
      filename: "claw-20261122-081500-1.tar",
      instances: await copyAll(ids),
      createdAt: "2026-11-22T08:15:00.000Z",
      createdBy: "panel",
      note: null,
      panelVersion: "0.1.0",
      encryption: null,
      ...change,
    };
  }

  return {
    outside,
    home,
    at,
    backup: (...parts: string[]) => path.join(home, "backup", ...parts),
    archives,
    storage,
    repository,
    write,
    open,
    provision,
    requestFor,
    backUp,
    [Symbol.asyncDispose]: async () => removeTree({ folder: outside }),
  };
}

export type ArchivePlace = Awaited<ReturnType<typeof openArchivePlace>>;

/** Everything below a folder: kind, mode, time and content by path. */
export async function fingerprint(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const target = path.join(folder, name);
    const stat = await lstat(target);
    const mode = (stat.mode & 0o777).toString(8);
    const time = Math.floor(stat.mtimeMs / 1000);
    if (stat.isSymbolicLink()) found[name] = `link ${await readlink(target)}`;
    else if (stat.isDirectory()) found[name] = `folder ${mode} ${time}`;
    else if (stat.isFile()) found[name] = `file ${mode} ${time} ${await sha256Of(target)}`;
    else found[name] = "other";
  }
  return found;
}

export async function sha256Of(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

/** Sets a mode and a time far in the past. */
export async function age(target: string, mode: number, seconds: number): Promise<void> {
  await utimes(target, seconds, seconds);
  await chmod(target, mode);
}
