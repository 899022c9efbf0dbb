import { expect, test } from "vitest";
import { inItsTurn } from "./in-its-turn.ts";

/** A turn that a test gives. */
function turn() {
  const given = Promise.withResolvers<void>();
  return {
    give: given.resolve,
    wait: <T>(action: () => Promise<T>) => given.promise.then(action),
  };
}

test("does its work when it is its turn", async () => {
  const { give, wait } = turn();
  const done = inItsTurn(new AbortController().signal, wait, async () => "done");
  give();
  expect(await done).toBe("done");
});

test("may be given up while it waits, and does nothing when its turn comes after all", async () => {
  const { give, wait } = turn();
  const ends = new AbortController();
  let ran = false;
  const done = inItsTurn(ends.signal, wait, async () => {
    ran = true;
  });
  ends.abort(new Error("enough"));
  await expect(done).rejects.toThrow("enough");
  give();
  await new Promise((resolve) => setImmediate(resolve));
  expect(ran).toBe(false);
});

test("is waited for to its end once it has begun", async () => {
  const { give, wait } = turn();
  const ends = new AbortController();
  const begun = Promise.withResolvers<void>();
  const work = Promise.withResolvers<string>();
  const done = inItsTurn(ends.signal, wait, () => {
    begun.resolve();
    return work.promise;
  });
  give();
  await begun.promise;
  ends.abort(new Error("enough"));
  work.resolve("done");
  expect(await done).toBe("done");
});

test("does not begin to wait when it is given up already", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(inItsTurn(signal, turn().wait, async () => 1)).rejects.toThrow("enough");
});
