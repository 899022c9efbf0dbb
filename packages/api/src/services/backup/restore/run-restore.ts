import type { PlannedRestore } from "@claw/core/backup/backup";
import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { RestoreResult } from "@claw/core/job-result";
import type { AppContext } from "../../../context.ts";
import { createTransferMeter } from "../../runtime/transfer-meter.ts";
import type { RestoreOrder } from "./restore-order.ts";
import { swapAll } from "./swap-all.ts";

/** Unpacks and verifies all instances of a restore, then swaps them in. */
export async function runRestore(
  order: Omit<RestoreOrder, "meter" | "folderOf">,
): Promise<RestoreResult> {
  const { ctx, job, prepared } = order;
  const { instances } = prepared.plan;
  using meter = createTransferMeter({
    job,
    now: () => ctx.host.now(),
    passes: ["unpacking"],
    instances: instances.map(({ id, name, bytes, running }) => ({
      id,
      name,
      bytes,
      restarts: running,
    })),
  });
  const folderOf = (id: InstanceId) => `${id}-${job.id}`;
  const run: RestoreOrder = { ...order, meter, folderOf };
  try {
    meter.step("restore.stage");
    for (const planned of instances) await stage(run, planned);
    meter.step("restore.swap");
    return { restored: await swapAll(run) };
  } finally {
    // Swapped instances have no staged data left.
    for (const { id } of instances) await dropStaged(ctx, folderOf(id));
  }
}

/** Folders that cannot be removed now are swept at the panel's next start. */
async function dropStaged(ctx: AppContext, staged: string): Promise<void> {
  try {
    await ctx.disk.storage.dropStaged(staged);
  } catch (error) {
    ctx.log.warn(`the staged folder ${staged} stays: ${messageOf(error)}`);
  }
}

async function stage(run: RestoreOrder, { from, id }: PlannedRestore): Promise<void> {
  const { ctx, job, meter, prepared } = run;
  const { unlock } = run.request;
  meter.enter(id, "unpacking");
  const report = await ctx.disk.archives.unpack(
    {
      filename: prepared.filename,
      from,
      staged: run.folderOf(id),
      ...(unlock === undefined ? {} : { unlock }),
    },
    { signal: job.signal, onProgress: (done) => meter.moved(id, done) },
  );
  meter.enter(id, "waiting");
  if (report.problems.length === 0) return;
  const problems = report.problems.join(" ");
  meter.fail(id, problems);
  throw new DomainError(
    "ARCHIVE_INVALID",
    `What the backup holds of ${from} cannot be trusted: ${problems} Nothing was changed.`,
  );
}
