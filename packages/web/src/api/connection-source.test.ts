import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createConnectionSource } from "./connection-source.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const panel = { answers: true, isUp: true };
  let changed = () => {};
  const source = createConnectionSource(
    {
      isUp: () => panel.isUp,
      subscribe: (listener) => {
        changed = listener;
        return () => {};
      },
    },
    async () => panel.answers,
  );
  const heard: boolean[] = [];
  const stop = source.subscribe((up) => heard.push(up));
  const browserSays = async (what: "offline" | "online") => {
    window.dispatchEvent(new Event(what));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { panel, heard, stop, browserSays, changed: () => changed() };
}

test("a browser that is offline is cut off at once, though the WebSocket has not noticed", async () => {
  const { panel, heard, stop, browserSays } = setUp();
  panel.answers = false;
  await browserSays("offline");
  expect(heard).toEqual([true, false]);
  panel.answers = true;
  await browserSays("online");
  expect(heard).toEqual([true, false, true]);
  stop();
});

test("it is asked again, and says that it is up only when the panel answers", async () => {
  const { panel, heard, stop, browserSays } = setUp();
  panel.answers = false;
  await browserSays("offline");
  await browserSays("online");
  expect(heard).toEqual([true, false]);
  panel.answers = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(heard).toEqual([true, false, true]);
  stop();
});

test("a panel on the same machine is there without a network", async () => {
  const { heard, stop, browserSays } = setUp();
  await browserSays("offline");
  expect(heard).toEqual([true]);
  stop();
});

test("what happens to the WebSocket is told, and nothing after the end", async () => {
  const { panel, heard, stop, browserSays, changed } = setUp();
  panel.isUp = false;
  changed();
  expect(heard).toEqual([true, false]);
  stop();
  panel.answers = false;
  await browserSays("offline");
  expect(heard).toEqual([true, false]);
});
