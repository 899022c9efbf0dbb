import { createEffect, For, Match, on, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Job } from "../api/client.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { formatClock } from "../i18n/format-usage.ts";
import { t } from "../i18n/i18n.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { createJobLog } from "./create-job-log.ts";
import { jobTitle, loggedWords } from "./job-words.ts";

/** Distance from the end within which the view follows it. */
const NEAR = 24;

/** A job's log; follows the end while scrolled to it. */
export function JobLog(props: { job: Job }) {
  const log = createJobLog(useApi(), () => props.job);
  let box: HTMLElement | undefined;
  let follows = true;
  createEffect(
    on(log.data, () => {
      if (box && follows) box.scrollTop = box.scrollHeight;
    }),
  );
  return (
    <Switch>
      <Match when={log.data()?.length}>
        <section
          ref={box}
          role="log"
          tabindex="0"
          aria-label={t("job.log.of", { name: jobTitle(props.job) })}
          onScroll={(event) => {
            const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
            follows = scrollHeight - scrollTop - clientHeight < NEAR;
          }}
          class="max-h-72 overflow-y-auto rounded-md border bg-sunken px-3 py-2 font-mono text-xs leading-5"
        >
          <For each={log.data()}>
            {(line) => (
              <p class="flex gap-3">
                <time datetime={line.ts} class="shrink-0 text-text-3 tabular">
                  {formatClock(Date.parse(line.ts), true)}
                </time>
                <span class="min-w-0 whitespace-pre-wrap wrap-anywhere">
                  {loggedWords(line.text)}
                </span>
              </p>
            )}
          </For>
        </section>
      </Match>
      <Match when={log.data()}>
        <p class="text-sm text-text-3">{t("job.log.empty")}</p>
      </Match>
      <Match when={log.error()}>
        {(error) => <FailureNotice error={error()} onRetry={log.refetch} />}
      </Match>
      <Match when={true}>
        <Skeleton class="h-16 w-full" />
      </Match>
    </Switch>
  );
}
