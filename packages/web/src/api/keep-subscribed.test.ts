import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepSubscribed } from "./keep-subscribed.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function source() {
  const begun: { onError: (error: unknown) => void; onComplete: () => void }[] = [];
  let open = 0;
  return {
    begun,
    open: () => open,
    subscribe: (handlers: (typeof begun)[number]) => {
      begun.push(handlers);
      open += 1;
      return { unsubscribe: () => (open -= 1) };
    },
  };
}

test("begins anew after an error and after an end, one at a time", () => {
  const { begun, open, subscribe } = source();
  const errors: unknown[] = [];
  const stop = keepSubscribed(subscribe, (error) => errors.push(error));
  begun[0]?.onError("broken");
  begun[0]?.onComplete();
  vi.advanceTimersByTime(60_000);
  expect([begun.length, open(), errors]).toEqual([2, 1, ["broken"]]);
  begun[1]?.onComplete();
  vi.advanceTimersByTime(60_000);
  expect([begun.length, open()]).toEqual([3, 1]);
  stop();
  expect(open()).toBe(0);
});

test("once stopped, it stays so", () => {
  const { begun, subscribe } = source();
  const stop = keepSubscribed(subscribe);
  begun[0]?.onComplete();
  stop();
  begun[0]?.onError("late");
  vi.advanceTimersByTime(60_000);
  expect(begun.length).toBe(1);
});
