import type { AuditResult } from "@claw/core/access/audit";
import { DomainError, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { JobOf } from "@claw/core/job";
import type { Provider } from "@claw/core/provider";
import type { ProviderOffer } from "@claw/core/provider-offer";
import type { AppContext } from "../../context.ts";
import { type Actor, NOBODY } from "../access/audit-draft.ts";
import { recordAuditEvent } from "../access/record-audit-event.ts";
import type { JobHandle } from "../runtime/job-run.ts";
import { type PacedStep, pacedSteps } from "../runtime/paced-steps.ts";
import { changeConfigAs } from "./config-versions.ts";
import { findInstance } from "./find-instance.ts";
import { onboardProvider } from "./onboard-provider.ts";
import { operateOn } from "./operate-on.ts";
import { formerProvider, proveProvider } from "./prove-provider.ts";
import { offerFor } from "./read-offers.ts";
import { requireAccepted } from "./require-accepted.ts";
import { requireReachable } from "./require-reachable.ts";
import { startInstance } from "./start-instance.ts";
import { untilReady } from "./until-ready.ts";
import { requireUp } from "./until-settled.ts";

/** A busy machine needed 58 s with several concurrent starts (facts, 6). */
const READY_WITHIN_MS = 180_000;

export interface InitInput {
  id: InstanceId;
  provider?: Provider | undefined;
}

export interface InitOptions {
  /** The user who requested it. */
  by?: Actor;
  readyWithinMs?: number;
}

/** The audit action for the end, long after the request. */
const FINISH = "instances.finishInit";

/** A provider as entered, with the image's description of it. */
interface Chosen {
  provider: Provider;
  offer: ProviderOffer;
}

/**
 * Begins a job that brings an instance up, sets up its model provider and validates its config. It
 * succeeds only when the provider has answered with the key, and ends as `partial` when OpenClaw
 * could not ask it. One that does not answer gives its place back to the one before.
 */
export async function initInstance(
  ctx: AppContext,
  input: InitInput,
  options: InitOptions = {},
): Promise<JobOf<"init">> {
  const { id, provider } = input;
  await findInstance(ctx, id);
  requireExec(ctx);
  const chosen = provider ? { provider, offer: await offerFor(ctx, id, provider.choice) } : null;
  const { by = NOBODY, readyWithinMs = READY_WITHIN_MS } = options;
  const about = ctx.runtime.live.board.subjectsOf([id]);
  return ctx.runtime.jobs.begin({
    kind: "init",
    instanceId: id,
    about,
    work: async (job) => {
      const audit = { ...by, action: FINISH, instanceIds: [id], about, object: job.id };
      const record = (result: AuditResult) => recordAuditEvent(ctx, audit, result);
      try {
        const answered = await initialise(ctx, { id, chosen, by, readyWithinMs }, job);
        const isOpen = chosen !== null && answered === null;
        if (isOpen) job.incomplete();
        await record(isOpen ? "partial" : "ok");
        const { url } = ctx.runtime.live.board.get(id);
        return { provider: provider?.choice ?? null, answered, url };
      } catch (error) {
        const reason = reasonOf(error);
        await record(job.signal.aborted ? "CANCELLED" : reason);
        throw error;
      }
    },
  });
}

interface InitRun {
  id: InstanceId;
  chosen: Chosen | null;
  by: Actor;
  readyWithinMs: number;
}

/** The steps of the job; returns whether the provider answered, null when it was not asked. */
async function initialise(
  ctx: AppContext,
  { id, chosen, by, readyWithinMs }: InitRun,
  job: JobHandle<"init">,
): Promise<boolean | null> {
  const { signal } = job;
  const isUp = ctx.runtime.live.board.get(id).status === "running";
  const step = pacedSteps(job, ctx.host, planOf(isUp, chosen));
  // Limited by the start timeout, counted from the start of its turn.
  await step("init.start", () => ensureRunning(ctx, id, signal));
  await step("init.ready", () => untilReady(ctx, { id, readyWithinMs }, signal));
  return operateOn(ctx, id, "initialising", async () => {
    const check = () =>
      step("init.validate", () => requireAccepted(ctx, { id, readyWithinMs }, signal));
    if (!chosen) {
      await check();
      return null;
    }
    const target = { id, ...chosen };
    await step("init.reach", () => requireReachable(ctx, target, signal));
    const former = await formerProvider(ctx, id);
    const hasAnswered = await step("init.onboard", () => onboard(ctx, target, by, signal));
    const written = await ctx.disk.storage.readConfig(id);
    await check();
    const onboarded = { former, written };
    return hasAnswered || step("init.ask", () => proveProvider(ctx, target, onboarded, signal));
  });
}

/** Usual times on an idle machine (facts, 4 and 6). */
function planOf(isUp: boolean, chosen: Chosen | null): PacedStep[] {
  const plan: PacedStep[] = [
    ["init.start", isUp ? 500 : 25_000],
    ["init.ready", isUp ? 500 : 8_000],
  ];
  if (!chosen) return [...plan, ["init.validate", 8_000]];
  const onboardMs = chosen.offer.plugin === "built-in" ? 20_000 : 60_000;
  return [
    ...plan,
    ["init.reach", 2_000],
    ["init.onboard", onboardMs],
    ["init.validate", 8_000],
    ["init.ask", 15_000],
  ];
}

/** OpenClaw's onboarding writes on behalf of this person. */
const onboard = (
  ctx: AppContext,
  target: { id: InstanceId } & Chosen,
  by: Actor,
  signal: AbortSignal,
): Promise<boolean> =>
  changeConfigAs(ctx, target.id, { source: "initialise", by }, () =>
    onboardProvider(ctx, target, signal),
  );

function requireExec(ctx: AppContext): void {
  if (ctx.engine.capabilities.exec) return;
  throw new DomainError(
    "NOT_SUPPORTED",
    "Initialising runs OpenClaw's commands inside the instance, which this engine does not offer. Set up the model provider in the instance's Control UI instead.",
  );
}

async function ensureRunning(ctx: AppContext, id: InstanceId, signal: AbortSignal): Promise<void> {
  const { status } = ctx.runtime.live.board.get(id);
  if (status !== "running" && status !== "starting") await startInstance(ctx, id);
  await requireUp(ctx, id, signal);
}
