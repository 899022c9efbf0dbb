import { createRoot } from "solid-js";
import { expect, test, vi } from "vitest";
import { createButtonCall } from "./create-button-call.ts";

test("a button's call that is under way is not made again", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const call = vi.fn(() => promise);
  const { run } = createRoot(() => createButtonCall(() => "Save", call));
  const first = run();
  void run();
  expect(call).toHaveBeenCalledTimes(1);
  resolve();
  await first;
  await run();
  expect(call).toHaveBeenCalledTimes(2);
});
