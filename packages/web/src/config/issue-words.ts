import type { Issue } from "@claw/core/errors";
import { t } from "../i18n/i18n.ts";

/** A problem in the user's language, where the parser's message is known. */
export function issueWords(issue: Issue): string {
  const character = /^invalid character '(.+)'/.exec(issue.message)?.[1];
  if (character !== undefined) return t("issue.character", { character });
  if (issue.message.startsWith("invalid end of input")) return t("issue.end");
  if (issue.message.startsWith("The configuration must be an object")) return t("issue.object");
  const message = issue.message.replace(/\.$/, "");
  return t("issue.other", { message: issue.path === "" ? message : `${issue.path}: ${message}` });
}
