/**
 * A process that starts work on archives, reports when it is in the middle of it, and is killed.
 */
import { createDiskCodec } from "../../src/files/disk/archive/disk-codec.ts";
import { createFolderRepository } from "../../src/files/disk/repository/folder-repository.ts";
import { openDiskStorage } from "../../src/files/disk/storage/disk-storage.ts";
import { makeArchive } from "./make-archive.ts";

const [home = "", work, filename = "", record = ""] = process.argv.slice(2);
const archives = createDiskCodec({ home, owner: null });
const storage = await openDiskStorage({ home, owner: null });
const repository = createFolderRepository(home);
const { signal } = new AbortController();
const options = { signal, onProgress: () => process.send?.("in the middle") };

for (;;) {
  if (work === "copy") await storage.copyOut("anna", "c", options);
  if (work === "stage")
    await archives.unpack({ filename: "good.tar", from: "anna", staged: "s" }, options);
  if (work === "write") {
    await storage.copyOut("anna", "c", { signal });
    const facts = { createdAt: "2026-11-22T08:15:00.000Z", createdBy: "panel", note: null };
    const instances = [{ record: JSON.parse(record), copy: "c" }];
    const request = { filename, instances, panelVersion: "0.1.0", encryption: null, ...facts };
    await makeArchive({ archives, repository }, request, options);
  }
}
