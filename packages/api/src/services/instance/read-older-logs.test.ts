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

test("says when there is no such instance", async () => {
  await using panel = await createTestPanel();
  const read = readOlderLogs(panel.context, { id: "bob", before: AFTER_ALL, limit: 1 }, signal);
  await expect(read).rejects.toMatchObject({ reason: "INSTANCE_NOT_FOUND" });
});
