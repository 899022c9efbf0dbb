import { createRoot } from "solid-js";
import { expect, test } from "vitest";
import { createQuery } from "./create-query.ts";

test("keeps the last answer while it asks again, and when that fails", async () => {
  const answers: (() => Promise<string>)[] = [
    async () => "one",
    async () => {
      throw new Error("away");
    },
    async () => "two",
  ];
  await createRoot(async (dispose) => {
    const query = createQuery(() => answers.shift()?.() ?? Promise.reject(new Error("too often")));
    expect([query.data(), query.fetching()]).toEqual([undefined, true]);
    await expect.poll(query.data).toBe("one");
    await query.refetch();
    expect([query.data(), String(query.error())]).toEqual(["one", "Error: away"]);
    await query.refetch();
    expect([query.data(), query.error(), query.fetching()]).toEqual(["two", undefined, false]);
    dispose();
  });
});

test("an answer that was overtaken is dropped", async () => {
  const resolvers: ((answer: string) => void)[] = [];
  const signals: AbortSignal[] = [];
  await createRoot(async (dispose) => {
    const query = createQuery((signal) => {
      signals.push(signal);
      return new Promise<string>((resolve) => resolvers.push(resolve));
    });
    const second = query.refetch();
    resolvers[1]?.("new");
    await second;
    resolvers[0]?.("old");
    await Promise.resolve();
    expect(query.data()).toBe("new");
    expect(signals[0]?.aborted).toBe(true);
    dispose();
  });
});
