import { expect, test } from "vitest";
import { withoutComments } from "./json5-comments.ts";

test("only unwanted comments go, with a line that has nothing else", () => {
  const text = `// head x\n{\n  // stays\n  // x\n  a: "// x", /* x */ b: 1, // x\n}\n/* x\n */`;
  expect(withoutComments(text, (comment) => comment.includes("x"))).toBe(
    `{\n  // stays\n  a: "// x",  b: 1, \n}\n`,
  );
});
