import type { AuditEntry } from "@claw/core/access/audit";
import { For, Show } from "solid-js";
import { explain } from "../../api/api-error.ts";
import { t } from "../../i18n/i18n.ts";
import { Icon } from "../../ui/icon.tsx";
import { When } from "../../ui/when.tsx";
import { actionWords } from "./action-words.ts";

const HEAD = "h-9 px-3 text-left text-xs font-medium text-text-3";
const CELL = "px-3 py-2 align-top max-sm:p-0";

/** A table; on a phone, three short lines per entry. */
export function AuditTable(props: { entries: readonly AuditEntry[] }) {
  return (
    <div class="overflow-clip rounded-lg border bg-surface">
      <table class="w-full table-fixed max-sm:block">
        <caption class="sr-only">{t("audit.title")}</caption>
        <thead class="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_var(--color-line)] max-sm:hidden">
          <tr>
            <th scope="col" class={`${HEAD} w-44`}>
              {t("audit.column.at")}
            </th>
            <th scope="col" class={`${HEAD} w-32`}>
              {t("audit.column.user")}
            </th>
            <th scope="col" class={HEAD}>
              {t("audit.column.action")}
            </th>
            <th scope="col" class={HEAD}>
              {t("audit.column.object")}
            </th>
            <th scope="col" class={HEAD}>
              {t("audit.column.result")}
            </th>
            <th scope="col" class={`${HEAD} w-36 max-lg:hidden`}>
              {t("audit.column.address")}
            </th>
          </tr>
        </thead>
        <tbody class="max-sm:block">
          <For each={props.entries}>{(entry) => <Entry entry={entry} />}</For>
        </tbody>
      </table>
    </div>
  );
}

function Entry(props: { entry: AuditEntry }) {
  const objects = () => [...props.entry.instanceIds, props.entry.object].filter(Boolean).join(", ");
  return (
    <tr class="border-b last:border-b-0 max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:px-4 max-sm:py-3">
      <td class={`${CELL} text-text-2 max-sm:col-start-2 max-sm:row-start-1 max-sm:text-xs`}>
        <When iso={props.entry.at} />
      </td>
      <td class={`${CELL} wrap-anywhere max-sm:row-start-2`}>
        <Show
          when={props.entry.user}
          fallback={<span class="text-text-3">{t("audit.nobody")}</span>}
        >
          {props.entry.via?.kind === "schedule" ? t("audit.bySchedule") : props.entry.user}
        </Show>
        <Show when={props.entry.via?.kind === "token"}>
          <span class="block text-xs text-text-3">{t("audit.byToken")}</span>
        </Show>
      </td>
      <td class={`${CELL} max-sm:col-start-1 max-sm:row-start-1 max-sm:font-medium`}>
        <Show
          when={actionWords(props.entry.action)}
          fallback={<code class="text-sm wrap-anywhere">{props.entry.action}</code>}
        >
          {(words) => <span data-tip={props.entry.action}>{words()}</span>}
        </Show>
        <Show when={props.entry.count > 1}>
          <span class="block text-xs font-normal text-text-3" data-tip={t("audit.joined.why")}>
            {t("audit.joined", { count: props.entry.count })}
          </span>
        </Show>
      </td>
      <td class={`${CELL} font-mono text-sm wrap-anywhere text-text-2 max-sm:row-start-3`}>
        {objects() || <span class="max-sm:hidden">–</span>}
      </td>
      <td class={`${CELL} max-sm:col-start-2 max-sm:row-start-2 max-sm:text-right`}>
        <Result entry={props.entry} />
      </td>
      <td class={`${CELL} font-mono text-sm wrap-anywhere text-text-2 max-lg:hidden`}>
        {props.entry.address}
      </td>
    </tr>
  );
}

/** Shape, word and colour; a refusal names its reason. */
function Result(props: { entry: AuditEntry }) {
  const refused = () => {
    const { result } = props.entry;
    return result === "ok" || result === "partial" ? undefined : result;
  };
  return (
    <Show
      when={refused()}
      fallback={
        <Show
          when={props.entry.result === "partial"}
          fallback={
            <span class="inline-flex items-center gap-1.5 text-running">
              <Icon name="check" />
              {t("audit.ok")}
            </span>
          }
        >
          <span class="inline-flex items-center gap-1.5 text-unknown">
            <Icon name="alert" />
            {t("audit.partial")}
          </span>
        </Show>
      }
    >
      {(reason) => (
        <span class="inline-flex items-start gap-1.5 text-error" data-tip={reason()}>
          <Icon name="alert" class="mt-0.5" />
          {explain(reason(), "").what}
        </span>
      )}
    </Show>
  );
}
