import { createEffect, on, onCleanup } from "solid-js";
import type { Api } from "../api/client.ts";
import { createQuery } from "../api/create-query.ts";
import type { createConnection } from "./create-connection.ts";
import type { InstanceFeed } from "./create-instance-feed.ts";
import type { JobFeed } from "./create-job-feed.ts";

const INTERVAL_MS = 15_000;

interface Sources {
  instances: InstanceFeed;
  jobs: JobFeed;
  connection: ReturnType<typeof createConnection>;
}

/**
 * The state of the host, the engine and the image. The panel does not push it, so it is requested
 * after each event that may change it, and every 15 seconds while the page is visible.
 */
export function createSystemStatus(api: Api, sources: Sources) {
  const query = createQuery((signal) => api.trpc.system.status.query(undefined, { signal }));
  const imageJobs = () =>
    sources.jobs
      .list()
      .filter((job) => job.kind === "image")
      .map((job) => `${job.id} ${job.status}`)
      .join();
  createEffect(
    on(
      [sources.instances.engineReachable, imageJobs, sources.connection.state],
      () => void query.refetch(),
      { defer: true },
    ),
  );
  const refetchSeen = () => {
    if (!document.hidden) void query.refetch();
  };
  const timer = setInterval(refetchSeen, INTERVAL_MS);
  document.addEventListener("visibilitychange", refetchSeen);
  onCleanup(() => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", refetchSeen);
  });
  return query;
}
