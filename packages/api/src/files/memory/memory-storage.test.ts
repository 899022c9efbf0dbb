import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { NEVER, recordOf } from "../../../tests/support/archive-place.ts";
import { makeArchive } from "../../../tests/support/make-archive.ts";
import { describeCodec } from "../archive-codec.contract.ts";
import { describeStorage } from "../instance-storage.contract.ts";
import { createMemoryCodec } from "./memory-codec.ts";
import { createMemoryRepository } from "./memory-repository.ts";
import { createMemoryStorage } from "./memory-storage.ts";

async function openPlace() {
  const home = await mkdtemp(path.join(tmpdir(), "claw memory 库-"));
  const repository = createMemoryRepository();
  return {
    home,
    repository,
    storage: createMemoryStorage(home),
    archives: createMemoryCodec(home, repository),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true }),
  };
}

describeStorage("memory", async () => {
  const place = await openPlace();
  const file = (id: string, name: string) => path.join(place.home, "instances", id, "data", name);
  let made = 0;
  return {
    storage: place.storage,
    reopen: async () => createMemoryStorage(place.home),
    async write(id, name, text) {
      await mkdir(path.dirname(file(id, name)), { recursive: true });
      await writeFile(file(id, name), text);
    },
    read: (id, name) => readFile(file(id, name), "utf8").catch(() => null),
    async stage(id, copy, staged) {
      const filename = `claw-${++made}.tar`;
      const instances = [{ record: recordOf(id), copy }];
      const facts = { createdBy: "panel", note: null, panelVersion: "0.1.0", encryption: null };
      const createdAt = "2026-11-22T08:15:00.000Z";
      const request = { filename, instances, createdAt, ...facts };
      await makeArchive(place, request, { signal: NEVER });
      await place.archives.unpack({ filename, from: id, staged }, { signal: NEVER });
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
});

describeCodec("memory", openPlace);
