import { messageOf } from "@claw/core/errors";
import type { Instance, InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { createBackground } from "../runtime/background.ts";
import { createTurns } from "../runtime/turns.ts";
import { markHealthy, noticeConfig, recordConfig } from "./config-versions.ts";

/** A change of a file is recorded after this at the latest. */
const LOOK_EVERY_MS = 60_000;

/** The run of an instance's gateway that was seen last. */
interface Run {
  startedAt: string;
  /** The version with which it began; null: unknown, or it came up. */
  version: number | null;
}

/**
 * Keeps the histories complete: looks at an instance's configuration when its gateway begins, and at
 * all now and then; and marks the version with which an instance came up healthy.
 */
export function followConfigs(ctx: AppContext): AsyncDisposable {
  const { board } = ctx.runtime.live;
  const ended = new AbortController();
  const runs = new Map<InstanceId, Run>();
  const turns = createTurns<InstanceId>();
  const background = createBackground((error) =>
    ctx.log.warn(`following the configurations: ${messageOf(error)}`),
  );

  async function see(id: InstanceId): Promise<void> {
    const now = board.find(id);
    if (now === null) return void runs.delete(id);
    if (now.startedAt === null) return;
    const run = runs.get(id)?.startedAt === now.startedAt ? runs.get(id) : await begun(id, now);
    if (board.find(id)?.status !== "running" || !run || run.version === null) return;
    // What took its place meanwhile, such as OpenClaw's own backup, may be what the gateway read.
    const present = await recordConfig(ctx, id);
    if (present?.version === run.version) await markHealthy(ctx, id, run.version);
    // A mark that fails, as on a full disk, is tried again with the next look.
    run.version = null;
  }

  async function begun(id: InstanceId, now: Instance): Promise<Run> {
    const present = await noticeConfig(ctx, id);
    const isBasis = present !== null && mayHaveBegunWith(present.at, now);
    const run = { startedAt: now.startedAt ?? "", version: isBasis ? present.version : null };
    runs.set(id, run);
    return run;
  }

  const beginToSee = (id: InstanceId) => background.begin(() => turns.take(id, () => see(id)));

  async function follow(): Promise<void> {
    const changes = board.changes(ended.signal);
    for (const id of board.ids()) beginToSee(id);
    for await (const changed of changes) for (const id of changed) if (id !== null) beginToSee(id);
  }

  async function poll(): Promise<void> {
    while (!ended.signal.aborted) {
      for (const id of board.ids()) {
        if (ended.signal.aborted) break;
        await noticeConfig(ctx, id);
        beginToSee(id);
      }
      await ctx.host.sleep(LOOK_EVERY_MS, ended.signal);
    }
  }

  const following = Promise.all([follow(), poll()]);
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await following;
      await background.ended();
    },
  };
}

/** A gateway reads its file as it begins; one that is up already may have done so with another. */
function mayHaveBegunWith(versionAt: string, { status, startedAt }: Instance): boolean {
  return (
    status !== "running" || (startedAt !== null && Date.parse(versionAt) <= Date.parse(startedAt))
  );
}
