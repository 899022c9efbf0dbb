import { recordedReason } from "./errors.ts";
import { Job } from "./job.ts";
import { JobStep } from "./job-step.ts";

/**
 * The job of a record. Older panels stored sentences as steps, and other results and details;
 * fields without a meaning today become null. Null for a job of an unknown kind.
 */
export function readStoredJob(record: { step: string; [field: string]: unknown }): Job | null {
  const job = { ...record, step: JobStep.catch("begin").parse(record.step) };
  const whole = Job.safeParse(job);
  if (whole.success) return whole.data;
  for (const lost of [{}, { detail: null }, { result: null }, { detail: null, result: null }]) {
    const { data } = Job.safeParse(withNewNames({ ...job, ...lost }));
    if (data) return data;
  }
  return null;
}

/** Field names that older panels recorded. */
const FIELDS = new Map([["safetyCopyId", "snapshotId"]]);

function withNewNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNewNames);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      name === "reason" && typeof inner === "string"
        ? [name, recordedReason(inner)]
        : [FIELDS.get(name) ?? name, withNewNames(inner)],
    ),
  );
}
