import { z } from "zod";
import { toTRPCError } from "./errors.ts";

const isStream = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** Output schema of a subscription; validates each item before it is sent. */
export function streamOf<T>(item: z.ZodType<T>) {
  return z.custom<AsyncIterable<T>>(isStream).transform(async function* (items) {
    try {
      for await (const each of items) yield item.parse(each);
    } catch (error) {
      // tRPC maps errors of procedures, not those of the streams they return.
      throw toTRPCError(error);
    }
  });
}
