import { expect, test } from "vitest";
import { loadSchema } from "./load-schema.ts";

test("a schema is read once, and again after it could not be read", async () => {
  const asked: string[] = [];
  let fails = true;
  const api = {
    readSchema: async (key: string) => {
      asked.push(key);
      if (fails) throw new Error("away");
      return { properties: { a: {} } };
    },
  };
  await expect(loadSchema(api, "one")).rejects.toThrow("away");
  fails = false;
  const [first, second] = await Promise.all([loadSchema(api, "one"), loadSchema(api, "one")]);
  expect(first).toBe(second);
  expect(first.properties).toMatchObject({ a: {}, $schema: {} });
  await loadSchema(api, "two");
  expect(asked).toEqual(["one", "one", "two"]);
});
