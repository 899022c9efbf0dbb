import type { Issue } from "@claw/core/errors";
import { For } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Icon } from "../ui/icon.tsx";
import { issueWords } from "./issue-words.ts";

/** The text's problems; each line leads to its place. */
export function ProblemList(props: { issues: readonly Issue[]; onChoose: (issue: Issue) => void }) {
  return (
    <ul aria-label={t("config.problems")} class="max-h-32 shrink-0 overflow-y-auto border-t p-1">
      <For each={props.issues}>
        {(issue) => (
          <li>
            <button
              type="button"
              onClick={() => props.onChoose(issue)}
              class="flex w-full items-start gap-2 rounded-md px-2 py-1 text-left text-sm -outline-offset-2 hover:bg-hover"
            >
              <Icon name="alert" class="mt-0.5 text-error" />
              <span class="text-text-3 tabular whitespace-nowrap">{placeOf(issue)}</span>
              <span class="min-w-0 wrap-anywhere">{issueWords(issue)}</span>
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}

function placeOf(issue: Issue): string {
  return t("config.place", { line: issue.line, column: issue.column });
}
