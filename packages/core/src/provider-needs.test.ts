import { expect, test } from "vitest";
import { isOwnServer, needsOf } from "./provider-needs.ts";

test.each([
  ["custom-api-key", true, { baseUrl: "must", modelId: "must", apiKey: "may" }],
  ["ollama", true, { baseUrl: "may", modelId: "may" }],
  ["deepseek-api-key", false, { apiKey: "must", modelId: "may" }],
  ["toString", false, { apiKey: "must", modelId: "may" }],
])("%s is a server of one's own: %s, and needs %o", (choice, isOwn, needs) => {
  expect(isOwnServer(choice)).toBe(isOwn);
  expect(needsOf(choice)).toEqual(needs);
});
