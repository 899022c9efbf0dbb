/** Failed tests with their reasons, one line each, from a test runner's output. */
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

const LONGEST = 300;

/** An error's message as one line, without colours and stack. */
function inOneLine(message = "") {
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .map((line) => line.trim());
  const stack = lines.findIndex((line) => line.startsWith("at "));
  return lines
    .slice(0, stack === -1 ? undefined : stack)
    .filter((line) => line !== "")
    .join(" ")
    .slice(0, LONGEST);
}

/** From vitest's JSON report; a file that could not be loaded appears with its own message. */
export function vitestFailures(json) {
  if (json === undefined) return [];
  return JSON.parse(json).testResults.flatMap((file) => {
    const name = path.basename(file.name);
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && file.status === "failed") {
      return [`${name}: ${inOneLine(file.message)}`];
    }
    return failed.map(({ fullName, failureMessages }) => {
      const reasons = [...new Set(failureMessages.map(inOneLine))];
      return `${name} › ${fullName}: ${reasons.join(" | ")}`;
    });
  });
}

/** From node:test's TAP report: only the names; the reasons are in the output above. */
export function tapFailures(tap) {
  return [...(tap ?? "").matchAll(/^ *not ok \d+ - (.+?)(?: # .*)?$/gm)].map(([, name]) => name);
}
