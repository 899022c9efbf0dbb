import { LOG_START, type LogCursor, type LogLine } from "@claw/core/log-cursor";
import { expect, test } from "vitest";
import { createTestPanel, type TestPanel } from "../../../tests/support/test-app.ts";
import { endOfLog } from "../runtime/log-tails.ts";
import { createInstance } from "./create-instance.ts";
import { readBacklog } from "./read-backlog.ts";

const { signal } = new AbortController();

async function setUp() {
  const panel = await createTestPanel();
  await createInstance(panel.context, { id: "anna", name: "Anna", start: false });
  return panel;
}

const write = (panel: TestPanel, from: number, to: number) => {
  for (let n = from; n < to; n++) panel.engine.write("anna", "stdout", `n${n}`);
};

/** Reads what a reader at `after` has missed up to `end`, into a buffer that takes `room` lines. */
async function read(panel: TestPanel, end: LogCursor, after: LogCursor | null, room = Infinity) {
  const texts: string[] = [];
  const add = (lines: LogLine[]) => {
    texts.push(...lines.map(({ text }) => text));
    return texts.length >= room;
  };
  const target = { id: "anna", tail: 10, after, end };
  return { ...(await readBacklog(panel.context, target, { add }, signal)), texts };
}

test("the last lines are handed out up to the end, and no later ones", async () => {
  await using panel = await setUp();
  write(panel, 0, 20);
  const end = await endOfLog(panel.engine, "anna", signal);
  write(panel, 20, 22);
  const { texts, stoppedBy } = await read(panel, end, null);
  expect(texts).toEqual(Array.from({ length: 8 }, (_, n) => `n${n + 12}`));
  expect(stoppedBy).toBeNull();
});

test("a full buffer ends the turn, and the next one goes on there", async () => {
  await using panel = await setUp();
  write(panel, 0, 1_200);
  const end = await endOfLog(panel.engine, "anna", signal);
  const first = await read(panel, end, LOG_START, 500);
  expect(first.stoppedBy).toBe("reader");
  const rest = await read(panel, end, first.after);
  expect([...first.texts, ...rest.texts]).toEqual(Array.from({ length: 1_200 }, (_, n) => `n${n}`));
});

test("what the engine does not hand out is read another time; without a container there is none", async () => {
  await using panel = await setUp();
  panel.engine.setReachable(false);
  expect(await read(panel, LOG_START, null)).toMatchObject({ stoppedBy: "engine", after: null });
  panel.engine.setReachable(true);
  panel.engine.removeOutside("anna");
  expect(await read(panel, LOG_START, null)).toMatchObject({ stoppedBy: null, texts: [] });
});
