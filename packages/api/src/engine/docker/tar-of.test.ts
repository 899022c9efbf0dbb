import { Parser } from "tar";
import { expect, test } from "vitest";
import { tarOf } from "./tar-of.ts";

/** The paths, modes and texts that a reader finds. */
async function read(archive: Buffer) {
  const found: [string, number | undefined, string][] = [];
  const parser = new Parser({ strict: true });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  parser.on("entry", (entry) => {
    const chunks: Buffer[] = [];
    entry.on("data", (chunk: Buffer) => chunks.push(chunk));
    entry.on("end", () =>
      found.push([entry.path, entry.mode, Buffer.concat(chunks).toString("utf8")]),
    );
  });
  parser.on("end", () => resolve());
  parser.on("error", reject);
  parser.end(archive);
  await promise;
  return found;
}

test("is read as what was put in, whatever its length", async () => {
  const files = { "/tmp/a": "", "/tmp/b": "x".repeat(512), "/tmp/c": "配置".repeat(500) };
  expect(await read(tarOf(files))).toEqual(
    Object.entries(files).map(([path, text]) => [path.slice(1), 0o644, text]),
  );
});

test("a path that no plain header holds is refused rather than cut", () => {
  expect(() => tarOf({ [`/${"a".repeat(300)}`]: "" })).toThrow("does not fit");
});
