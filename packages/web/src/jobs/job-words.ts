import { explain } from "../api/api-error.ts";
import type { Job } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";

const KINDS: Record<Job["kind"], PlainKey> = {
  image: "job.kind.image",
  init: "job.kind.init",
};

export const JOB_STATUS = {
  queued: { word: "job.status.queued", tone: "text-busy" },
  running: { word: "job.status.running", tone: "text-busy" },
  succeeded: { word: "job.status.succeeded", tone: "text-running" },
  failed: { word: "job.status.failed", tone: "text-error" },
  cancelled: { word: "job.status.cancelled", tone: "text-stopped" },
} as const satisfies Record<Job["status"], { word: PlainKey; tone: string }>;

/** The steps that have a name in both languages; any other is a sentence of the panel's. */
const STEPS = new Map<string, PlainKey>([
  ["image.pull", "step.image.pull"],
  ["image.build", "step.image.build"],
  ["init.start", "step.init.start"],
  ["init.ready", "step.init.ready"],
  ["init.onboard", "step.init.onboard"],
  ["init.validate", "step.init.validate"],
]);

export function jobTitle(job: Job): string {
  return t(KINDS[job.kind]);
}

export function stepWords(step: string): string {
  const key = STEPS.get(step);
  return key ? t(key) : step;
}

export function jobError(job: Job) {
  return job.error ? explain(job.error.reason, job.error.message) : null;
}
