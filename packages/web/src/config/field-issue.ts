import type { Issue } from "@claw/core/errors";
import { issueWords } from "./issue-words.ts";

/** What is wrong with the value at `path`, or with its being absent. */
export function fieldIssue(issues: readonly Issue[], path: readonly string[]): string | undefined {
  const whole = path.join(".");
  const found = issues.find(({ path: at, message }) => {
    const missing = /^Missing key: (.*)$/s.exec(message)?.[1];
    const place = missing === undefined ? at : at === "" ? missing : `${at}.${missing}`;
    return place === whole || place.startsWith(`${whole}.`);
  });
  return found && issueWords({ ...found, path: "" });
}
