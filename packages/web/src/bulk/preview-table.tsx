import { For, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { nameProblemWords } from "../naming/name-words.ts";
import { Icon } from "../ui/icon.tsx";
import type { LineProblem, PreviewLine } from "./preview-lines.ts";

const HEAD = "h-8 px-2.5 text-left text-xs font-medium text-text-3";

/** The result or the error of each pasted line. */
export function PreviewTable(props: {
  lines: readonly PreviewLine[];
  /** How many are valid, as a sentence. */
  good: string;
  /** Heading of the third column. */
  owner: string;
}) {
  const wrong = () => props.lines.filter((line) => line.problem !== null).length;
  return (
    <div class="flex flex-col gap-1.5">
      <p role="status" class="text-sm tabular">
        {props.good}
        <Show when={wrong()}>
          {(count) => (
            <span class="font-medium text-error"> · {t("many.wrong", { count: count() })}</span>
          )}
        </Show>
      </p>
      {/* Focusable, because it scrolls. */}
      <section
        aria-label={t("many.preview")}
        tabindex={0}
        class="max-h-64 overflow-y-auto rounded-md border"
      >
        <table class="w-full">
          <caption class="sr-only">{t("many.preview")}</caption>
          <thead class="sticky top-0 bg-sunken">
            <tr>
              <th scope="col" class={`${HEAD} w-10`}>
                {t("many.column.line")}
              </th>
              <th scope="col" class={HEAD}>
                {t("create.id")}
              </th>
              <th scope="col" class={HEAD}>
                {t("create.name")}
              </th>
              <Show when={props.lines.some((line) => line.owner)}>
                <th scope="col" class={HEAD}>
                  {props.owner}
                </th>
              </Show>
            </tr>
          </thead>
          <tbody>
            <For each={props.lines}>{(line) => <Line line={line} />}</For>
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Line(props: { line: PreviewLine }) {
  return (
    <>
      <tr class="border-t align-top" data-problem={props.line.problem?.code}>
        <td class="px-2.5 py-1.5 text-xs leading-5 tabular text-text-3">{props.line.number}</td>
        <td class="px-2.5 py-1.5">
          <span class="font-mono text-sm wrap-anywhere">{props.line.id || "–"}</span>
          <Show when={props.line.proposed && props.line.id}>
            {" "}
            <span class="text-xs whitespace-nowrap text-text-3">{t("many.proposed")}</span>
          </Show>
        </td>
        <td class="px-2.5 py-1.5 wrap-anywhere">
          {props.line.name || "–"}
          <Show when={props.line.again && props.line.problem === null}>
            {" "}
            <span class="text-xs text-text-3">{t("inviteMany.again")}</span>
          </Show>
        </td>
        <Show when={props.line.owner}>
          {(owner) => <td class="px-2.5 py-1.5 font-mono text-sm wrap-anywhere">{owner()}</td>}
        </Show>
      </tr>
      <Show when={props.line.problem}>
        {(problem) => (
          <tr>
            <td />
            <td colSpan={2} class="px-2.5 pb-1.5">
              <span class="flex items-start gap-1.5 text-sm text-error">
                <Icon name="alert" class="mt-0.5" />
                {problemWords(problem(), props.line.name)}
              </span>
            </td>
          </tr>
        )}
      </Show>
    </>
  );
}

function problemWords(problem: LineProblem, name: string): string {
  switch (problem.code) {
    case "columns":
      return t("many.problem.columns");
    case "name":
      return nameProblemWords(name) ?? "";
    case "id":
      return t("create.id.wrong");
    case "device":
      return t("create.id.device");
    case "noId":
      return t("many.problem.noId");
    case "exists":
      return t("create.id.taken");
    case "owner":
      return t("error.userNotFound");
    case "username":
      return t("inviteMany.username");
    case "userTaken":
      return t("error.userExists");
    case "sameUser":
      return t("inviteMany.sameUser", { line: problem.line });
    case "tooMany":
      return t("many.problem.tooMany");
    case "duplicate":
      return t("many.problem.duplicate", { line: problem.line });
  }
}
