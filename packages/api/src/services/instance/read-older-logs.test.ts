import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { readOlderLogs } from "./read-older-logs.ts";

const AFTER_ALL = "2999-01-01T00:00:00.000000000Z";
const { signal } = new AbortController();

test("pages through a log from its end to its beginning, each line once", async () => {
  await using panel = await createTestPanel();
  const { context, engine } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  for (let i = 1; i <= 25; i++) engine.write("anna", "stdout", `line ${i}`);
  const seen: string[] = [];
  for (let before = AFTER_ALL; ; ) {
    const { lines } = await readOlderLogs(context, { id: "anna", before, limit: 10 }, signal);
    seen.unshift(...lines.map((line) => line.text));
    if (lines.length < 10) break;
    before = lines[0]?.ts ?? "";
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `line ${i + 1}`));
});

test("pages through lines that are long to the beginning, too, and holds few of them at a time", async () => {
  await using panel = await createTestPanel();
  const { context, engine } = panel;
  await createInstance(context, { id: "anna", name: "Anna", start: false });
  const long = "x".repeat(60_000);
  for (let i = 1; i <= 200; i++) engine.write("anna", "stdout", `${i} ${long}`);
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let before = AFTER_ALL, more = true; more; ) {
    const read = await readOlderLogs(context, { id: "anna", before, limit: 1_000 }, signal);
    seen.unshift(...read.lines.map((line) => line.text.split(" ")[0] ?? ""));
    sizes.push(read.lines.length);
    before = read.lines[0]?.ts ?? "";
    more = read.more;
  }
  expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => `${i + 1}`));
  expect(Math.max(...sizes)).toBeLessThan(100);
});

test("says when there is no such instance", async () => {
  await using panel = await createTestPanel();
  const read = readOlderLogs(panel.context, { id: "bob", before: AFTER_ALL, limit: 1 }, signal);
  await expect(read).rejects.toMatchObject({ reason: "INSTANCE_NOT_FOUND" });
});
