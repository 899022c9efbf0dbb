import { expect, test } from "vitest";
import { fieldIssue } from "./field-issue.ts";

const issue = (path: string, message: string) => ({
  ...{ line: 1, column: 1, path, message },
  source: "schema" as const,
});
const TOKEN = ["channels", "telegram", "botToken"];

test.each([
  [
    "its own value",
    "channels.telegram.botToken",
    "Invalid input: expected string, received number",
  ],
  ["a part of it", "channels.telegram.botToken.source", "Unrecognized key: x"],
  ["its being absent", "channels.telegram", "Missing key: botToken"],
])("a field shows what is wrong with %s", (_, path, message) => {
  expect(fieldIssue([issue("gateway", "x"), issue(path, message)], TOKEN)).toBeTruthy();
});

test.each([
  [
    "another's",
    "channels.telegram.botTokenFile",
    "Invalid input: expected string, received number",
  ],
  ["that of the whole", "channels.telegram", "Unrecognized key: frobnicate"],
  ["another's absence", "channels.telegram", "Missing key: dmPolicy"],
  ["a key of the root", "", "Missing key: gateway"],
])("and not %s", (_, path, message) => {
  expect(fieldIssue([issue(path, message)], TOKEN)).toBeUndefined();
});
