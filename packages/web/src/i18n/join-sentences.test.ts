import { expect, test } from "vitest";
import { joinSentences } from "./join-sentences.ts";

test.each([
  [["It failed.", "Try again."], "It failed. Try again."],
  [["失败了。", "请重试。"], "失败了。请重试。"],
  [["端口被占用。", "Port 1 is used."], "端口被占用。Port 1 is used."],
  [["Port 1 is used.", "请换一个端口。"], "Port 1 is used. 请换一个端口。"],
  [["", "One.", "", "Two.", "Three."], "One. Two. Three."],
  [["只有一句。", ""], "只有一句。"],
  [[], ""],
])("%j become one text", (sentences, text) => {
  expect(joinSentences(...sentences)).toBe(text);
});
