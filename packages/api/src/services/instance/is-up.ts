import type { InstanceId } from "@claw/core/instance";
import type { Uses } from "../../context.ts";

/** Whether a process may write to the instance's files; a hanging one counts as up. */
export function isUp({ runtime: { live } }: Uses<"live">, id: InstanceId): boolean {
  const state = live.board.observedOf(id)?.state;
  const isDown = state === undefined || ["created", "exited", "dead", "removing"].includes(state);
  return !isDown;
}
