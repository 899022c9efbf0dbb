import { expect, test } from "vitest";
import { managedIssues } from "./managed-issues.ts";
import { managedKeys, wrongKeys } from "./managed-keys.ts";

const KEYS = managedKeys({ trusted: null, origins: ["http://localhost:18789"] });

test("each key lies where its value is, or what lacks it", () => {
  const text = `// all
{
  gateway: { port: 1,
    controlUi: { allowedOrigins: [] } },
}`;
  const issues = managedIssues(text, wrongKeys(text, KEYS));
  expect(issues.map(({ path, line, column }) => [path, line, column])).toEqual([
    ["gateway.mode", 3, 3],
    ["gateway.port", 3, 20],
    ["gateway.controlUi.allowedOrigins", 4, 18],
  ]);
  for (const issue of issues)
    expect(issue).toMatchObject({ message: "The panel sets this key", source: "panel" });
});
