import { describe, expect, test } from "vitest";
import { recordOf } from "../../tests/support/archive-place.ts";
import { makeArchive } from "../../tests/support/make-archive.ts";
import { rejects } from "../../tests/support/rejects.ts";
import type { ArchiveCodec, ArchiveRequest } from "./archive-codec.ts";
import type { BackupRepository } from "./backup-repository.ts";
import type { InstanceStorage } from "./instance-storage.ts";

export interface CodecHarness extends AsyncDisposable {
  archives: ArchiveCodec;
  storage: InstanceStorage;
  repository: BackupRepository;
}

const NEVER = new AbortController().signal;
const FILE = "x.tar";
const FACTS = {
  createdAt: "2026-11-22T08:15:00.000Z",
  createdBy: "panel",
  note: "升级前",
};

/** The contract of `ArchiveCodec`, as tests that every driver must pass. */
export function describeCodec(name: string, makeHarness: () => Promise<CodecHarness>): void {
  const within = (action: (harness: CodecHarness) => Promise<void>) => async () => {
    await using harness = await makeHarness();
    await action(harness);
  };

  /** An archive of two instances, which have their id in their configuration. */
  async function packed(
    harness: CodecHarness,
    change: Partial<ArchiveRequest> = {},
    onProgress?: (told: string) => void,
  ) {
    const { storage } = harness;
    const instances = [];
    for (const id of ["anna", "ben"]) {
      await storage.createInstance(id);
      await storage.writeConfig(id, `{ name: "${id}" }`);
      await storage.copyOut(id, "c", { signal: NEVER });
      instances.push({ record: recordOf(id), copy: "c" });
    }
    const facts = { ...FACTS, panelVersion: "0.1.0", encryption: null, ...change };
    return await makeArchive(
      harness,
      { filename: FILE, instances, ...facts },
      {
        signal: NEVER,
        onProgress: ({ step, id, bytes, files }) => onProgress?.(`${step} ${id} ${bytes} ${files}`),
      },
    );
  }

  describe(`${name} codec`, () => {
    test(
      "what was packed comes out again, and only the instance that was asked for",
      within(async (harness) => {
        const { archives, storage } = harness;
        await packed(harness);
        const seen: number[] = [];
        const report = await archives.unpack(
          { filename: FILE, from: "ben", staged: "s" },
          { signal: NEVER, onProgress: ({ files }) => seen.push(files) },
        );
        expect(report).toEqual({ record: recordOf("ben"), bytes: 15, files: 1, problems: [] });
        expect(seen.at(-1)).toBe(1);
        expect(await storage.readStagedConfig("s")).toBe('{ name: "ben" }');
        await storage.removeInstance("ben");
        await storage.swapIn("ben", "s", "k");
        expect(await storage.readConfig("ben")).toBe('{ name: "ben" }');
      }),
    );

    test(
      "what is told of a file is what it holds",
      within(async (harness) => {
        const { archives, repository } = harness;
        const told: string[] = [];
        const { filename, ...content } = await packed(harness, {}, (line) => told.push(line));
        const ids = content.instances.map(({ id, bytes, files }) => ({ id, bytes, files }));
        expect(ids).toEqual([
          { id: "anna", bytes: 16, files: 1 },
          { id: "ben", bytes: 15, files: 1 },
        ]);
        const size = (await repository.stat(filename))?.size;
        expect(content).toMatchObject({ ...FACTS, encryption: null, size });
        const { sha256, ...inspected } = content;
        expect(await archives.inspect(FILE)).toEqual(inspected);
        expect(await archives.verify(FILE, { signal: NEVER })).toEqual({
          ...content,
          opened: true,
        });
        for (const line of ["packing anna 16 1", "packing ben 15 1", "verifying ben 15 1"])
          expect(told).toContain(line);
      }),
    );

    test(
      "an encrypted one is opened by its passphrase only",
      within(async (harness) => {
        const { archives } = harness;
        const passphrase = "correct horse battery staple";
        const encryption = { kind: "passphrase", passphrase } as const;
        expect((await packed(harness, { encryption })).encryption).toBe("passphrase");
        const from = { filename: FILE, from: "anna", staged: "s" };
        const options = { signal: NEVER };
        for (const unlock of [undefined, { passphrase: "wrong" }])
          await rejects(
            archives.unpack({ ...from, ...(unlock && { unlock }) }, options),
            "ARCHIVE_LOCKED",
          );
        expect((await archives.verify(FILE, options)).opened).toBe(false);
        const wrong = { ...options, unlock: { passphrase: "wrong" } };
        await rejects(archives.verify(FILE, wrong), "ARCHIVE_LOCKED");
        const unlock = { passphrase };
        expect((await archives.verify(FILE, { ...options, unlock })).opened).toBe(true);
        await archives.unpack({ ...from, unlock }, options);
      }),
      60_000,
    );

    test(
      "one changed byte is found",
      within(async (harness) => {
        const { archives, repository } = harness;
        await packed(harness);
        const parts: Uint8Array[] = [];
        for await (const part of repository.get(FILE)) parts.push(Uint8Array.from(part));
        const bytes = Buffer.concat(parts);
        const middle = Math.floor(bytes.length / 2);
        bytes[middle] = (bytes[middle] ?? 0) ^ 1;
        await using draft = await repository.draft();
        await draft.write(
          (async function* () {
            yield bytes;
          })(),
        );
        await rejects(archives.verify(draft, { signal: NEVER }), "ARCHIVE_INVALID");
        expect(await repository.put(draft, "changed.tar")).toBe(true);
        await rejects(archives.verify("changed.tar", { signal: NEVER }), "ARCHIVE_INVALID");
      }),
    );

    test(
      "a configuration that is none is a problem, and no error",
      within(async (harness) => {
        const { archives, storage } = harness;
        await storage.createInstance("anna");
        await storage.writeConfig("anna", "{ broken");
        await storage.copyOut("anna", "c", { signal: NEVER });
        const instances = [{ record: recordOf("anna"), copy: "c" }];
        const facts = { ...FACTS, panelVersion: "0.1.0", encryption: null };
        await makeArchive(harness, { filename: FILE, instances, ...facts }, { signal: NEVER });
        const from = { filename: FILE, from: "anna", staged: "s" };
        const { problems } = await archives.unpack(from, { signal: NEVER });
        expect(problems).toHaveLength(1);
      }),
    );

    test(
      "what is not there is said to be missing, and leaves nothing",
      within(async (harness) => {
        const { archives, storage } = harness;
        await packed(harness);
        const options = { signal: NEVER };
        const nobody = { filename: FILE, from: "nobody", staged: "s" };
        await rejects(archives.unpack(nobody, options), "INSTANCE_NOT_FOUND");
        const nowhere = { filename: "none.tar", from: "anna", staged: "s" };
        await rejects(archives.unpack(nowhere, options), "BACKUP_NOT_FOUND");
        await rejects(archives.inspect("none.tar"), "BACKUP_NOT_FOUND");
        await rejects(archives.verify("none.tar", options), "BACKUP_NOT_FOUND");
        expect(await storage.readStagedConfig("s")).toBeNull();
      }),
    );

    test(
      "cancelled before it begins, nothing is staged",
      within(async (harness) => {
        const { archives, storage } = harness;
        await packed(harness);
        const options = { signal: AbortSignal.abort() };
        const from = { filename: FILE, from: "anna", staged: "s" };
        await rejects(archives.unpack(from, options), "CANCELLED");
        await rejects(archives.verify(FILE, options), "CANCELLED");
        expect(await storage.readStagedConfig("s")).toBeNull();
      }),
    );
  });
}
