import { expect, test } from "vitest";
import { asSentence, lastLine } from "./sentence.ts";

test.each([
  ["Missing config", "Missing config."],
  ["Missing config.", "Missing config."],
  ["Did it start?", "Did it start?"],
  ["配置无效。", "配置无效。"],
  ["(see the log.)", "(see the log.)"],
  ["exit code 78", "exit code 78."],
])("%j is said as %j", (text, said) => {
  expect(asSentence(text)).toBe(said);
});

test.each([
  ["trying\nit is locked\n\n", "it is locked"],
  ["  one line ", "one line"],
  ["\n", "it gave no reason"],
])("the last line of %j is %j", (output, line) => {
  expect(lastLine(output)).toBe(line);
});
