import { A } from "@solidjs/router";
import { For, Show } from "solid-js";
import type { TemplateSummary } from "../api/client.ts";
import { formatWhen } from "../i18n/format.ts";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { now } from "../ui/now.ts";

/** All templates, each a link to its text. */
export function TemplateList(props: { templates: readonly TemplateSummary[] }) {
  return (
    <ul
      aria-label={t("templates.list")}
      class="flex flex-col gap-1 rounded-lg border bg-surface p-1"
    >
      <For each={props.templates}>
        {(template) => (
          <li>
            <A
              href={paths.template(template.id)}
              class="flex w-full flex-col gap-0.5 rounded-md px-3 py-2 text-left hover:bg-hover aria-[current]:bg-line/70"
            >
              <span class="flex w-full items-center gap-2">
                <span class="min-w-0 flex-1 truncate font-medium">{template.name}</span>
                <Show when={template.isDefault}>
                  <span class="rounded-sm border px-1.5 text-xs text-text-2">
                    {t("templates.default")}
                  </span>
                </Show>
              </span>
              <span class="text-xs text-text-3">{changeOf(template)}</span>
            </A>
          </li>
        )}
      </For>
    </ul>
  );
}

function changeOf({ updatedAt, updatedBy }: TemplateSummary): string {
  if (updatedAt === null) return t("templates.never");
  const when = formatWhen(updatedAt, now());
  return updatedBy === null
    ? t("templates.changedAt", { when })
    : t("templates.changed", { when, user: updatedBy });
}
