import {
  createContext,
  createMemo,
  createSignal,
  For,
  type ParentProps,
  useContext,
} from "solid-js";
import type { Job } from "../api/client.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";

/** Not needed until long after the first paint. */
const JobEnd = lazyPart(() => import("./job-end.tsx"), "JobEnd");

const EndsContext = createContext<(job: Pick<Job, "id">) => void>();

/** Announces the end of each job that was started here and that no dialog shows. */
export function JobEndsProvider(props: ParentProps) {
  const live = useLive();
  const [waiting, setWaiting] = createSignal<ReadonlySet<string>>(new Set());
  const ended = createMemo(() =>
    [...waiting()].flatMap((id) => {
      const job = live.jobs.get(id);
      return job && !isUnfinished(job) ? [job] : [];
    }),
  );
  const told = (id: string) =>
    setWaiting((ids) => new Set([...ids].filter((other) => other !== id)));
  return (
    <EndsContext.Provider value={({ id }) => setWaiting((ids) => new Set([...ids, id]))}>
      {props.children}
      <For each={ended()}>{(job) => <JobEnd job={job} onTold={() => told(job.id)} />}</For>
    </EndsContext.Provider>
  );
}

/** Registers a job whose end is to be announced. */
export function useJobEnds(): (job: Pick<Job, "id">) => void {
  const tellEnd = useContext(EndsContext);
  if (!tellEnd) throw new Error("useJobEnds needs a <JobEndsProvider> above it.");
  return tellEnd;
}
