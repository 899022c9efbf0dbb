import { DomainError } from "@claw/core/errors";
import type { Instance, InstanceId } from "@claw/core/instance";
import type { Uses } from "../../context.ts";

/** Throws INSTANCE_NOT_RUNNING. */
export function requireRunning(ctx: Uses<"live">, id: InstanceId): Instance {
  const instance = ctx.runtime.live.board.get(id);
  if (instance.status === "running") return instance;
  throw new DomainError(
    "INSTANCE_NOT_RUNNING",
    `The instance ${id} does not run (${instance.status}). Start it and wait until it runs.`,
  );
}
