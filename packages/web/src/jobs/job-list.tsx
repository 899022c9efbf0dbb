import { For } from "solid-js";
import type { Job } from "../api/client.ts";
import { JobItem } from "./job-item.tsx";

export function JobList(props: { jobs: readonly Job[] }) {
  return (
    <ul class="flex flex-col divide-y">
      <For each={props.jobs}>{(job) => <JobItem job={job} />}</For>
    </ul>
  );
}
