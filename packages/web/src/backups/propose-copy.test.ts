import { InstanceId, InstanceName } from "@claw/core/instance";
import { expect, test } from "vitest";
import { fitName, proposeCopyId } from "./propose-copy.ts";

test("an id for a copy is one that nobody has", () => {
  expect(proposeCopyId("anna", new Set())).toBe("anna-copy");
  expect(proposeCopyId("anna", new Set(["anna-copy", "anna-copy-2"]))).toBe("anna-copy-3");
});

test.each([
  "a".repeat(40),
  `${"a".repeat(34)}-bbbbb`,
  `${"x-".repeat(19)}xx`,
])("what is proposed is always an id: %s", (id) => {
  const first = proposeCopyId(id, new Set());
  expect(InstanceId.safeParse(first).success).toBe(true);
  expect(InstanceId.safeParse(proposeCopyId(id, new Set([first]))).success).toBe(true);
});

test("a name is cut between characters, not within one", () => {
  const name = fitName("😀".repeat(70));
  expect([...name]).toHaveLength(64);
  expect(InstanceName.safeParse(fitName("张".repeat(70))).success).toBe(true);
});
