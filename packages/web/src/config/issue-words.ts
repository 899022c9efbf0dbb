import type { Issue } from "@claw/core/errors";
import { type PlainKey, t } from "../i18n/i18n.ts";

/** A problem in the user's language, where its message is known. */
export function issueWords(issue: Issue): string {
  if (issue.source === "schema" || issue.source === "image") return refusedWords(issue);
  if (issue.source === "panel") return t("issue.managed", { key: issue.path });
  const variable = /^there is no variable (\{\{.*?\}\})/.exec(issue.message)?.[1];
  if (variable !== undefined) return t("issue.variable", { name: variable });
  const character = /^invalid character '(.+)'/.exec(issue.message)?.[1];
  if (character !== undefined) return t("issue.character", { character });
  if (issue.message.startsWith("invalid end of input")) return t("issue.end");
  if (issue.message.startsWith("The configuration must be an object")) return t("issue.object");
  const message = issue.message.replace(/\.$/, "");
  return t("issue.other", { message: issue.path === "" ? message : `${issue.path}: ${message}` });
}

/** What OpenClaw would say, with its place where the line alone does not tell. */
function refusedWords({ path, message }: Issue): string {
  const what = openClawWords(message);
  return path === "" ? what : t("issue.at", { path, what });
}

function openClawWords(message: string): string {
  const [, unknown] = /^Unrecognized key: (.*)$/s.exec(message) ?? [];
  if (unknown !== undefined) return t("issue.unknownKey", { key: unknown });
  const [, missing] = /^Missing key: (.*)$/s.exec(message) ?? [];
  if (missing !== undefined) return t("issue.missingKey", { key: missing });
  const found = /^Invalid input: expected (.*?)(?:, received (\w+))?$/s.exec(message);
  if (!found) return t("issue.refused", { message });
  const [, expected = "", received] = found;
  return received === undefined
    ? t("issue.expected", { expected: inWords(expected) })
    : t("issue.expectedOther", { expected: inWords(expected), received: inWords(received) });
}

const WORDS = new Map<string, PlainKey>([
  ["or", "issue.word.or"],
  ["string", "issue.word.string"],
  ["number", "issue.word.number"],
  ["integer", "issue.word.integer"],
  ["boolean", "issue.word.boolean"],
  ["object", "issue.word.object"],
  ["array", "issue.word.array"],
]);

/** Kinds of values in the user's language; values in quotation marks stay. */
function inWords(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[a-z]+/g, (word) => {
    const key = WORDS.get(word);
    return key === undefined ? word : t(key);
  });
}
