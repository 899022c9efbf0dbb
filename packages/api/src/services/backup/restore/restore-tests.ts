import { restoreTestWorkload } from "@claw/core/compose/restore-test";
import { messageOf } from "@claw/core/errors";
import type { InstanceSpec } from "@claw/core/instance";
import { isRestoreTestId, restoreTestId } from "@claw/core/naming";
import type { AppContext } from "../../../context.ts";
import { timestamp } from "../../../host/host.ts";
import { workloadFor } from "../../instance/apply-instance.ts";

/** Unused: a restore test has no network. */
const NO_SUBNET = "10.0.0.0/29";
const NO_PORT = 18_789;

/** Creates the container of a restore test on a staged folder, without starting it. */
export async function deployRestoreTest(
  ctx: AppContext,
  trial: { jobId: string; staged: string; image: string; timezone: string },
): Promise<void> {
  const now = timestamp(ctx.host);
  const spec: InstanceSpec = {
    uid: trial.jobId,
    id: restoreTestId(trial.jobId),
    name: "trial",
    label: "trial",
    ingress: null,
    ingressFault: null,
    template: null,
    port: NO_PORT,
    subnet: NO_SUBNET,
    image: trial.image,
    publishHost: "127.0.0.1",
    timezone: trial.timezone,
    user: ctx.host.containerUser,
    desired: "running",
    phase: "ready",
    owner: null,
    ownership: "",
    group: null,
    tags: [],
    webhookPaths: [],
    createdAt: now,
    updatedAt: now,
  };
  const workload = await workloadFor(ctx, spec);
  const staged = await ctx.disk.storage.stagedHandle(trial.staged);
  await ctx.engine.deploy(restoreTestWorkload(workload, staged));
}

/** Removes leftovers of restore tests from the engine, except those of the running job. */
export async function sweepRestoreTests(ctx: AppContext): Promise<void> {
  for (const id of (await ctx.engine.list()).keys()) {
    const job = ctx.runtime.jobs.running("test-restore");
    if (!isRestoreTestId(id) || (job !== null && id === restoreTestId(job.id))) continue;
    await removeContainer(ctx, id);
  }
}

/**
 * Removes one restore test and its folder; containers that cannot be removed now are swept when the
 * engine responds again.
 */
export async function removeRestoreTest(
  ctx: AppContext,
  jobId: string,
  staged: string,
): Promise<void> {
  await removeContainer(ctx, restoreTestId(jobId));
  await ctx.disk.storage.dropStaged(staged);
}

async function removeContainer(ctx: AppContext, id: string): Promise<void> {
  try {
    await ctx.engine.stop(id);
    await ctx.engine.remove(id);
  } catch (error) {
    ctx.log.warn(`the restore test ${id} is removed when Docker answers: ${messageOf(error)}`);
  }
}
