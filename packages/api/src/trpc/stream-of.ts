import { z } from "zod";

const isStream = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** Output schema of a subscription; validates each item before it is sent. */
export function streamOf<T>(item: z.ZodType<T>) {
  return z.custom<AsyncIterable<T>>(isStream).transform(async function* (items) {
    for await (const each of items) yield item.parse(each);
  });
}
