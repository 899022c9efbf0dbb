import { expect, test } from "vitest";
import { holdsWords } from "./holds-words.ts";

test("each word is somewhere, in whatever order and case", () => {
  expect(holdsWords("张三 zhangsan zs 18789", "ZS 187")).toBe(true);
  expect(holdsWords("Anna Berg", "berg an")).toBe(true);
  expect(holdsWords("Anna Berg", "anna carla")).toBe(false);
  expect(holdsWords("Anna Berg", "  ")).toBe(true);
});
