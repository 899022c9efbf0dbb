import { mkdir, readdir, rename } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openLibsqlStore } from "../src/store/libsql/libsql-store.ts";
import { PanelProcess } from "./support/panel-process.ts";
import { jobOf } from "./support/specs.ts";
import { canMount, TinyDisk } from "./support/tiny-disk.ts";

test.runIf(canMount)(
  "killed during a backup that filled the disk, the panel starts: the copy goes before anything is written",
  async () => {
    await using disk = await TinyDisk.mount("8m");
    const home = disk.folder;
    const env = { CLAW_HOME: home, CLAW_ENGINE: "memory" };
    {
      await using panel = await PanelProcess.start(env);
      await panel.end("SIGTERM");
    }
    {
      await using store = await openLibsqlStore(path.join(home, "data/claw.db"));
      await store.saveJob(jobOf({ id: "j1", kind: "backup", instanceId: null }));
    }
    const copy = path.join(home, "instances/.copy-anna-j1");
    await mkdir(copy);
    await disk.fill();
    await rename(path.join(home, "filler"), path.join(copy, "filler"));

    await using panel = await PanelProcess.start(env);
    expect(await readdir(path.join(home, "instances"))).toEqual([]);
    expect(await panel.client.jobs.get.query({ id: "j1" })).toMatchObject({
      status: "failed",
      error: { reason: "INTERRUPTED" },
    });
  },
);
