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

const STEPS: Record<Job["step"], PlainKey> = {
  queued: "step.queued",
  begin: "step.begin",
  "image.pull": "step.image.pull",
  "image.build": "step.image.build",
  "image.check": "step.image.check",
  "image.wait": "step.image.wait",
  "image.tools": "step.image.tools",
  "image.base": "step.image.base",
  "image.assemble": "step.image.assemble",
  "image.import": "step.image.import",
  "image.verify": "step.image.verify",
  "image.done": "step.done",
  "init.start": "step.init.start",
  "init.ready": "step.init.ready",
  "init.reach": "step.init.reach",
  "init.onboard": "step.init.onboard",
  "init.validate": "step.init.validate",
  "init.ask": "step.init.ask",
  "backup.measure": "step.backup.measure",
  "backup.copy": "step.backup.copy",
  "backup.pack": "step.backup.pack",
  "backup.verify": "step.backup.verify",
  "restore.stage": "step.restore.stage",
  "restore.swap": "step.restore.swap",
  "test.start": "step.test.start",
  "verify.read": "step.backup.verify",
  "batch.start": "batch.doing.start",
  "batch.stop": "batch.doing.stop",
  "batch.restart": "batch.doing.restart",
  "batch.migrate": "batch.doing.migrate",
  "batch.remove": "batch.doing.remove",
  "batch.create": "batch.doing.create",
  "batch.label": "batch.doing.label",
  "batch.configure": "batch.doing.configure",
  "batch.restoreConfig": "batch.doing.restoreConfig",
};

/** Lines of a log that stand for a step or the end of a job; all others are sentences. */
const LOGGED = new Map<string, PlainKey>([
  ...Object.entries(STEPS),
  ["succeeded", "job.status.succeeded"],
  ["partial", "job.status.partial"],
  ["failed", "job.status.failed"],
  ["cancelled", "job.status.cancelled"],
  // In logs of older panels.
  ["backup.packing", "step.backup.pack"],
  ["backup.verifying", "step.backup.verify"],
]);

export function jobTitle(job: Job): string {
  const batch = batchBy(job);
  return batch ? actionTitle(batch, job.instanceIds?.length ?? 0) : t(KINDS[job.kind]);
}

export function stepWords(step: Job["step"]): string {
  return t(STEPS[step]);
}

/** A line of a job's log. */
export function loggedWords(text: string): string {
  const key = LOGGED.get(text);
  return key ? t(key) : text;
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
