import type { Jobs } from "./jobs.ts";

/** The same jobs, with each that is begun recorded as somebody's, who must be allowed to then. */
export function jobsOf(
  jobs: Jobs,
  whose: { begunBy: string; mayBegin: () => Promise<void> },
): Jobs {
  return { ...jobs, begin: (request) => jobs.begin({ ...whose, ...request }) };
}
