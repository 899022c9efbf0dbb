import type { LogLine } from "@claw/core/log-cursor";
import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import { createFakeApi, panelError } from "../testing/fake-api.ts";
import { createOlderLines } from "./create-older-lines.ts";
import { LogRing } from "./log-ring.ts";

const stamp = (second: number) => `2026-11-22T08:00:${String(second).padStart(2, "0")}.000000000Z`;
const line = (second: number, stream: LogLine["stream"] = "stdout"): LogLine => ({
  ts: stamp(second),
  stream,
  text: `line ${second}`,
});

function setUp(answer: () => LogLine[], limit = 100) {
  const fake = createFakeApi({ "instances.olderLogs": () => ({ lines: answer() }) });
  const ring = new LogRing(limit);
  const [version, setVersion] = createSignal(0);
  const changed = () => setVersion((previous) => previous + 1);
  const { older, dispose } = createRoot((dispose) => ({
    older: createOlderLines(fake.api, "zhangsan", { ring, version, changed }),
    dispose,
  }));
  const texts = () => Array.from({ length: ring.length }, (_, at) => ring.at(at));
  return { fake, ring, older, texts, dispose };
}

test("puts older lines above the others, up to the beginning of the log", async () => {
  const { fake, ring, older, dispose } = setUp(() => [line(1), line(2)]);
  expect(older.state()).toBe("more");
  ring.push([{ lines: [line(3)], skipped: 0 }]);
  const loading = older.load();
  expect(older.state()).toBe("loading");
  await loading;
  expect([ring.first, ring.next, older.state()]).toEqual([-2, 1, "beginning"]);
  expect(ring.get(-2)).toMatchObject({ text: "line 1", number: -2 });
  expect(fake.calls).toEqual([
    { path: "instances.olderLogs", input: { id: "zhangsan", before: stamp(3), limit: 1000 } },
  ]);
  await older.load();
  expect(fake.calls).toHaveLength(1);
  dispose();
});

test("a line that is stamped later than one below it is neither lost nor there twice", async () => {
  const { fake, ring, older, texts, dispose } = setUp(() => [line(4), line(3, "stderr")]);
  ring.push([{ lines: [line(3, "stderr"), line(5)], skipped: 0 }]);
  await older.load();
  expect(fake.calls[0]?.input).toMatchObject({ before: stamp(5) });
  expect(texts().map((entry) => entry?.kind === "line" && entry.text)).toEqual([
    "line 4",
    "line 3",
    "line 5",
  ]);
  dispose();
});

test("keeps no more than the page holds, and says so", async () => {
  const { ring, older, dispose } = setUp(() => [line(1), line(2)], 2);
  ring.push([{ lines: [line(3)], skipped: 0 }]);
  await older.load();
  expect(ring.at(0)).toMatchObject({ text: "line 2" });
  expect(older.state()).toBe("full");
  dispose();
});

test("says when it did not work, and tries again when asked to", async () => {
  let away = true;
  const { ring, older, dispose } = setUp(() => {
    if (away) throw panelError("ENGINE_UNREACHABLE", "away");
    return [];
  });
  ring.push([{ lines: [line(3)], skipped: 0 }]);
  await older.load();
  expect(older.state()).toBe("failed");
  away = false;
  await older.load();
  expect(older.state()).toBe("beginning");
  dispose();
});
