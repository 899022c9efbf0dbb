import type { ConfigState, InstanceConfig, LostConfig } from "@claw/core/config-views";
import type { InstanceId } from "@claw/core/instance";
import { configMissing } from "@claw/core/not-found";
import type { AppContext } from "../../context.ts";
import { isLost, type SavedConfig } from "../runtime/saved-configs.ts";
import { revisionOf } from "./config-revision.ts";
import { noticeConfig } from "./config-versions.ts";
import { findInstance } from "./find-instance.ts";
import { recheckFile } from "./follow-saved.ts";
import { sharedChannels } from "./shared-channels.ts";

/** The current text of openclaw.json. Throws CONFIG_MISSING. */
export async function readConfig(ctx: AppContext, id: InstanceId): Promise<InstanceConfig> {
  await findInstance(ctx, id);
  const text = await recheckFile(ctx, id);
  await noticeConfig(ctx, id);
  if (text === null) throw configMissing(id);
  return {
    text,
    revision: revisionOf(text),
    lost: lostOf(ctx.runtime.live.saved.find(id)),
    warnings: await sharedChannels(ctx, id, text),
  };
}

/** Reports the outcome of saved text; `lost` is null while nothing is lost. */
export async function* watchConfig(
  ctx: AppContext,
  id: InstanceId,
  signal: AbortSignal,
): AsyncGenerator<ConfigState> {
  for await (const saved of ctx.runtime.live.saved.watch(id, signal))
    yield {
      revision: saved?.revision ?? null,
      outcome: saved?.outcome ?? null,
      lost: lostOf(saved),
    };
}

function lostOf(saved: SavedConfig | null): LostConfig | null {
  if (!saved || !isLost(saved)) return null;
  const { outcome, complaint, text, isBack } = saved;
  return { outcome, complaint, text, isBack };
}
