/**
 * A process that starts work on archives, reports when it is in the middle of it, and is killed.
 */
import { openDiskArchives } from "../../src/files/disk/archive/disk-archives.ts";

const [home = "", work, filename = "", record = ""] = process.argv.slice(2);
const archives = await openDiskArchives({ home, owner: null });
const { signal } = new AbortController();
const options = { signal, onProgress: () => process.send?.("in the middle") };

for (;;) {
  if (work === "copy") await archives.copyInstance("anna", "c", options);
  if (work === "stage")
    await archives.stage({ filename: "good.tar", from: "anna", staged: "s" }, options);
  if (work === "write") {
    await archives.copyInstance("anna", "c", { signal });
    const facts = { createdAt: "2026-11-22T08:15:00.000Z", createdBy: "panel", note: null };
    const instances = [{ record: JSON.parse(record), copy: "c" }];
    const request = { filename, instances, panelVersion: "0.1.0", encryption: null, ...facts };
    await archives.write(request, options);
  }
}
