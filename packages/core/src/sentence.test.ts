import { expect, test } from "vitest";
import { asSentence } from "./sentence.ts";

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
