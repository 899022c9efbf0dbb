import { explain } from "../api/api-error.ts";
import type { Job } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { actionTitle } from "./batch-title.ts";
import { batchBy } from "./job-result.ts";

const KINDS: Record<Job["kind"], PlainKey> = {
  image: "job.kind.image",
  init: "job.kind.init",
  backup: "job.kind.backup",
  restore: "job.kind.restore",
  verify: "job.kind.verify",
  "test-restore": "job.kind.testRestore",
  batch: "job.kind.batch",
};

/** Steps with a translation; any other step is a message from the panel. */
const STEPS = new Map<string, PlainKey>([
  ["queued", "step.queued"],
  ["image", "step.begin"],
  ["init", "step.begin"],
  ["image.pull", "step.image.pull"],
  ["image.build", "step.image.build"],
  ["checking", "step.image.check"],
  ["waiting for another build", "step.image.wait"],
  ["installing debootstrap", "step.image.tools"],
  ["base system", "step.image.base"],
  ["assembling", "step.image.assemble"],
  ["importing", "step.image.import"],
  ["verifying", "step.image.verify"],
  ["done", "step.done"],
  ["init.start", "step.init.start"],
  ["init.ready", "step.init.ready"],
  ["init.onboard", "step.init.onboard"],
  ["init.validate", "step.init.validate"],
  ["init.ask", "step.init.ask"],
  ["backup", "step.begin"],
  ["restore", "step.begin"],
  ["verify", "step.begin"],
  ["test-restore", "step.begin"],
  ["batch", "step.begin"],
  ["batch.start", "batch.doing.start"],
  ["batch.stop", "batch.doing.stop"],
  ["batch.restart", "batch.doing.restart"],
  ["batch.remove", "batch.doing.remove"],
  ["batch.create", "batch.doing.create"],
  ["batch.label", "batch.doing.label"],
  ["backup.measure", "step.backup.measure"],
  ["backup.copy", "step.backup.copy"],
  ["backup.pack", "step.backup.pack"],
  ["backup.packing", "step.backup.pack"],
  ["backup.verifying", "step.backup.verify"],
  ["restore.stage", "step.restore.stage"],
  ["restore.swap", "step.restore.swap"],
  ["test.start", "step.test.start"],
  ["verify.read", "step.backup.verify"],
  ["succeeded", "job.status.succeeded"],
  ["partial", "job.status.partial"],
  ["failed", "job.status.failed"],
  ["cancelled", "job.status.cancelled"],
]);

export function jobTitle(job: Job): string {
  const batch = batchBy(job);
  return batch ? actionTitle(batch, job.instanceIds?.length ?? 0) : t(KINDS[job.kind]);
}

export function stepWords(step: string): string {
  const key = STEPS.get(step);
  return key ? t(key) : step;
}

/** The current step; of a batch, also whether it is paused, and its wave. */
export function jobStepWords(job: Job): string {
  const batch = batchBy(job);
  const step = batch?.paused ? t("batch.paused") : stepWords(job.step);
  return batch?.wave ? t("batch.wave", { step, ...batch.wave }) : step;
}

export function jobError(job: Job) {
  return job.error ? explain(job.error.reason, job.error.message) : null;
}
