import { isTrackedEnvelope, type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";
import { toTRPCError } from "./errors.ts";

/** Output schema of a subscription; validates each item before it is sent. */
export function streamOf<T>(item: z.ZodType<T>) {
  return validated<T>((each) => item.parse(each));
}

/** The same for items with an id, from which a client resumes. */
export function trackedStreamOf<T>(item: z.ZodType<T>) {
  return validated<TrackedEnvelope<T>>((each) => {
    if (!isTrackedEnvelope<T>(each)) throw new Error("an item of a tracked stream has no id");
    const [id, data] = each;
    return tracked(id, item.parse(data));
  });
}

const isStream = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

function validated<T>(parse: (item: unknown) => T) {
  return z.custom<AsyncIterable<T>>(isStream).transform(async function* (items) {
    try {
      for await (const each of items) yield parse(each);
    } catch (error) {
      // tRPC maps errors of procedures, not those of the streams they return.
      throw toTRPCError(error);
    }
  });
}
