import { TRPCError, tracked } from "@trpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { streamOf, trackedStreamOf } from "./stream-of.ts";

async function* items(...all: unknown[]) {
  yield* all;
}

test("each item is checked, and one that does not fit is an error that tRPC knows", async () => {
  const stream = streamOf(z.number()).parse(items(1, "two"));
  const seen: number[] = [];
  const reading = (async () => {
    for await (const item of stream) seen.push(item);
  })();
  await expect(reading).rejects.toThrow(TRPCError);
  expect(seen).toEqual([1]);
});

test("what is no stream is refused", () => {
  expect(streamOf(z.number()).safeParse([1]).success).toBe(false);
});

test("an item keeps the id from which a client resumes, and one without is refused", async () => {
  const schema = trackedStreamOf(z.object({ line: z.string() }));
  const seen: unknown[] = [];
  const read = async (...all: unknown[]) => {
    for await (const item of schema.parse(items(...all))) seen.push(item);
  };
  await read(tracked("7", { line: "a" }));
  expect(seen).toEqual([tracked("7", { line: "a" })]);
  await expect(read(tracked("8", { line: 1 }))).rejects.toThrow(TRPCError);
  await expect(read({ line: "b" })).rejects.toThrow(TRPCError);
});
