import { afterEach, expect, test } from "vitest";
import { showLanguage } from "../i18n/i18n.ts";
import { issueWords } from "./issue-words.ts";

const issueOf = (message: string, path = "") =>
  issueWords({ line: 1, column: 1, path, message, source: "schema" });

test("a key that the panel sets is named in both languages", async () => {
  const issue = {
    line: 1,
    column: 1,
    path: "gateway.bind",
    message: "…",
    source: "panel",
  } as const;
  expect(issueWords(issue)).toBe("The panel sets gateway.bind itself: leave it out of the change");
  await showLanguage("zh");
  expect(issueWords(issue)).toBe("gateway.bind 由面板设置，请从修改中去掉");
});

afterEach(() => showLanguage("en"));

test.each([
  ["Unrecognized key: frobnicate", "Unrecognized key: frobnicate", "OpenClaw 不认识 frobnicate"],
  ["Missing key: mode", "Missing key: mode", "缺少 mode"],
  [
    "Invalid input: expected string or object, received boolean",
    "Expected string or object, found true or false",
    "这里应为 字符串 或 对象，现在是 true 或 false",
  ],
  [
    'Invalid input: expected "array" or "or"',
    'Expected "array" or "or"',
    '这里应为 "array" 或 "or"',
  ],
  [
    "Invalid input: must be >= 1",
    "Invalid input: must be >= 1",
    "OpenClaw 不接受：Invalid input: must be >= 1",
  ],
])("%s is said in both languages", async (message, english, chinese) => {
  await showLanguage("en");
  expect(issueOf(message)).toBe(english);
  expect(issueOf(message, "gateway.auth")).toBe(`gateway.auth: ${english}`);
  await showLanguage("zh");
  expect(issueOf(message)).toBe(chinese);
  expect(issueOf(message, "gateway.auth")).toBe(`gateway.auth：${chinese}`);
});
