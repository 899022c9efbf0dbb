import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import { createLogWindow } from "./create-log-window.ts";
import { LogRing, type LogSource } from "./log-ring.ts";

const ROW = 10;
const HEIGHT = 100;

/** A window of ten rows over a ring, in an element with a simulated layout. */
function setUp(limit: number, slack = 1000) {
  const ring = new LogRing(limit);
  const [version, setVersion] = createSignal(0);
  const source: LogSource = { ring, version };
  const element = document.createElement("div");
  let top = 0;
  return createRoot((dispose) => {
    const window = createLogWindow(source, { rowHeight: ROW, header: 0, overscan: 2, slack });
    Object.defineProperties(element, {
      clientHeight: { get: () => HEIGHT },
      scrollHeight: { get: () => Math.max(HEIGHT, window.totalHeight()) },
      scrollTop: {
        get: () => top,
        set: (value: number) => {
          top = Math.min(Math.max(0, value), element.scrollHeight - HEIGHT);
        },
      },
    });
    window.setElement(element);
    const log = (count: number) => {
      const ts = "2026-11-22T08:00:00.000000000Z";
      const lines = Array.from({ length: count }, () => ({
        ts,
        stream: "stdout" as const,
        text: "",
      }));
      ring.push([{ lines, skipped: 0 }]);
      setVersion((previous) => previous + 1);
    };
    const older = (count: number) => {
      const ts = "2026-11-22T07:00:00.000000000Z";
      ring.prepend(Array.from({ length: count }, () => ({ ts, stream: "stdout", text: "" })));
      setVersion((previous) => previous + 1);
    };
    const scroll = (to: number) => {
      element.scrollTop = to;
      element.dispatchEvent(new Event("scroll"));
    };
    /** Number of the row at the upper edge. */
    const topRow = () => window.range().start + (element.scrollTop - window.offset()) / ROW;
    return { ring, window, element, log, older, scroll, topRow, dispose };
  });
}

test("follows the end, drawing only what is in sight", () => {
  const { window, log, topRow, dispose } = setUp(1000);
  log(100);
  log(50);
  expect(window.following()).toBe(true);
  expect(window.range().end).toBe(150);
  expect(window.range().end - window.range().start).toBeLessThan(20);
  expect(topRow()).toBe(140);
  dispose();
});

test("lets go when somebody scrolls up, counts what comes, and follows again at the end", () => {
  const { window, element, log, scroll, topRow, dispose } = setUp(1000);
  log(100);
  scroll(500);
  expect([window.following(), topRow()]).toEqual([false, 50]);
  log(30);
  expect([topRow(), window.missed()]).toEqual([50, 30]);
  scroll(element.scrollHeight);
  expect([window.following(), window.missed()]).toEqual([true, 0]);
  log(5);
  expect(topRow()).toBe(125);
  scroll(0);
  window.follow();
  expect(topRow()).toBe(125);
  dispose();
});

test("what is read stays where it is while the oldest rows are dropped", () => {
  const { window, element, log, scroll, topRow, dispose } = setUp(100, 40);
  log(100);
  scroll(800);
  log(30);
  expect([topRow(), element.scrollTop]).toEqual([80, 800]);
  // More rows are gone than the slack allows: the list and the reader's position move up.
  log(20);
  expect([topRow(), element.scrollTop]).toEqual([80, 300]);
  expect(window.following()).toBe(false);
  dispose();
});

test("when what was read is gone, it goes on with the oldest row there is", () => {
  const { ring, log, scroll, topRow, dispose } = setUp(100);
  log(100);
  scroll(0);
  log(60);
  expect([ring.first, topRow()]).toEqual([60, 60]);
  dispose();
});

test("brings a row to the middle, and lets go", () => {
  const { window, log, topRow, dispose } = setUp(1000);
  log(200);
  window.show(100);
  expect([window.following(), topRow()]).toEqual([false, 95]);
  window.show(0);
  expect(topRow()).toBe(0);
  dispose();
});

test("held, it stays where it is though it was following", () => {
  const { window, log, topRow, dispose } = setUp(1000);
  log(100);
  window.hold();
  window.measure(95, [4]);
  log(20);
  expect([window.following(), topRow(), window.missed()]).toEqual([false, 90, 20]);
  dispose();
});

test("a log that is wholly in sight is followed again", () => {
  const { window, log, dispose } = setUp(1000);
  log(5);
  window.hold();
  expect(window.following()).toBe(false);
  window.measure(2, [3]);
  expect(window.following()).toBe(true);
  dispose();
});

test("what is read stays where it is while older rows come above it", () => {
  const { ring, window, log, older, scroll, topRow, dispose } = setUp(1000);
  log(100);
  scroll(0);
  older(40);
  expect([ring.first, topRow()]).toEqual([-40, 0]);
  expect([window.following(), window.missed()]).toEqual([false, 0]);
  window.follow();
  older(10);
  expect(topRow()).toBe(90);
  dispose();
});

test("what is read stays where it is when rows above it turn out to be higher", () => {
  const { window, element, log, scroll, dispose } = setUp(1000);
  log(100);
  scroll(500);
  window.measure(48, [3, 2]);
  expect(element.scrollTop).toBe(530);
  expect(window.totalHeight()).toBe(1030);
  window.remeasure();
  expect([window.totalHeight(), element.scrollTop]).toEqual([1000, 500]);
  dispose();
});

test("a row in sight is left where it is; one that is not comes into sight", () => {
  const { window, log, topRow, dispose } = setUp(1000);
  log(200);
  window.reveal(195);
  expect([topRow(), window.following()]).toEqual([190, true]);
  window.reveal(20);
  expect([topRow(), window.following()]).toEqual([15, false]);
  dispose();
});
