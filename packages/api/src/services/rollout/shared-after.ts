import type { Viewer } from "@claw/core/access/viewer";
import { channelTokens } from "@claw/core/channel-tokens";
import type { RolloutItem } from "@claw/core/config-rollout";
import type { SharedChannel } from "@claw/core/config-views";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { isVisible } from "../access/visible.ts";

interface Users {
  channel: string;
  changed: Set<InstanceId>;
  others: Set<InstanceId>;
}

/**
 * Channels whose token a changed configuration would share with any other, changed or not: a bot can
 * be logged in only once. Names the instances that the viewer may see.
 */
export async function sharedAfter(
  ctx: AppContext,
  viewer: Viewer,
  items: readonly Pick<RolloutItem, "id" | "after">[],
): Promise<SharedChannel[]> {
  const changed = new Set<InstanceId>();
  const users = new Map<string, Users>();
  for (const { id, after } of items) {
    if (after === null) continue;
    changed.add(id);
    for (const { channel, token } of channelTokens(after)) {
      const key = JSON.stringify([channel, token]);
      const found = users.get(key) ?? { channel, changed: new Set(), others: new Set() };
      found.changed.add(id);
      users.set(key, found);
    }
  }
  if (users.size === 0) return [];
  for (const id of ctx.runtime.live.board.ids()) {
    if (changed.has(id)) continue;
    const text = (await ctx.disk.storage.readConfig(id).catch(() => null)) ?? "";
    for (const { channel, token } of channelTokens(text))
      users.get(JSON.stringify([channel, token]))?.others.add(id);
  }
  return [...users.values()]
    .filter((each) => each.changed.size + each.others.size > 1)
    .map((each) => ({
      code: "CHANNEL_SHARED",
      channel: each.channel,
      instanceIds: namedOf(each).filter((id) => isVisible(ctx, viewer, id)),
    }));
}

/** As in the editor, one that changes alone needs only the names of the others. */
function namedOf({ changed, others }: Users): InstanceId[] {
  return [...(changed.size > 1 ? changed : []), ...others].sort();
}
