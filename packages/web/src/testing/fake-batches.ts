import type { BatchItemResult, BatchResult } from "@claw/core/batch";
import type { JobOf } from "@claw/core/job";
import type { Job, RouterInputs } from "../api/client.ts";
import type { FakeApi } from "./fake-api.ts";
import { aJob } from "./fixtures.ts";

/** Batches of a fake panel, which a test drives by hand. */
export function createFakeBatches() {
  const asked: RouterInputs["batches"]["run"][] = [];
  let fake: FakeApi | undefined;
  let job: Job = aJob();
  let batch: Partial<JobOf<"batch">> = {};
  let now: BatchResult | undefined;
  const tell = (patch: Partial<JobOf<"batch">>) => {
    batch = { ...batch, ...patch, kind: "batch", result: now ?? null };
    job = aJob(batch);
    fake?.push("jobs.watch", { type: "changed", job });
  };
  return {
    asked,
    answers: {
      "batches.run": (input: RouterInputs["batches"]["run"]) => {
        asked.push(input);
        const { action } = input;
        const ids = "ids" in input ? input.ids : input.instances.map(({ id }) => id);
        const deleteData = input.action === "remove" && (input.options?.deleteData ?? false);
        now = { action, deleteData, results: [], underWay: [] };
        batch = { id: `batch-${asked.length}`, instanceIds: ids };
        tell({});
        return job;
      },
      "jobs.cancel": () => {
        tell({ status: "cancelled" });
        return job;
      },
    },
    /** The fake API whose streams carry the batches. */
    of(api: FakeApi) {
      fake = api;
    },
    begin(...ids: string[]) {
      if (now) now = { ...now, underWay: [...now.underWay, ...ids] };
      tell({});
    },
    end(...results: BatchItemResult[]) {
      const ended = new Set(results.map(({ id }) => id));
      if (now) {
        const underWay = now.underWay.filter((id) => !ended.has(id));
        now = { ...now, underWay, results: [...now.results, ...results] };
      }
      tell({});
    },
    finish: (status: Job["status"] = "succeeded") => tell({ status }),
  };
}
