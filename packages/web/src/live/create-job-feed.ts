import { createMemo, createSignal, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { Api, Job } from "../api/client.ts";
import { keepSubscribed } from "../api/keep-subscribed.ts";

/** The newest jobs as the panel pushes them. */
export function createJobFeed(api: Api) {
  const [byId, setById] = createStore<Record<string, Job>>({});
  const [loaded, setLoaded] = createSignal(false);

  onCleanup(
    keepSubscribed((handlers) =>
      api.trpc.jobs.watch.subscribe(undefined, {
        ...handlers,
        onData: (event) => {
          if (event.type === "changed") {
            setById(event.job.id, reconcile(event.job));
            return;
          }
          setById(reconcile(Object.fromEntries(event.jobs.map((one) => [one.id, one]))));
          setLoaded(true);
        },
      }),
    ),
  );

  const list = createMemo(() =>
    Object.values(byId).sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
  );
  const unfinished = createMemo(() => list().filter((job) => isUnfinished(job)));
  return { list, unfinished, loaded, get: (id: string): Job | undefined => byId[id] };
}

export type JobFeed = ReturnType<typeof createJobFeed>;

/** Not imported from core, whose module brings the schema library into the first load. */
export function isUnfinished(job: Pick<Job, "status">): boolean {
  return job.status === "queued" || job.status === "running";
}
