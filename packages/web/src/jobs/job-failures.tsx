import { For, Show } from "solid-js";
import { explain } from "../api/api-error.ts";
import type { Job } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Icon } from "../ui/icon.tsx";
import { failedBy } from "./job-result.ts";

/** The instances for which a job failed, with the reasons. */
export function JobFailures(props: { job: Job }) {
  const live = useLive();
  return (
    <Show when={failedBy(props.job).length > 0}>
      <ul
        aria-label={t("job.failures")}
        tabindex={0}
        class="max-h-48 overflow-y-auto rounded-md border px-3 py-1"
      >
        <For each={failedBy(props.job)}>
          {(failure) => {
            const why = () => explain(failure.reason, failure.message);
            return (
              <li class="flex gap-2 py-1 text-sm">
                <Icon name="alert" class="mt-0.5 text-error" />
                <p class="min-w-0 wrap-anywhere">
                  <span class="font-medium">
                    {live.instances.get(failure.id)?.name ?? failure.id}
                  </span>{" "}
                  <span class="text-text-2">{why().what}</span>
                  <span class="block text-xs text-text-3">{failure.message}</span>
                </p>
              </li>
            );
          }}
        </For>
      </ul>
    </Show>
  );
}
