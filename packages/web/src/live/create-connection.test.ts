import { createRoot } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createConnection } from "./create-connection.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  let tell: (up: boolean) => void = () => {};
  const panel = { answers: false };
  const source = {
    subscribe: (listener: (up: boolean) => void) => {
      tell = listener;
      listener(false);
      return () => {};
    },
    reaches: async () => panel.answers,
  };
  return createRoot((dispose) => ({
    ...createConnection(source),
    tell: (up: boolean) => tell(up),
    panel,
    dispose,
  }));
}

test("a short gap is not shown; a longer one is, with since when", () => {
  const connection = setUp();
  expect(connection.state()).toBe("connecting");
  connection.tell(true);
  connection.tell(false);
  vi.advanceTimersByTime(1000);
  connection.tell(true);
  vi.advanceTimersByTime(10_000);
  expect(connection.state()).toBe("up");

  const before = new Date().toISOString();
  connection.tell(false);
  vi.advanceTimersByTime(500);
  connection.tell(false);
  vi.advanceTimersByTime(5000);
  expect([connection.state(), connection.lostAt()]).toEqual(["lost", before]);
  connection.tell(true);
  expect([connection.state(), connection.lostAt()]).toEqual(["up", undefined]);
  connection.dispose();
});

test("a connection that never comes is lost too", () => {
  const connection = setUp();
  vi.advanceTimersByTime(5000);
  expect(connection.state()).toBe("lost");
  connection.dispose();
});

test("a panel that answers requests but has no WebSocket is named, and not before it is sure", async () => {
  const connection = setUp();
  await vi.advanceTimersByTimeAsync(20_000);
  expect([connection.state(), connection.socketsBlocked()]).toEqual(["lost", false]);
  connection.panel.answers = true;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(connection.socketsBlocked()).toBe(false);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(connection.socketsBlocked()).toBe(true);
  connection.tell(true);
  expect(connection.socketsBlocked()).toBe(false);
  connection.dispose();
});
