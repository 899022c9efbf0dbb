import { expect, test } from "vitest";
import { docsPage } from "./docs-page.ts";

test.each([
  [["gateway", "auth", "token"], "https://docs.openclaw.ai/gateway/configuration"],
  [["logging"], "https://docs.openclaw.ai/logging"],
  [["frobnicate"], null],
  [["toString"], null],
  [[], null],
])("%j: %s", (path, page) => {
  expect(docsPage(path)).toBe(page);
});
