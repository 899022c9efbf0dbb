import { describe, expect, test } from "vitest";
import { rejects } from "../../tests/support/rejects.ts";
import type { BackupRepository, ByteRange } from "./backup-repository.ts";

export interface RepositoryHarness extends AsyncDisposable {
  repository: BackupRepository;
  /** Another one on the same files, as after a restart of the panel. */
  reopen(): Promise<BackupRepository>;
}

/** In more than one piece, and of more bytes than a driver reads at once. */
async function* pieces(text: string, size = 100_000) {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function collect(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts).toString();
}

/** The contract of `BackupRepository`, as tests that every driver must pass. */
export function describeRepository(
  name: string,
  makeHarness: () => Promise<RepositoryHarness>,
): void {
  const withRepository =
    (action: (repository: BackupRepository, harness: RepositoryHarness) => Promise<void>) =>
    async () => {
      await using harness = await makeHarness();
      await action(harness.repository, harness);
    };

  async function store(repository: BackupRepository, filename: string, text: string) {
    await using draft = await repository.draft();
    await draft.write(pieces(text));
    return await repository.put(draft, filename);
  }

  describe(`${name} repository`, () => {
    test(
      "a file that was put has its bytes, its size and its name, also after a restart",
      withRepository(async (repository, harness) => {
        const text = "0123456789".repeat(100_000);
        expect(await store(repository, "x.tar", text)).toBe(true);
        for (const each of [repository, await harness.reopen()]) {
          expect(await each.list()).toEqual(["x.tar"]);
          expect(await each.stat("x.tar")).toEqual({ size: text.length });
          expect(await collect(each.get("x.tar"))).toBe(text);
        }
      }),
    );

    test.each<[ByteRange, string]>([
      [{ start: 5, end: 14 }, "5678901234"],
      [{ start: 0, end: 0 }, "0"],
      [{ start: 999_999, end: 2_000_000 }, "9"],
    ])("gives the part %j of a file", (range, part) =>
      withRepository(async (repository) => {
        await store(repository, "x.tar", "0123456789".repeat(100_000));
        expect(await collect(repository.get("x.tar", range))).toBe(part);
      })());

    test(
      "a draft is read back, but is no file until it is put, and none afterwards unless it was",
      withRepository(async (repository) => {
        {
          await using draft = await repository.draft();
          await draft.write(pieces("half"));
          expect(await collect(draft.read())).toBe("half");
          expect(await repository.list()).toEqual([]);
        }
        expect(await repository.list()).toEqual([]);
      }),
    );

    test(
      "a body that breaks off leaves nothing",
      withRepository(async (repository) => {
        const broken = async () => {
          await using draft = await repository.draft();
          await draft.write(
            (async function* () {
              yield Buffer.from("first");
              throw new Error("connection lost");
            })(),
          );
        };
        await expect(broken()).rejects.toThrow("connection lost");
        expect(await repository.list()).toEqual([]);
      }),
    );

    test(
      "a name that is taken keeps its file, and the draft may have another one",
      withRepository(async (repository) => {
        await store(repository, "x.tar", "precious");
        await using draft = await repository.draft();
        await draft.write(pieces("other"));
        expect(await repository.put(draft, "x.tar")).toBe(false);
        expect(await repository.put(draft, "y.tar")).toBe(true);
        expect(await collect(repository.get("x.tar"))).toBe("precious");
        expect(await collect(repository.get("y.tar"))).toBe("other");
      }),
    );

    test(
      "two that want one name at the same time: one has it",
      withRepository(async (repository) => {
        const both = ["a", "b"].map((text) => store(repository, "x.tar", text));
        expect((await Promise.all(both)).sort()).toEqual([false, true]);
        expect(await repository.list()).toEqual(["x.tar"]);
      }),
    );

    test(
      "a deleted file is gone; deleting it again changes nothing",
      withRepository(async (repository) => {
        await store(repository, "x.tar", "1");
        await store(repository, "y.tar", "2");
        for (let round = 0; round < 2; round++) await repository.delete("x.tar");
        expect(await repository.list()).toEqual(["y.tar"]);
        expect(await repository.stat("x.tar")).toBeNull();
        await rejects(collect(repository.get("x.tar")), "BACKUP_NOT_FOUND");
      }),
    );

    test.each([
      "../secret.tar",
      "/etc/passwd",
      "..",
      "a/b.tar",
      "",
      ".hidden.tar",
    ])("refuses the name %j", (filename) =>
      withRepository(async (repository) => {
        await expect(repository.stat(filename)).rejects.toThrow();
        await expect(repository.delete(filename)).rejects.toThrow();
        await expect((async () => collect(repository.get(filename)))()).rejects.toThrow();
        await expect(store(repository, filename, "x")).rejects.toThrow();
        expect(await repository.list()).toEqual([]);
      })());

    test(
      "a sweep removes drafts and spares files",
      withRepository(async (repository, harness) => {
        await store(repository, "x.tar", "1");
        const draft = await repository.draft();
        await draft.write(pieces("left by a crash"));
        const again = await harness.reopen();
        await again.sweep();
        await expect(collect(draft.read())).rejects.toThrow();
        expect(await collect(again.get("x.tar"))).toBe("1");
      }),
    );

    test(
      "says how much room there is, and on which device",
      withRepository(async (repository, harness) => {
        const { free, device } = await repository.space();
        expect(free).toBeGreaterThan(1_000_000);
        expect((await (await harness.reopen()).space()).device).toBe(device);
      }),
    );
  });
}
