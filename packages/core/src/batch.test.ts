import { expect, test } from "vitest";
import { BatchRequest } from "./batch.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`);

test("a batch is one action on 1 to 1000 instances", () => {
  const request = { action: "remove", ids: ids(1_000), options: { deleteData: true } };
  expect(BatchRequest.parse(request)).toEqual(request);
  expect(BatchRequest.safeParse({ action: "start", ids: ids(1) }).success).toBe(true);
});

test.each([
  { action: "stop", ids: [] },
  { action: "stop", ids: ids(1_001) },
  { action: "stop", ids: ["anna", "bob", "anna"] },
  { action: "stop", ids: ["../anna"] },
  { action: "stop", ids: "anna" },
  { action: "create", ids: ["anna"] },
  { action: "remove", ids: ["anna"], options: { deleteData: "yes" } },
])("%j is none", (request) => expect(BatchRequest.safeParse(request).success).toBe(false));
