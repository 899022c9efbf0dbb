import { expect, test } from "vitest";
import { createPeople } from "./people.ts";

test("names follow the accounts", () => {
  const people = createPeople([{ id: "u1", username: "mina" }]);
  expect(people.nameOf("u1")).toBe("mina");
  people.set({ id: "u2", username: "olaf" });
  people.delete("u1");
  expect([people.nameOf("u1"), people.nameOf("u2")]).toEqual([null, "olaf"]);
  expect(people.nameOf(null)).toBeNull();
});

test("there is nobody until the first account", () => {
  const people = createPeople([]);
  expect(people.isAnybody()).toBe(false);
  people.set({ id: "u1", username: "mina" });
  expect(people.isAnybody()).toBe(true);
});
