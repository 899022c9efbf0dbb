import { describe, expect, test } from "vitest";
import { rejects } from "../../tests/support/rejects.ts";
import type { InstanceStorage } from "./instance-storage.ts";

export interface StorageHarness extends AsyncDisposable {
  storage: InstanceStorage;
  /** Another one on the same folders, as after a restart of the panel. */
  reopen(): Promise<InstanceStorage>;
  /** The instance's own access to its data folder. */
  write(id: string, name: string, text: string): Promise<void>;
  /** Null when there is no such file. */
  read(id: string, name: string): Promise<string | null>;
  /** Stages the copy `copy` of an instance, as the codec does with one from an archive. */
  stage(id: string, copy: string, staged: string): Promise<void>;
}

const NEVER = new AbortController().signal;
const NOTHING_NEEDED = { staged: [], kept: [] };

/** The contract of `InstanceStorage`, as tests that every driver must pass. */
export function describeStorage(name: string, makeHarness: () => Promise<StorageHarness>): void {
  const within =
    (action: (storage: InstanceStorage, harness: StorageHarness) => Promise<void>) => async () => {
      await using harness = await makeHarness();
      await action(harness.storage, harness);
    };

  /** An instance with this configuration, and another text staged to replace it. */
  async function withStaged({ storage, ...harness }: StorageHarness, staged = "s"): Promise<void> {
    await storage.createInstance("anna");
    await storage.writeConfig("anna", "{ new: 1 }");
    await harness.write("anna", "notes", "new");
    await storage.copyOut("anna", "c", { signal: NEVER });
    await harness.stage("anna", "c", staged);
    await storage.dropCopy("anna", "c");
    await storage.writeConfig("anna", "{ old: 1 }");
    await harness.write("anna", "notes", "old");
  }

  describe(`${name} storage, folders`, () => {
    test(
      "are there from creation to removal, with what was in them",
      within(async (storage, { write, read }) => {
        expect(await storage.hasInstance("anna")).toBe(false);
        for (const id of ["ben", "anna"]) await storage.createInstance(id);
        await write("anna", "notes", "kept");
        await storage.createInstance("anna");
        expect(await read("anna", "notes")).toBe("kept");
        expect(await storage.listInstances()).toEqual(["anna", "ben"]);
        for (let round = 0; round < 2; round++) await storage.removeInstance("anna");
        expect(await storage.hasInstance("anna")).toBe(false);
        expect(await storage.listInstances()).toEqual(["ben"]);
      }),
    );

    test(
      "are told from those that were in their place before",
      within(async (storage) => {
        expect(await storage.dataFolder("anna")).toBeNull();
        await storage.createInstance("anna");
        const first = await storage.dataFolder("anna");
        await storage.writeConfig("anna", "{}");
        expect(await storage.dataFolder("anna")).toBe(first);
        await storage.removeInstance("anna");
        await storage.createInstance("ben");
        await storage.createInstance("anna");
        expect(await storage.dataFolder("anna")).not.toBe(first);
      }),
    );

    test(
      "have a mark while somebody looks for it, whatever becomes of the look",
      within(async (storage, { read }) => {
        expect(await storage.withMark("anna", async () => "seen")).toBe("no folder");
        await storage.createInstance("anna");
        let mark = "";
        const look = async (name: string) => {
          mark = name;
          expect(await read("anna", name)).toBe("");
          throw new Error("looked in vain");
        };
        await expect(storage.withMark("anna", look)).rejects.toThrow("looked in vain");
        expect(await read("anna", mark)).toBeNull();
      }),
    );
  });

  describe(`${name} storage, a configuration`, () => {
    test.each(["{\r\n  a: 1, // 注释\r\n}", "\u{feff}{}", ""])("is kept as it is: %j", (text) =>
      within(async (storage) => {
        await storage.createInstance("anna");
        expect(await storage.hasConfig("anna")).toBe(false);
        expect(await storage.readConfig("anna")).toBeNull();
        await storage.writeConfig("anna", text);
        expect(await storage.hasConfig("anna")).toBe(true);
        expect(await storage.readConfig("anna")).toBe(text);
      })());

    test(
      "cannot be written where there is no instance",
      within(async (storage) => {
        await expect(storage.writeConfig("anna", "{}")).rejects.toThrow();
        expect(await storage.hasInstance("anna")).toBe(false);
      }),
    );

    test(
      "reports its changes until nobody listens any more",
      within(async (storage, { write }) => {
        await storage.createInstance("anna");
        const end = new AbortController();
        const changes = storage.configChanges("anna", end.signal)[Symbol.asyncIterator]();
        const first = changes.next();
        // The watch begins at some time after the call.
        const writing = setInterval(() => void write("anna", "openclaw.json", "{}"), 20);
        expect((await first).done).toBe(false);
        clearInterval(writing);
        end.abort();
        while (!(await changes.next()).done);
      }),
    );
  });

  describe(`${name} storage, a copy`, () => {
    test(
      "has what a backup takes, and says how much that is",
      within(async (storage, { write, stage }) => {
        await storage.createInstance("anna");
        await storage.writeConfig("anna", "{ a: 1 }");
        await write("anna", "notes", "1234");
        await write("anna", "cache/x", "left out");
        const size = await storage.measure("anna", NEVER);
        expect(size).toEqual({ bytes: 12, files: 2, allocated: expect.any(Number) });
        const seen: number[] = [];
        const report = await storage.copyOut("anna", "c", {
          signal: NEVER,
          onProgress: ({ bytes }) => seen.push(bytes),
        });
        const leftOut = { links: 0, others: 0 };
        expect(report).toMatchObject({ bytes: 12, files: 2, leftOut, changed: 0 });
        expect(seen.at(-1)).toBe(12);
        await storage.writeConfig("anna", "{ later: 1 }");
        await stage("anna", "c", "s");
        expect(await storage.readStagedConfig("s")).toBe("{ a: 1 }");
        expect(await storage.listInstances()).toEqual(["anna"]);
      }),
    );

    test(
      "that is cancelled leaves nothing, and one of the same name is replaced",
      within(async (storage, { stage }) => {
        await storage.createInstance("anna");
        await storage.writeConfig("anna", "{ a: 1 }");
        const early = AbortSignal.abort();
        await rejects(storage.copyOut("anna", "c", { signal: early }), "CANCELLED");
        await rejects(stage("anna", "c", "s"), "FILES_DENIED");
        await storage.copyOut("anna", "c", { signal: NEVER });
        await storage.writeConfig("anna", "{ b: 1 }");
        await storage.copyOut("anna", "c", { signal: NEVER });
        await stage("anna", "c", "s");
        expect(await storage.readStagedConfig("s")).toBe("{ b: 1 }");
        for (let round = 0; round < 2; round++) await storage.dropCopy("anna", "c");
      }),
    );
  });

  describe(`${name} storage, a swap`, () => {
    test(
      "replaces an instance's data and keeps what it replaced; repeatable",
      within(async (storage, harness) => {
        await withStaged(harness);
        for (let round = 0; round < 2; round++) await storage.swapIn("anna", "s", "k");
        expect(await storage.readConfig("anna")).toBe("{ new: 1 }");
        expect(await harness.read("anna", "notes")).toBe("new");
        expect(await storage.snapshotSize("k")).toBe(13);
        expect(await storage.listInstances()).toEqual(["anna"]);
      }),
    );

    test.each([
      ["before it", []],
      ["after it", ["anna"]],
    ])("undone %s, everything is as before; repeatable", (_, swapped) =>
      within(async (storage, harness) => {
        await withStaged(harness);
        for (const id of swapped) await storage.swapIn(id, "s", "k");
        const again = await harness.reopen();
        for (let round = 0; round < 2; round++) await again.swapBack("anna", "s", "k");
        expect(await storage.readConfig("anna")).toBe("{ old: 1 }");
        expect(await harness.read("anna", "notes")).toBe("old");
        expect(await storage.snapshotSize("k")).toBeNull();
        await expect(storage.swapIn("anna", "s", "k")).rejects.toThrow();
      })());

    test(
      "of an instance that is not there makes it; undone, it is gone",
      within(async (storage, harness) => {
        await withStaged(harness);
        await storage.removeInstance("anna");
        await storage.swapIn("anna", "s", "k");
        expect(await storage.readConfig("anna")).toBe("{ new: 1 }");
        expect(await storage.snapshotSize("k")).toBeNull();
        await storage.swapBack("anna", "s", "k");
        expect(await storage.hasInstance("anna")).toBe(false);
      }),
    );

    test(
      "without anything staged is an error, and changes nothing",
      within(async (storage) => {
        await storage.createInstance("anna");
        await storage.writeConfig("anna", "{ old: 1 }");
        await expect(storage.swapIn("anna", "s", "k")).rejects.toThrow("nothing is staged");
        expect(await storage.readConfig("anna")).toBe("{ old: 1 }");
      }),
    );

    test(
      "brings a snapshot back, and its undo makes it a snapshot again",
      within(async (storage, harness) => {
        await withStaged(harness);
        await storage.swapIn("anna", "s", "k");
        for (let round = 0; round < 2; round++) await storage.stageSnapshot("k", "back");
        expect(await storage.snapshotSize("k")).toBeNull();
        await storage.swapIn("anna", "back", "k2");
        expect(await storage.readConfig("anna")).toBe("{ old: 1 }");
        for (let round = 0; round < 2; round++)
          await storage.swapBack("anna", "back", "k2", { stagedTo: "k" });
        expect(await storage.readConfig("anna")).toBe("{ new: 1 }");
        expect(await storage.snapshotSize("k")).toBe(13);
        await expect(storage.stageSnapshot("none", "x")).rejects.toThrow();
        for (let round = 0; round < 2; round++) await storage.dropSnapshot("k");
        expect(await storage.snapshotSize("k")).toBeNull();
      }),
    );
  });

  describe(`${name} storage`, () => {
    test(
      "replaces the configuration of what is staged",
      within(async (storage, harness) => {
        await withStaged(harness);
        expect(await storage.readStagedConfig("s")).toBe("{ new: 1 }");
        await storage.writeStagedConfig("s", "{ fitted: 1 }");
        expect(await storage.readStagedConfig("s")).toBe("{ fitted: 1 }");
        expect(await storage.stagedHandle("s")).not.toBe(await storage.stagedHandle("t"));
        for (let round = 0; round < 2; round++) await storage.dropStaged("s");
        expect(await storage.readStagedConfig("s")).toBeNull();
      }),
    );

    test(
      "sweeps what a crash left, but nothing that is named or somebody's",
      within(async (storage, harness) => {
        await withStaged(harness, "needed");
        await storage.copyOut("anna", "c", { signal: NEVER });
        await harness.stage("anna", "c", "left");
        await storage.swapIn("anna", "needed", "kept");
        await harness.stage("anna", "c", "needed2");
        await storage.sweep({ staged: ["needed2"], kept: ["kept"] });
        expect(await storage.readStagedConfig("left")).toBeNull();
        expect(await storage.readStagedConfig("needed2")).toBe("{ old: 1 }");
        expect(await storage.snapshotSize("kept")).toBe(13);
        expect(await storage.readConfig("anna")).toBe("{ new: 1 }");
        await rejects(harness.stage("anna", "c", "again"), "FILES_DENIED");
        await storage.sweep(NOTHING_NEEDED);
        expect(await storage.snapshotSize("kept")).toBeNull();
        expect(await storage.listInstances()).toEqual(["anna"]);
      }),
    );

    test.each(["../../..", "..", ".", "", "a/b", "a\\b", "a\0b"])("refuses the name %j", (odd) =>
      within(async (storage) => {
        const calls = [
          () => storage.readConfig(odd),
          () => storage.writeConfig(odd, "x"),
          () => storage.createInstance(odd),
          () => storage.removeInstance(odd),
          () => storage.copyOut(odd, "c", { signal: NEVER }),
          () => storage.dropStaged(odd),
          () => storage.dropSnapshot(odd),
          () => storage.swapIn("anna", odd, "k"),
        ];
        for (const call of calls) await expect((async () => call())()).rejects.toThrow();
      })());

    test(
      "says how much room there is, and on which device",
      within(async (storage, { reopen }) => {
        const { free, device } = await storage.space();
        expect(free).toBeGreaterThan(1_000_000);
        expect((await (await reopen()).space()).device).toBe(device);
      }),
    );
  });
}
