import { parseSize } from "@claw/core/compose/units";
import type { InstanceId } from "@claw/core/instance";
import type { InstanceLimits } from "@claw/core/instance-views";
import type { AppContext } from "../../context.ts";
import { workloadFor } from "./apply-instance.ts";
import { findInstance } from "./find-instance.ts";

/**
 * The limits in the current template; an existing container gets them at its next start. Throws
 * TEMPLATE_INVALID.
 */
export async function readLimits(ctx: AppContext, id: InstanceId): Promise<InstanceLimits> {
  const { limits, log, restart, stopGraceSeconds } = await workloadFor(
    ctx,
    await findInstance(ctx, id),
  );
  const { "max-size": size, "max-file": files } = log.options;
  return {
    memoryBytes: limits.memoryBytes,
    cpus: null,
    pids: limits.processes,
    restart,
    stopGraceSeconds,
    log: {
      maxBytes: size === undefined ? null : parseSize(size),
      maxFiles: files === undefined ? null : Number(files),
    },
  };
}
