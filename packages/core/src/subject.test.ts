import { expect, test } from "vitest";
import { distinctSubjects, subjectsOf } from "./subject.ts";

test("what a record does not know of its instances is null", () => {
  const whole = { id: "anna", uid: "1", owner: "mina", name: "Anna" };
  expect(subjectsOf([whole, { id: "ben" }])).toEqual([
    { id: "anna", uid: "1", owner: "mina" },
    { id: "ben", uid: null, owner: null },
  ]);
});

test("an instance that stayed the same is one subject, one that changed is two", () => {
  const [before, after] = [
    { id: "anna", uid: "1", owner: null },
    { id: "anna", uid: "1", owner: "mina" },
  ];
  expect(distinctSubjects([before, { ...before }])).toEqual([before]);
  expect(distinctSubjects([before, after])).toEqual([before, after]);
});
