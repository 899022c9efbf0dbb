import { expect, test } from "vitest";
import { passwordFault } from "./password-rule.ts";

const common = new Set(["password123", "qwertyuiop", "iloveyou", "sunshine"]);
const fault = (password: string) => passwordFault(password, { username: "wang.wei", common });

test.each([
  "correct horse battery",
  "四个不相干的词语组成的口令",
  "tr0ub4dor&3x",
  `${"x".repeat(250)}abc`,
])("%j is taken", (password) => expect(fault(password)).toBeNull());

test.each([
  ["short", /at least 10/],
  ["\u{1f99e}".repeat(9), /at least 10/],
  ["x".repeat(257), /at most 256/],
  ["Password123", /tried first/],
  ["qwertyuiop", /tried first/],
  ["QWERTYUIOP!!", /tried first/],
  ["2024iloveyou2024", /tried first/],
  ["sunshine!1", /tried first/],
  ["wang.wei2024", /user name/],
  ["Wang.Wei!!!!", /user name/],
  ["aaaaaaaaaaaa", /four different/],
  ["abababababab", /four different/],
])("%j is refused", (password, why) => expect(fault(password)).toMatch(why));
