import { execFileSync } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  age,
  fingerprint,
  NEVER,
  openArchivePlace,
  recordOf,
  sha256Of,
} from "../../../../tests/support/archive-place.ts";

const FILE = "claw-20261122-081500-1.tar";

/** The programs with which a user opens an archive without the panel. */
const canOpen = ["tar", "zstd", "sha256sum"].every((program) => {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

describe.runIf(canOpen && process.platform === "linux")("opened by tar and zstd", () => {
  test("an archive has what the instance had, and its list is what sha256sum says", async () => {
    await using place = await openArchivePlace();
    const long = `data/${"文件夹/".repeat(50)}${"名".repeat(80)}`;
    await place.provision("anna", {
      "data/openclaw.json": "{}",
      "data/empty/": "",
      "data/line\nend 🦞": "1",
      [long]: "2",
      "data/big": Buffer.alloc(9_000_000, "text"),
      "logs/x": "",
    });
    await age(place.at("anna", "data", "big"), 0o640, 1_000_000_000);
    await place.backUp(["anna"]);
    const by = (...args: string[]) =>
      execFileSync("tar", args, { cwd: place.outside, stdio: "pipe" });
    by("-xf", place.backup(FILE));
    const member = path.join(place.outside, "instances", "anna.tar.zst");
    execFileSync("zstd", ["-q", "-t", member]);
    const tar = execFileSync("zstd", ["-q", "-d", "-c", member], { maxBuffer: 1e9 });
    execFileSync("tar", ["-xpf", "-"], { cwd: place.outside, input: tar });
    for (const root of ["data", "logs"])
      expect(await fingerprint(path.join(place.outside, root))).toEqual(
        await fingerprint(place.at("anna", root)),
      );
    const list = (await readFile(path.join(place.outside, "files.jsonl"), "utf8"))
      .trimEnd()
      .split("\n");
    for (const { type, path: name, sha256 } of list.map((line) => JSON.parse(line)))
      if (type === "file") expect(await sha256Of(path.join(place.outside, name))).toBe(sha256);
    expect(await readFile(path.join(place.outside, "README.txt"), "utf8")).toContain(
      "ClawMultiDeploy",
    );
    const manifest = JSON.parse(await readFile(path.join(place.outside, "manifest.json"), "utf8"));
    expect(manifest.instances[0].sha256).toBe(await sha256Of(member));
  });

  test("a file of more than 4 GiB keeps its size", async () => {
    await using place = await openArchivePlace();
    await place.provision("anna", {});
    const size = 4 * 1024 ** 3 + 5;
    // Creates a copy by hand: a sparse file takes no room and no time to copy.
    const copy = place.at(".copy-c-anna", "data");
    execFileSync("mkdir", ["-p", copy]);
    await using file = await open(path.join(copy, "huge"), "w");
    await file.write("end", size - 3);
    const request = await place.requestFor([]);

    const instances = [{ record: recordOf("anna"), copy: "c" }];
    // It was read back completely, or it would not have its name.
    const written = await place.write({ ...request, instances }, { signal: NEVER });
    expect(written.instances[0]).toMatchObject({ bytes: size, files: 1 });
    execFileSync("tar", ["-xf", place.backup(FILE)], { cwd: place.outside });
    const shown = execFileSync("bash", ["-c", "zstd -qdc instances/anna.tar.zst | tar -tv"], {
      cwd: place.outside,
      encoding: "utf8",
    });
    expect(shown).toMatch(new RegExp(`${size} .* data/huge`));
  }, 180_000);
});
