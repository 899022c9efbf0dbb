import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { hashFiles, isFresh, listFiles, readIfThere, writeStamp } from "./stamp.mjs";

async function folder(t) {
  const made = await mkdtemp(path.join(os.tmpdir(), "stamp-"));
  t.after(() => rm(made, { recursive: true }));
  return made;
}

test("a stamp is fresh only for the key that was written", async (t) => {
  const file = path.join(await folder(t), "deep", "stamp");
  assert.equal(await isFresh(file, "a"), false);
  await writeStamp(file, "a");
  assert.equal(await isFresh(file, "a"), true);
  assert.equal(await isFresh(file, "b"), false);
});

test("files are listed sorted, without node_modules and dist; a file stands for itself", async (t) => {
  const base = await folder(t);
  for (const name of ["b.ts", "sub/a.ts", "dist/x.js", "node_modules/y.js"]) {
    await mkdir(path.dirname(path.join(base, name)), { recursive: true });
    await writeFile(path.join(base, name), name);
  }
  const names = (await listFiles(base)).map((file) => path.relative(base, file));
  assert.deepEqual(names, ["b.ts", path.join("sub", "a.ts")]);
  assert.deepEqual(await listFiles(path.join(base, "b.ts")), [path.join(base, "b.ts")]);
  assert.deepEqual(await listFiles(path.join(base, "none")), []);
});

test("the hash changes with content and with names", async (t) => {
  const base = await folder(t);
  const [a, b] = [path.join(base, "a"), path.join(base, "b")];
  await writeFile(a, "1");
  await writeFile(b, "1");
  const one = await hashFiles([a], base);
  assert.notEqual(await hashFiles([b], base), one);
  await writeFile(a, "2");
  assert.notEqual(await hashFiles([a], base), one);
});

test("a file that is not there reads as undefined", async () => {
  assert.equal(await readIfThere("/no/such/file"), undefined);
});
