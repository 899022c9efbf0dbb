import { render, screen } from "@solidjs/testing-library";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isPartMissing, lazyPart, loadNeeded } from "./lazy-part.tsx";

function Greeting(props: { name: string }) {
  return <p>Hello {props.name}</p>;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const away = () => Promise.reject(new TypeError("Failed to fetch"));
const there = () => Promise.resolve({ Greeting });

test("holds the place until the part is there, and is there at once the next time", async () => {
  const Part = lazyPart(there, "Greeting", (props) => <p>Wait, {props.name}</p>);
  render(() => <Part name="Anna" />);
  expect(screen.getByText("Wait, Anna")).toBeTruthy();
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByText("Hello Anna")).toBeTruthy();
  render(() => <Part name="Boris" />);
  expect(screen.getByText("Hello Boris")).toBeTruthy();
});

test("what does not load is tried again until it does, and is said to be missing meanwhile", async () => {
  const load = vi.fn(there).mockImplementationOnce(away).mockImplementationOnce(away);
  const Part = lazyPart(load, "Greeting");
  render(() => <Part name="Anna" />);
  await vi.advanceTimersByTimeAsync(0);
  expect(isPartMissing()).toBe(true);
  await vi.advanceTimersToNextTimerAsync();
  expect(isPartMissing()).toBe(true);
  await vi.advanceTimersToNextTimerAsync();
  expect(isPartMissing()).toBe(false);
  expect(screen.getByText("Hello Anna")).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(3);
});

test("what nobody waits for any longer is not tried again", async () => {
  const load = vi.fn(away);
  const Part = lazyPart<"Greeting", { name: string }>(load, "Greeting");
  const { unmount } = render(() => <Part name="Anna" />);
  await vi.advanceTimersByTimeAsync(0);
  unmount();
  expect(isPartMissing()).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
  expect(load).toHaveBeenCalledTimes(1);
});

test("what arrives after its owner is gone is not used", async () => {
  const use = vi.fn();
  const loading = Promise.withResolvers<string>();
  const { unmount } = render(() => {
    loadNeeded(() => loading.promise, use);
    return <p>owner</p>;
  });
  unmount();
  loading.resolve("late");
  await vi.advanceTimersByTimeAsync(0);
  expect(use).not.toHaveBeenCalled();
});
