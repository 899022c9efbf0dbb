import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import test from "node:test";
import { mountsBelow, processesOf } from "./left-behind.mjs";

test("a process of a run is known by the folder for its temporary files", {
  skip: process.platform !== "linux" && "reads /proc",
}, async (t) => {
  const folder = `/nowhere/${process.pid}`;
  const child = spawn(
    process.execPath,
    ["-e", "process.stdout.write('up'); setInterval(() => {}, 1000)"],
    {
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  t.after(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  const [found, ...others] = await processesOf(folder);
  assert.match(found, new RegExp(`^process ${child.pid}: .*setInterval`));
  assert.deepEqual(others, []);
  assert.deepEqual(await processesOf(`${folder}0`), []);
  assert.deepEqual(await processesOf(folder, child.pid), []);
});

test("mounts below the folder of a run", () => {
  const line = (place) => `36 35 98:0 / ${place} rw,noatime master:1 - ext4 /dev/root rw`;
  const text = ["/", "/runs/12/disk", "/runs/123"].map(line).join("\n");
  assert.deepEqual(mountsBelow("/runs/12", text), ["mount /runs/12/disk"]);
  assert.deepEqual(mountsBelow("/runs/12", ""), []);
});
