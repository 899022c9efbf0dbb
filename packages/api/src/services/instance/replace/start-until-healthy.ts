import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { asSentence } from "@claw/core/sentence";
import { type DerivedStatus, deriveStatus, STARTING_LIMIT_MS } from "@claw/core/status";
import type { AppContext } from "../../../context.ts";

/** Log lines to inspect after a gateway has failed. */
const LINES = 20;

interface StartOptions {
  start: () => Promise<void>;
  signal: AbortSignal;
}

/**
 * Starts a container with `start` and waits until its gateway responds. Resolves with null when it
 * does, and with a sentence if its process is still starting after STARTING_LIMIT_MS: slow is not
 * failed. Throws START_FAILED with the reason if it ends or keeps restarting, ENGINE_UNREACHABLE,
 * or CANCELLED when `signal` aborts. Inspects the container itself, because the page's status
 * includes what the panel is doing.
 */
export async function startUntilHealthy(
  ctx: AppContext,
  id: InstanceId,
  options: StartOptions,
): Promise<string | null> {
  const ended = new AbortController();
  const tooLate = new AbortController();
  const limit = ctx.host.sleep(STARTING_LIMIT_MS, ended.signal).then(() => tooLate.abort());
  try {
    return await watchStart(ctx, id, options, tooLate.signal);
  } finally {
    ended.abort();
    await limit;
  }
}

async function watchStart(
  ctx: AppContext,
  id: InstanceId,
  { start, signal }: StartOptions,
  tooLate: AbortSignal,
): Promise<string | null> {
  let lastExitCode: number | null = null;
  let begun = false;
  for await (const event of ctx.engine.events(AbortSignal.any([signal, tooLate]))) {
    if (event.type === "connected") {
      // Repeats after a reconnect; the status shows what was missed.
      if (!begun) await start();
      begun = true;
    } else if (event.id !== id) continue;
    else lastExitCode = event.exitCode ?? lastExitCode;
    const { status, statusReason, statusDetail } = await statusOf(ctx, id, lastExitCode);
    if (status === "running") return null;
    // Restarted before its end was reported, which comes with the exit code.
    const isUntold = statusDetail?.code === "CRASH_LOOP" && statusDetail.exitCode === null;
    if (status !== "starting" && !isUntold)
      throw failed(id, await withLastLine(ctx, id, statusReason));
  }
  if (signal.aborted) throw new DomainError("CANCELLED", "The job was cancelled.");
  const { status, statusReason } = await statusOf(ctx, id, lastExitCode);
  if (status === "running") return null;
  if (status !== "starting") throw failed(id, await withLastLine(ctx, id, statusReason));
  const seconds = Math.round(STARTING_LIMIT_MS / 1_000);
  return withLastLine(ctx, id, `it did not answer within ${seconds} seconds.`);
}

async function statusOf(
  ctx: AppContext,
  id: InstanceId,
  lastExitCode: number | null,
): Promise<DerivedStatus> {
  return deriveStatus({
    spec: { desired: "running" },
    observed: (await ctx.engine.list(id)).get(id) ?? null,
    reachable: true,
    activity: null,
    finishing: null,
    lastExitCode,
    startError: null,
    lines: [],
    silentSince: null,
    load: null,
    // Time is limited here, because Docker's clock may differ.
    now: 0,
  });
}

async function withLastLine(ctx: AppContext, id: InstanceId, reason: string | null) {
  const signal = AbortSignal.timeout(5_000);
  let last: string | undefined;
  try {
    for await (const lines of ctx.engine.logs(id, { tail: LINES, follow: false, signal }))
      last = lines.findLast(({ text }) => text.trim() !== "")?.text ?? last;
  } catch (error) {
    // The reason counts without its last line: an unreadable log must not undo a restore.
    ctx.log.warn(`the last log line of ${id} cannot be read: ${messageOf(error)}`);
  }
  const because = reason ?? "It ended.";
  return last === undefined ? because : `${because} Last log line: ${asSentence(last.trim())}`;
}

function failed(id: InstanceId, because: string): DomainError {
  return new DomainError("START_FAILED", `${id} did not come up: ${because}`);
}
