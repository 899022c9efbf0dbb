import { describe, expect, test } from "vitest";
import { rejects } from "../../tests/support/rejects.ts";
import type { Files } from "./files.ts";

export interface FilesHarness extends AsyncDisposable {
  /** Among its templates: `x.yml` with the text `{{ x }}`. */
  files: Files;
  /** Text of docker-compose.yml, or null while there is none. */
  compose(): Promise<string | null>;
}

const IMAGE = `sha256:${"1".repeat(64)}`;

/** The contract of `Files`, as tests that every driver must pass. */
export function describeFiles(name: string, makeHarness: () => Promise<FilesHarness>): void {
  const withFiles =
    (action: (files: Files, harness: FilesHarness) => Promise<void>) => async () => {
      await using harness = await makeHarness();
      await action(harness.files, harness);
    };

  describe(`${name} files`, () => {
    test(
      "a template has its text; one that does not exist is refused",
      withFiles(async (files) => {
        expect(await files.readTemplate("x.yml")).toBe("{{ x }}");
        await rejects(files.readTemplate("other.yml"), "FILES_DENIED");
      }),
    );

    test.each([
      "../x.yml",
      "/x.yml",
      "./x.yml",
      "..",
      ".",
      "",
    ])("refuses %j, which is no template's name", (file) =>
      withFiles((files) => rejects(files.readTemplate(file), "FILES_DENIED").then())());

    test(
      "docker-compose.yml is what was rendered last",
      withFiles(async (files, { compose }) => {
        expect(await compose()).toBeNull();
        const renders = ["first", "second", "third"];
        await Promise.all(renders.map((text) => files.updateCompose(async () => text)));
        expect(await compose()).toBe("third");
        await files.updateCompose(async () => "");
        expect(await compose()).toBe("");
      }),
    );

    test(
      "one render at a time, so that nothing out of date is written",
      withFiles(async (files, { compose }) => {
        let rendering = 0;
        let version = 0;
        await Promise.all(
          Array.from({ length: 10 }, () =>
            files.updateCompose(async () => {
              expect(++rendering).toBe(1);
              await files.diskUsage();
              rendering -= 1;
              return `version ${++version}`;
            }),
          ),
        );
        expect(await compose()).toBe("version 10");
      }),
    );

    test(
      "a render sees what the one before it wrote",
      withFiles(async (files, { compose }) => {
        let seen: string | null = null;
        await Promise.all([
          files.updateCompose(async () => "before"),
          files.updateCompose(async () => {
            seen = await compose();
            return "after";
          }),
        ]);
        expect(seen).toBe("before");
      }),
    );

    test(
      "a render that fails changes nothing, and the next one has its turn",
      withFiles(async (files, { compose }) => {
        await files.updateCompose(async () => "good");
        const failing = files.updateCompose(() => Promise.reject(new Error("no")));
        const next = files.updateCompose(async () => `${await compose()}, then better`);
        await expect(failing).rejects.toThrow("no");
        await next;
        expect(await compose()).toBe("good, then better");
      }),
    );

    test(
      "the schema of an image is kept for it alone, until it is removed",
      withFiles(async (files) => {
        expect(await files.keptImageSchemas()).toEqual([]);
        expect(await files.readImageSchema(IMAGE)).toBeNull();
        await files.keepImageSchema(IMAGE, '{"type":"object"}');
        await files.keepImageSchema(`${IMAGE}0`, "{}");
        expect(await files.readImageSchema(IMAGE)).toBe('{"type":"object"}');
        expect([...(await files.keptImageSchemas())].sort()).toEqual([IMAGE, `${IMAGE}0`]);
        await files.removeImageSchema(IMAGE);
        await files.removeImageSchema(IMAGE);
        expect(await files.readImageSchema(IMAGE)).toBeNull();
        expect(await files.keptImageSchemas()).toEqual([`${IMAGE}0`]);
      }),
    );

    test(
      "the disk's size and free space are bytes",
      withFiles(async (files) => {
        const { total, free } = await files.diskUsage();
        expect(total).toBeGreaterThan(free);
        expect(free).toBeGreaterThan(1_000_000);
      }),
    );
  });
}
