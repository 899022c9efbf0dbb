import { Show } from "solid-js";
import { useLive } from "../live/live-context.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";

/** Most of the time no job runs. */
const RunningJobsPopover = lazyPart(
  () => import("./running-jobs-popover.tsx"),
  "RunningJobsPopover",
);

/** Running jobs; hidden without any. */
export function RunningJobs() {
  const live = useLive();
  return (
    <Show when={live.jobs.unfinished().length > 0}>
      <RunningJobsPopover />
    </Show>
  );
}
