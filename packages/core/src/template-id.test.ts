import { expect, test } from "vitest";
import { STANDARD_TEMPLATE, TemplateId } from "./template-id.ts";

test.each([STANDARD_TEMPLATE, "0123456789abcdef", "a", "a-b"])("%j is an id", (id) => {
  expect(TemplateId.parse(id)).toBe(id);
});

test.each(["", "-a", "A", "a/b", "..", "a".repeat(41), "a\n"])("%j is none", (id) => {
  expect(TemplateId.safeParse(id).success).toBe(false);
});
