import { mkdir, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fingerprint, openArchivePlace } from "../../../../../tests/support/archive-place.ts";
import { forgeArchive } from "../../../../../tests/support/forged-archive.ts";
import { unpackInstance } from "./unpack-instance.ts";

test.runIf(process.platform !== "win32")(
  "what Windows packed before is restored to folders that can be entered",
  async () => {
    await using place = await openArchivePlace();
    await mkdir(place.backup(), { recursive: true });
    const archive = forgeArchive({
      members: [
        { path: "data/", mode: 0o666 },
        { path: "data/openclaw.json", mode: 0o666, content: "{}" },
        { path: "data/workspace/", mode: 0o666 },
        { path: "data/workspace/read-only", mode: 0o444 },
        { path: "logs/", mode: 0o666 },
      ],
    });
    await writeFile(place.backup("x.tar"), archive);
    const task = { file: place.backup("x.tar"), from: "anna", owner: null };
    await unpackInstance({ ...task, folder: place.at(".staged-s") }, () => undefined);
    const modes = Object.entries(await fingerprint(place.at(".staged-s"))).map(([name, print]) => [
      name,
      print.split(" ")[1],
    ]);
    expect(Object.fromEntries(modes)).toEqual({
      data: "700",
      "data/openclaw.json": "600",
      "data/workspace": "700",
      "data/workspace/read-only": "400",
      logs: "700",
    });
  },
);
