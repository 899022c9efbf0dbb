import { isUndone } from "@claw/core/config-kept";
import type { LossOutcome } from "@claw/core/config-views";
import { messageOf } from "@claw/core/errors";
import { gatewayVerdict } from "@claw/core/gateway-verdict";
import type { InstanceId } from "@claw/core/instance";
import type { LogCursor } from "@claw/core/log-cursor";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../access/audit-draft.ts";
import { recordAuditEvent } from "../access/record-audit-event.ts";
import type { WayBack } from "../runtime/saved-configs.ts";
import { LOSS_REASONS } from "./config-loss.ts";
import { BY_PANEL, markHealthy, recordConfig, writeInstanceConfig } from "./config-versions.ts";
import { followLogs } from "./follow-logs.ts";
import { operateIfAllowed } from "./operate-on.ts";

/** OpenClaw rereads its file within seconds; one that restarts itself takes a minute. */
const WATCHED_MS = 60_000;

/** The audit action for a saved configuration that was lost. */
const LOSE = "instances.loseConfig";

export interface Saved {
  before: string | null;
  text: string;
  revision: string;
  /** End of the gateway's log before the save; null if unknown. */
  after: LogCursor | null;
  wayBack: WayBack;
  /** The user who saved it. */
  by: Actor;
}

/** Of a gateway that does not accept its configuration. */
const EXIT_OF_CONFIG = 78;

/**
 * Observes for a minute, once the instance runs, what the gateway does with a saved configuration:
 * checks its file and log on every change, and whether it dies.
 */
export async function followSaved(ctx: AppContext, id: InstanceId, saved: Saved): Promise<void> {
  const { board, saved: outcomes, signal: panelEnds } = ctx.runtime.live;
  const onLost = (outcome: LossOutcome) => {
    const about = board.subjectsOf([id]);
    const audit = { ...saved.by, action: LOSE, instanceIds: [id], about, object: null };
    void recordAuditEvent(ctx, audit, LOSS_REASONS[outcome]);
  };
  const signal = AbortSignal.any([panelEnds, outcomes.begin(id, { ...saved, onLost })]);
  const failed = (error: unknown) => {
    if (!signal.aborted)
      ctx.log.warn(`looking what became of ${id}'s configuration: ${messageOf(error)}`);
  };
  let isLosing = false;
  /** The former text comes first, so that nobody who is told finds the lost one in the file. */
  const lose = async (outcome: LossOutcome, complaint: string | null, goesBack: boolean) => {
    isLosing = true;
    const isBack = goesBack && (await takeBack(ctx, id, saved, signal));
    if (!signal.aborted) outcomes.settle(id, outcome, complaint, isBack);
  };
  await untilItRuns(ctx, id, signal).catch(failed);
  if (signal.aborted) return;
  let said: string | null = null;

  const looks = [
    async () => {
      for await (const _ of ctx.disk.storage.configChanges(id, signal))
        await recheckFile(ctx, id, said);
    },
    async () => {
      for await (const { lines } of followLogs(ctx, { id, tail: 0, after: saved.after }, signal))
        for (const { text } of lines) {
          const verdict = gatewayVerdict(text);
          if (verdict === "accepted") outcomes.accept(id);
          if (verdict === "skipped") await lose("skipped", text, true);
          if (verdict !== "replaced") continue;
          said = text;
          await recheckFile(ctx, id, said);
        }
    },
    async () => {
      const now = await board.until(
        id,
        (each) => each?.status !== "running" && each?.status !== "starting",
        signal,
      );
      if (now?.status !== "error") return;
      const { statusDetail: detail } = now;
      const ofConfig = saved.wayBack.run !== null && detail?.exitCode === EXIT_OF_CONFIG;
      await lose("died", detail?.lines.at(-1) ?? now.statusReason, ofConfig);
    },
    async () => {
      await ctx.host.sleep(WATCHED_MS, signal);
      if (signal.aborted) return;
      // One that cannot be read now is looked at again whenever it is read.
      await recheckFile(ctx, id, said).catch(failed);
      // The way back may wait for longer, until nobody else works on the instance.
      if (signal.aborted || isLosing) return;
      const isTaken = outcomes.find(id)?.isAccepted;
      // Whoever waits for the outcome does not wait for the mark, nor for a disk that is full.
      outcomes.settle(id, "kept", null);
      if (isTaken) await markTaken(ctx, id, saved.revision);
    },
  ];
  await Promise.all(looks.map((look) => look().catch(failed)));
}

/** A gateway that takes a text while it runs need not come up with it. */
async function markTaken(ctx: AppContext, id: InstanceId, revision: string): Promise<void> {
  try {
    const present = await recordConfig(ctx, id);
    if (present?.revision === revision) await markHealthy(ctx, id, present.version);
  } catch (error) {
    ctx.log.warn(`marking ${id}'s configuration as healthy failed: ${messageOf(error)}`);
  }
}

/**
 * Gives the file the text that the gateway took before, unless somebody has written another
 * meanwhile: the gateway would end with the lost one at its next start.
 */
async function takeBack(
  ctx: AppContext,
  id: InstanceId,
  { wayBack: { text: before }, text }: Saved,
  signal: AbortSignal,
): Promise<boolean> {
  if (before === null) return false;
  let isBack = false;
  try {
    await operateIfAllowed(ctx, id, "saving", async () => {
      if (signal.aborted || (await ctx.disk.storage.readConfig(id)) !== text) return;
      const options = { author: BY_PANEL, basis: text, putsBack: true };
      await writeInstanceConfig(ctx, id, before, options);
      isBack = true;
    });
  } catch (error) {
    ctx.log.warn(`giving ${id} its former configuration back failed: ${messageOf(error)}`);
  }
  return isBack;
}

/** OpenClaw may also revert a file, or die of it, at its next start. */
async function untilItRuns(ctx: AppContext, id: InstanceId, signal: AbortSignal): Promise<void> {
  await ctx.runtime.live.board.until(
    id,
    (now) => now === null || now.status === "running" || now.status === "starting",
    signal,
  );
}

/** Checks that the file still has the last saved text; also long afterwards, on every read. */
export async function recheckFile(
  ctx: AppContext,
  id: InstanceId,
  complaint: string | null = null,
): Promise<string | null> {
  const saved = ctx.runtime.live.saved.standing(id);
  const text = await ctx.disk.storage.readConfig(id);
  // Writes by the panel itself are no loss.
  if (saved === null || saved !== ctx.runtime.live.saved.standing(id)) return text;
  if (text === null || isUndone(saved.before, saved.text, text))
    ctx.runtime.live.saved.settle(id, "replaced", complaint);
  return text;
}
