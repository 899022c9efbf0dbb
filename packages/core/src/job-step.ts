import { z } from "zod";

/** A job's current step: a key that the page translates. */
export const JobStep = z.enum([
  /** Waits for its turn. */
  "queued",
  /** Has not reported a step yet. */
  "begin",
  "image.pull",
  "image.build",
  // Of the build script: templates/image/build-openclaw-image.sh.
  "image.check",
  "image.wait",
  "image.tools",
  "image.base",
  "image.assemble",
  "image.import",
  "image.verify",
  "image.done",
  "init.start",
  "init.ready",
  "init.reach",
  "init.onboard",
  "init.validate",
  "init.ask",
  "backup.measure",
  "backup.copy",
  "backup.pack",
  "backup.verify",
  "restore.stage",
  "restore.swap",
  "test.start",
  "verify.read",
  "batch.start",
  "batch.stop",
  "batch.restart",
  "batch.migrate",
  "batch.remove",
  "batch.create",
  "batch.label",
  "batch.configure",
  "batch.restoreConfig",
]);
export type JobStep = z.infer<typeof JobStep>;
