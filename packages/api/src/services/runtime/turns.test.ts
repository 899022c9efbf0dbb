import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("one at a time has a turn of a key, in the order of the calls; other keys do not wait", async () => {
  const turns = createTurns<string>();
  const seen: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const first = turns.take("a", async () => {
    await gate;
    seen.push("a1");
  });
  const second = turns.take("a", async () => void seen.push("a2"));
  await turns.take("b", async () => void seen.push("b"));
  expect(seen).toEqual(["b"]);
  open();
  await Promise.all([first, second]);
  expect(seen).toEqual(["b", "a1", "a2"]);
});

test("a failure is the caller's own, and ends the turn", async () => {
  const turns = createTurns<string>();
  const failing = turns.take("a", () => Promise.reject(new Error("no")));
  const next = turns.take("a", async () => "done");
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("done");
});
