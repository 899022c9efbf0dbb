import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { NEVER, openArchivePlace, recordOf } from "../../../tests/support/archive-place.ts";
import { describeCodec } from "../archive-codec.contract.ts";
import { describeStorage } from "../instance-storage.contract.ts";

describeStorage("disk", async () => {
  const place = await openArchivePlace();
  const file = (id: string, name: string) => place.at(id, "data", name);
  let archives = 0;
  return {
    storage: place.storage,
    reopen: async () => (await place.open()).storage,
    async write(id, name, text) {
      await mkdir(path.dirname(file(id, name)), { recursive: true });
      await writeFile(file(id, name), text);
    },
    read: (id, name) => readFile(file(id, name), "utf8").catch(() => null),
    async stage(id, copy, staged) {
      const filename = `claw-${++archives}.tar`;
      const request = await place.requestFor([], { filename });
      const instances = [{ record: recordOf(id), copy }];
      await place.write({ ...request, instances }, { signal: NEVER });
      await place.archives.unpack({ filename, from: id, staged }, { signal: NEVER });
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
});

describeCodec("disk", openArchivePlace);
