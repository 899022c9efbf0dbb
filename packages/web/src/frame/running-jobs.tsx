import { lazy, Show, Suspense } from "solid-js";
import { useLive } from "../live/live-context.tsx";

/** Most of the time no job runs. */
const RunningJobsPopover = lazy(async () => ({
  default: (await import("./running-jobs-popover.tsx")).RunningJobsPopover,
}));

/** The jobs that run, while there are some. */
export function RunningJobs() {
  const live = useLive();
  return (
    <Suspense>
      <Show when={live.jobs.unfinished().length > 0}>
        <RunningJobsPopover />
      </Show>
    </Suspense>
  );
}
