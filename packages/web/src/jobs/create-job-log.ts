import { createEffect, createMemo, on } from "solid-js";
import type { Api, Job } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { now } from "../ui/now.ts";

const EVERY_MS = 2000;

/** A job's log, reloaded every two seconds while it runs, and once at its end. */
export function createJobLog(api: Api, job: () => Job) {
  const query = createQuery((signal) => api.trpc.jobs.log.query({ id: job().id }, { signal }));
  const turn = createMemo(() =>
    isUnfinished(job()) ? Math.floor(now() / EVERY_MS) : job().status,
  );
  createEffect(on(turn, () => void query.refetch(), { defer: true }));
  return query;
}
