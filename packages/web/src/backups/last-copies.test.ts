import { expect, test } from "vitest";
import { aBackup } from "../testing/fixtures.ts";
import { lastCopies } from "./last-copies.ts";

const of = (id: string) => ({ id, name: id, bytes: 1, files: 1 });
const both = aBackup({ id: "1", instances: [of("a"), of("b")] });

test("are the instances that no other good backup holds", () => {
  const other = aBackup({ id: "2", instances: [of("a")] });
  expect(lastCopies(both, [both, other]).map(({ id }) => id)).toEqual(["b"]);
  expect(lastCopies(both, [both, { ...other, fault: "damaged" }]).map(({ id }) => id)).toEqual([
    "a",
    "b",
  ]);
  expect(lastCopies(other, [both, other])).toEqual([]);
});
