import type { Viewer } from "@claw/core/access/viewer";
import { channelTokens } from "@claw/core/channel-tokens";
import type { SharedChannel } from "@claw/core/config-views";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { isVisible } from "../access/visible.ts";

/** Channels of this configuration that other instances use with the same token. */
export async function sharedChannels(
  ctx: AppContext,
  id: InstanceId,
  text: string,
): Promise<SharedChannel[]> {
  const own = channelTokens(text);
  if (own.length === 0) return [];
  const found = new Map<string, Set<InstanceId>>();
  for (const other of ctx.runtime.live.board.ids()) {
    if (other === id) continue;
    const theirs = (await ctx.disk.storage.readConfig(other).catch(() => null)) ?? "";
    // A text search is cheap, and most files do not match.
    if (!own.some(({ token }) => theirs.includes(token))) continue;
    const tokens = new Set(channelTokens(theirs).map(({ token }) => token));
    for (const { channel, token } of own)
      if (tokens.has(token)) found.set(channel, (found.get(channel) ?? new Set()).add(other));
  }
  return [...found].map(([channel, ids]) => ({
    code: "CHANNEL_SHARED",
    channel,
    instanceIds: [...ids].sort(),
  }));
}

/** `answer` without the ids of instances that the viewer may not see. */
export function forViewer<T extends { warnings: SharedChannel[] }>(
  ctx: AppContext,
  viewer: Viewer,
  answer: T,
): T {
  const warnings = answer.warnings.map((warning) => ({
    ...warning,
    instanceIds: warning.instanceIds.filter((id) => isVisible(ctx, viewer, id)),
  }));
  return { ...answer, warnings };
}
