import { mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test, vi } from "vitest";
import { fingerprint } from "../support/archive-place.ts";
import { unpackedArchive } from "../support/open-archive.ts";
import { createTestApp, homeOfTest, type TestApp } from "../support/test-app.ts";

vi.setConfig({ testTimeout: 60_000 });

const posix = process.platform !== "win32";

const OF_THE_HOST = "root:$y$j9T$what-only-root-may-read";
const OF_BEN = "what only Ben may read";

interface World {
  app: TestApp;
  /** A folder of the host beside the panel's home. */
  outside: string;
  /** Where anything of an instance lies. */
  at: (id: string, ...parts: string[]) => string;
  /** All that the panel has answered. */
  said: string[];
}

/** Anna's agent attacks the host and Ben; a backup of before that is there. */
async function makeWorld(): Promise<World & AsyncDisposable> {
  const outside = await homeOfTest();
  const home = path.join(outside, "home");
  await mkdir(home);
  const at = (id: string, ...parts: string[]) => path.join(home, "instances", id, ...parts);
  const app = await createTestApp({ home, onDisk: true });
  for (const id of ["anna", "ben"]) {
    await app.client.instances.create.mutate({ id, name: id, start: false });
    await mkdir(at(id, "data", "workspace"));
    await writeFile(at(id, "data", "workspace", "own.txt"), id === "ben" ? OF_BEN : "Anna's own");
  }
  const etc = path.join(outside, "etc");
  await mkdir(path.join(etc, "data"), { recursive: true });
  for (const folder of [etc, path.join(etc, "data")]) {
    await writeFile(path.join(folder, "shadow"), OF_THE_HOST);
    const config = JSON.stringify({ gateway: { auth: { token: OF_THE_HOST } } });
    await writeFile(path.join(folder, "openclaw.json"), config);
  }
  const world = { app, outside: etc, at, said: [] };
  await backUp(world);
  return { ...world, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

/** Waits for what the panel says to something, be it an answer or a refusal. */
async function hear<T>({ said }: World, call: Promise<T>): Promise<T | null> {
  try {
    const answer = await call;
    said.push(JSON.stringify(answer ?? null));
    return answer;
  } catch (error) {
    said.push(JSON.stringify({ ...(error as object), message: String(error) }));
    return null;
  }
}

async function hearJob(world: World, call: Promise<{ id: string }>): Promise<string> {
  const begun = await hear(world, call);
  if (begun === null) return "refused";
  const job = await world.app.context.runtime.jobs.finished(begun.id);
  world.said.push(JSON.stringify([job, await world.app.context.runtime.jobs.log(job.id)]));
  return job.status;
}

const backUp = (world: World) =>
  hearJob(world, world.app.client.backups.create.mutate({ instanceIds: ["anna"] }));

/** Puts a link in the place of whatever is there. */
async function plant(target: string, where: string): Promise<void> {
  await rm(where, { recursive: true, force: true });
  await mkdir(path.dirname(where), { recursive: true });
  await symlink(target, where);
}

/** Everything that the panel does with the files of an instance. */
async function useAnna(world: World): Promise<{ backup: string; restore: string }> {
  const { client, context } = world.app;
  const { instances, backups } = client;
  const id = "anna";
  const read = await hear(world, instances.readConfig.query({ id }));
  const save = { id, text: "{ written: true }", revision: read?.revision ?? "" };
  await hear(world, instances.saveConfig.mutate(save));
  await hear(world, instances.open.mutate({ id }));
  await hear(world, instances.limits.query({ id }));
  await hear(world, instances.start.mutate({ id }));
  await hear(world, instances.olderLogs.query({ id, before: "2999-01-01T00:00:00.000000000Z" }));
  await hear(world, instances.stop.mutate({ id }));
  const backup = await backUp(world);
  const listed = (await hear(world, backups.list.query())) ?? [];
  const [newest, oldest] = [listed.at(0)?.id ?? "", listed.at(-1)?.id ?? ""];
  const copies = [{ from: id, id: "copy", name: "Copy" }];
  await hearJob(world, backups.restore.mutate({ id: newest, copies }));
  const restore = await hearJob(world, backups.restore.mutate({ id: oldest, instanceIds: [id] }));
  // The snapshot holds Anna's planted links; reverting restores them.
  for (const copy of await context.store.listSnapshots())
    await hearJob(world, backups.revert.mutate({ id: copy.id }));
  for (const copy of await context.store.listSnapshots())
    await hear(world, backups.dismissSnapshot.mutate({ id: copy.id }));
  await hear(world, instances.remove.mutate({ id, deleteData: true }));
  return { backup, restore };
}

/** Makes Anna again from her first backup, and once more from the data that she leaves. */
async function makeAgain(world: World, plantLinks: (world: World) => Promise<void>) {
  const { instances, backups } = world.app.client;
  const id = "anna";
  const oldest = (await backups.list.query()).at(-1)?.id ?? "";
  expect(await hearJob(world, backups.restore.mutate({ id: oldest }))).toBe("succeeded");
  await plantLinks(world);
  await hear(world, instances.remove.mutate({ id, deleteData: false }));
  await hear(world, instances.create.mutate({ id, name: "Anna", start: false }));
}

/** The files of the host and of Ben, byte for byte, with modes and times. */
const theirs = async ({ outside, at }: World) => [
  await fingerprint(outside),
  await fingerprint(at("ben")),
];

async function expectNothingTold(world: World, secrets: readonly string[]): Promise<void> {
  const { app, said, at } = world;
  const { entries } = await app.client.audit.list.query({ limit: 1_000 });
  const folder = path.join(app.home, "backup");
  const archives = await Promise.all(
    (await readdir(folder)).map((name) => unpackedArchive(path.join(folder, name))),
  );
  const copied = await fingerprint(at("copy")).catch(() => ({}));
  const told = [...said, ...app.logged, JSON.stringify([entries, copied])];
  for (const secret of secrets) {
    for (const text of told) expect(text).not.toContain(secret);
    for (const bytes of archives) expect(bytes.includes(secret)).toBe(false);
  }
}

/** Where links are planted, and what they lead to. */
const PLANTS: Record<string, (world: World) => Promise<void>> = {
  "a file of the host, in the place of openclaw.json": ({ outside, at }) =>
    plant(path.join(outside, "openclaw.json"), at("anna", "data", "openclaw.json")),
  "a file that is not there yet, in the place of openclaw.json": ({ outside, at }) =>
    plant(path.join(outside, "made"), at("anna", "data", "openclaw.json")),
  "Ben's configuration, by a relative path": ({ at }) =>
    plant("../../ben/data/openclaw.json", at("anna", "data", "openclaw.json")),
  "a folder, in the place of openclaw.json": ({ outside, at }) =>
    plant(outside, at("anna", "data", "openclaw.json")),
  "a folder of the host, in the place of its data": ({ outside, at }) =>
    plant(outside, at("anna", "data")),
  "Ben's data, in the place of its data": ({ at }) => plant(at("ben", "data"), at("anna", "data")),
  "Ben's whole folder, in the place of its own": ({ at }) => plant(at("ben"), at("anna")),
  "a folder of the host, in the place of its logs": ({ outside, at }) =>
    plant(outside, at("anna", "logs")),
  "files and folders, from anywhere in its data and logs": async ({ outside, at }) => {
    await plant(path.join(outside, "shadow"), at("anna", "data", ".env"));
    await plant(path.join(outside, "shadow"), at("anna", "data", "workspace", "notes.md"));
    await plant(path.join(outside, "shadow"), at("anna", "data", "state", "openclaw.sqlite"));
    await plant(outside, at("anna", "data", "workspace", "etc"));
    await plant(at("ben"), at("anna", "data", "ben"));
    await plant("../../../ben/data", at("anna", "data", "workspace", "ben"));
    await plant(at("ben", "data", "openclaw.json"), at("anna", "data", "openclaw.json.bak"));
    await plant(path.join(outside, "shadow"), at("anna", "logs", "gateway.log"));
    await plant(outside, at("anna", "data", "tmp"));
  },
};

describe.runIf(posix)("links that an instance has planted to", () => {
  test.each(Object.entries(PLANTS))("%s are never followed", async (_, plantLinks) => {
    await using world = await makeWorld();
    const { app } = world;
    const ben = await app.client.instances.readConfig.query({ id: "ben" });
    const token = /[0-9a-f]{64}/.exec(ben.text)?.[0] ?? "";
    expect(token).not.toBe("");
    const before = await theirs(world);
    await plantLinks(world);
    await useAnna(world);
    expect(await readdir(path.join(app.home, "instances"))).not.toContain("anna");
    await makeAgain(world, plantLinks);
    expect(await theirs(world)).toEqual(before);
    await expectNothingTold(world, [OF_THE_HOST, OF_BEN, token]);
    expect(await app.client.instances.readConfig.query({ id: "ben" })).toEqual(ben);
  });

  test("what is not its own keep it from nothing that is", async () => {
    await using world = await makeWorld();
    await PLANTS["files and folders, from anywhere in its data and logs"]?.(world);
    expect(await useAnna(world)).toEqual({ backup: "succeeded", restore: "succeeded" });
    const copied = Object.keys(await fingerprint(world.at("copy", "data")));
    expect(copied).toContain("workspace/own.txt");
    expect(copied.filter((name) => /\.env|notes|etc|ben|sqlite/.test(name))).toEqual([]);
    const [backup] = await world.app.client.backups.list.query();
    const bytes = await unpackedArchive(
      path.join(world.app.home, "backup", backup?.filename ?? ""),
    );
    expect(bytes.includes("Anna's own")).toBe(true);
  });
});
