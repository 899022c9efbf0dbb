import { setTimeout as delay } from "node:timers/promises";
import { DomainError, type Issue, type Reason, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { JobOf } from "@claw/core/job";
import type { Provider } from "@claw/core/provider";
import { asSentence, lastLine } from "@claw/core/sentence";
import { z } from "zod";
import type { AppContext } from "../../context.ts";
import { type Actor, NOBODY } from "../access/audit-draft.ts";
import { recordAuditEvent } from "../access/record-audit-event.ts";
import type { JobHandle } from "../runtime/job-run.ts";
import { askProvider } from "./ask-provider.ts";
import { findInstance } from "./find-instance.ts";
import { onboardProvider } from "./onboard-provider.ts";
import { operateOn } from "./operate-on.ts";
import { startInstance } from "./start-instance.ts";
import { requireUp } from "./until-settled.ts";

/** A busy machine needed 58 s with several concurrent starts (facts, 6). */
const READY_WITHIN_MS = 180_000;
const READY_EVERY_MS = 1_000;
/** Uses whichever client the image has, like the health check of the compose template. */
const READY_PROBE = [
  "sh",
  "-c",
  `if command -v curl >/dev/null; then exec curl -fsS -m 5 "$0";
elif command -v wget >/dev/null; then exec wget -q -T 5 -O /dev/null "$0";
else exec node -e "fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))" "$0"; fi`,
  "http://127.0.0.1:18789/readyz",
];

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

/** Begins a job that brings an instance up, sets up its model provider and validates its config. */
export async function initInstance(
  ctx: AppContext,
  input: InitInput,
  options: InitOptions = {},
): Promise<JobOf<"init">> {
  await findInstance(ctx, input.id);
  requireExec(ctx);
  const { by = NOBODY, readyWithinMs = READY_WITHIN_MS } = options;
  const work = async (job: JobHandle<"init">) => {
    job.report(0.05, "init.start");
    // Limited by the start timeout, counted from the start of its turn.
    await ensureRunning(ctx, input.id, job.signal);
    job.report(0.4, "init.ready");
    await waitUntilReady(ctx, input.id, job.signal, readyWithinMs);
    const answered = await operateOn(ctx, input.id, "initialising", async () => {
      const { id, provider } = input;
      if (provider) job.report(0.5, "init.onboard");
      const answered = provider ? await onboardProvider(ctx, { id, provider }, job.signal) : null;
      job.report(0.7, "init.validate");
      await validate(ctx, id, job.signal);
      if (!provider || answered) return answered;
      job.report(0.8, "init.ask");
      return askProvider(ctx, { id, provider }, job.signal);
    });
    const { url } = ctx.runtime.live.board.get(input.id);
    return { provider: input.provider?.choice ?? null, answered, url };
  };
  const about = ctx.runtime.live.board.subjectsOf([input.id]);
  return ctx.runtime.jobs.begin({
    kind: "init",
    instanceId: input.id,
    about: ctx.runtime.live.board.subjectsOf([input.id]),
    work: async (job) => {
      const audit = { ...by, action: FINISH, instanceIds: [input.id], about, object: job.id };
      const record = (result: "ok" | Reason) => recordAuditEvent(ctx, audit, result);
      try {
        const result = await work(job);
        await record("ok");
        return result;
      } catch (error) {
        const reason = reasonOf(error);
        await record(job.signal.aborted ? "CANCELLED" : reason);
        throw error;
      }
    },
  });
}

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

/** The health endpoint responds some seconds before the gateway accepts commands. */
async function waitUntilReady(
  ctx: AppContext,
  id: InstanceId,
  jobSignal: AbortSignal,
  withinMs: number,
): Promise<void> {
  const tooLate = AbortSignal.timeout(withinMs);
  const signal = AbortSignal.any([jobSignal, tooLate]);
  try {
    for (;;) {
      const { exitCode } = await ctx.engine.exec(id, READY_PROBE, { signal });
      if (exitCode === 0) return;
      await delay(READY_EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    if (jobSignal.aborted || !tooLate.aborted) throw error;
    throw new DomainError(
      "START_FAILED",
      `The instance ${id} runs, but took no commands within ${Math.round(withinMs / 1_000)} seconds. Look at its logs, then try again.`,
      { cause: error },
    );
  }
}

async function validate(ctx: AppContext, id: InstanceId, signal: AbortSignal): Promise<void> {
  const command = ["openclaw", "config", "validate", "--json"];
  const { exitCode, stdout, stderr } = await ctx.engine.exec(id, command, { signal });
  if (exitCode === 0) return;
  const issues = parseIssues(stdout);
  const first = issues[0];
  throw new DomainError(
    "CONFIG_INVALID",
    `OpenClaw does not accept the configuration: ${asSentence(first ? `${first.path}: ${first.message}` : lastLine(stderr || stdout))} Correct it on the configuration page.`,
    { issues },
  );
}

/** Output of `openclaw config validate --json`. */
const Validation = z.object({
  issues: z.array(z.object({ path: z.string().default(""), message: z.string().default("") })),
});

function parseIssues(stdout: string): Issue[] {
  try {
    const { issues } = Validation.parse(JSON.parse(stdout));
    return issues.map((issue) => ({ line: 1, column: 1, ...issue }));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}
