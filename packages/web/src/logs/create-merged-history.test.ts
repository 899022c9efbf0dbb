import type { LogLine } from "@claw/core/log-cursor";
import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import { createFakeApi, panelError } from "../testing/fake-api.ts";
import { createMergedHistory } from "./create-merged-history.ts";
import { LogRing } from "./log-ring.ts";

const line = (second: number): LogLine => ({
  ts: `2026-11-22T08:00:${String(second).padStart(2, "0")}.000000000Z`,
  stream: "stdout",
  text: `${second}`,
});
const lines = (...seconds: number[]) => seconds.map(line);
const textsOf = (of: readonly LogLine[] | undefined) => of?.map(({ text }) => text);

interface Query {
  id: string;
  before: string;
  limit: number;
}

/** Logs whose queries return at most two lines each. */
function setUp(logs: Record<string, LogLine[]>, limit = 100) {
  const answer = ({ id, before, limit: asked }: Query) => {
    const above = logs[id]?.filter(({ ts }) => ts <= before) ?? [];
    // A full page means that there is more.
    return { lines: above.length > asked ? above.slice(-asked) : above };
  };
  const fake = createFakeApi({ "instances.olderLogs": answer });
  const ring = new LogRing(limit);
  const [version, setVersion] = createSignal(0);
  const changed = () => setVersion((previous) => previous + 1);
  const { history, dispose } = createRoot((dispose) => ({
    history: createMergedHistory(fake.api, { ring, version, changed }),
    dispose,
  }));
  const shown = () =>
    Array.from({ length: ring.length }, (_, at) => {
      const entry = ring.at(at);
      return entry?.kind === "line" ? `${entry.source} ${entry.text}` : "";
    });
  return { fake, ring, history, shown, dispose };
}

test("begins where every log is known, and keeps back what is above that", () => {
  const { history, dispose } = setUp({});
  const taken = history.begin([
    { id: "anna", lines: lines(1, 2, 9), complete: false },
    { id: "bob", lines: lines(7, 8), complete: false },
    { id: "carl", lines: lines(3), complete: true },
  ]);
  expect([...taken].map(([id, part]) => [id, textsOf(part)])).toEqual([
    ["anna", ["9"]],
    ["bob", ["7", "8"]],
    ["carl", []],
  ]);
  expect(history.older.state()).toBe("more");
  dispose();
});

test("older lines of all logs come by time, up to the beginning of each", async () => {
  const { fake, history, shown, dispose } = setUp({ bob: lines(2, 4, 7, 8) });
  history.begin([
    { id: "anna", lines: lines(1, 3, 9), complete: true },
    { id: "bob", lines: lines(7, 8), complete: false },
  ]);
  await history.older.load();
  expect(shown()).toEqual(["anna 1", "bob 2", "anna 3", "bob 4"]);
  expect(history.older.state()).toBe("beginning");
  expect(fake.calls.map(({ input }) => (input as Query).id)).toEqual(["bob"]);
  dispose();
});

test("nothing is asked for before it has begun", async () => {
  const { fake, history, dispose } = setUp({ anna: lines(1) });
  await history.older.load();
  expect(fake.calls).toEqual([]);
  dispose();
});

test("a log that cannot be read is said, and asked again; the others are not", async () => {
  const { fake, history, shown, dispose } = setUp({ anna: lines(1, 5), bob: lines(2, 5) });
  history.begin([
    { id: "anna", lines: lines(5), complete: false },
    { id: "bob", lines: lines(5), complete: false },
  ]);
  const { "instances.olderLogs": answer } = fake.answers;
  fake.answers["instances.olderLogs"] = (query) => {
    if ((query as Query).id === "bob") throw panelError("ENGINE_UNREACHABLE", "away");
    return answer?.(query);
  };
  await history.older.load();
  expect([history.older.state(), shown()]).toEqual(["failed", []]);
  if (answer) fake.answers["instances.olderLogs"] = answer;
  await history.older.load();
  expect([history.older.state(), shown()]).toEqual(["beginning", ["anna 1", "bob 2"]]);
  expect(fake.calls.filter(({ input }) => (input as Query).id === "anna")).toHaveLength(1);
  dispose();
});

test("keeps no more than the page holds", async () => {
  const { history, shown, dispose } = setUp({ anna: lines(1, 2, 3, 4) }, 2);
  history.begin([{ id: "anna", lines: lines(4), complete: false }]);
  await history.older.load();
  expect(shown()).toEqual(["anna 2", "anna 3"]);
  dispose();
});
