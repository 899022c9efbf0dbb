import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { streamOf } from "./stream-of.ts";

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
