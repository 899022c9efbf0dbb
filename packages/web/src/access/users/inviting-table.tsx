import { For, Show } from "solid-js";
import { failureWords } from "../../bulk/batch-words.ts";
import { t } from "../../i18n/i18n.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ProgressMark } from "../../ui/progress-mark.tsx";
import type { Inviting, InvitingState } from "./create-inviting.ts";

const HEAD = "h-8 px-2.5 text-left text-xs font-medium text-text-3";

const STATES = {
  waiting: "batch.state.waiting",
  running: "inviteMany.state.running",
  done: "inviteMany.state.done",
  failed: "batch.state.failed",
  skipped: "inviteMany.state.skipped",
} as const;

/** The link of each, or why there is none. */
export function InvitingTable(props: { inviting: InvitingState }) {
  return (
    // Focusable, because it scrolls.
    <section
      aria-label={t("inviteMany.table")}
      tabindex={0}
      class="max-h-72 overflow-y-auto rounded-md border"
    >
      <table class="w-full table-fixed">
        <caption class="sr-only">{t("inviteMany.table")}</caption>
        <thead class="sticky top-0 bg-sunken">
          <tr>
            <th scope="col" class={`${HEAD} w-2/5`}>
              {t("users.column.user")}
            </th>
            <th scope="col" class={HEAD}>
              {t("users.link.field")}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.inviting.all()}>{(one) => <Row one={one} />}</For>
        </tbody>
      </table>
    </section>
  );
}

function Row(props: { one: Inviting }) {
  const name = () => props.one.invitation.displayName;
  return (
    <tr class="border-t align-top" data-state={props.one.state}>
      <td class="px-2.5 py-1.5">
        <div class="flex gap-2">
          <ProgressMark state={props.one.state} />
          <div class="min-w-0">
            <div class="wrap-anywhere">{name()}</div>
            <div class="font-mono text-xs wrap-anywhere text-text-3">
              {props.one.invitation.username}
            </div>
          </div>
        </div>
      </td>
      <td class="px-2.5 py-1.5">
        <Show
          when={props.one.link}
          fallback={
            <>
              <span class={props.one.state === "failed" ? "text-error" : "text-text-2"}>
                {t(STATES[props.one.state])}
              </span>
              <Show when={props.one.failure}>
                {(failure) => (
                  <p class="text-sm wrap-anywhere text-text-2">{failureWords(failure())}</p>
                )}
              </Show>
            </>
          }
        >
          {(link) => (
            <div class="flex items-center gap-1">
              <span class="min-w-0 flex-1 truncate font-mono text-sm select-all">{link().url}</span>
              <CopyButton text={link().url} label={t("inviteMany.copyOne", { name: name() })} />
            </div>
          )}
        </Show>
      </td>
    </tr>
  );
}
