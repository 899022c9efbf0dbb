import type { Jobs } from "./jobs.ts";

/** The same jobs, attributed to a user, whose permission is rechecked when their turn comes. */
export function jobsOf(
  jobs: Jobs,
  whose: { begunBy: string; mayBegin: () => Promise<void> },
): Jobs {
  return { ...jobs, begin: (request) => jobs.begin({ ...whose, ...request }) };
}
