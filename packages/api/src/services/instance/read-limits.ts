import { parseSize } from "@claw/core/compose/units";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { InstanceLimits } from "@claw/core/instance-views";
import type { AppContext } from "../../context.ts";
import { composeProjectOf } from "./apply-instance.ts";
import { findInstance } from "./find-instance.ts";

/**
 * The limits in the current template; an existing container gets them at its next start. Throws
 * TEMPLATE_INVALID.
 */
export async function readLimits(ctx: AppContext, id: InstanceId): Promise<InstanceLimits> {
  const { services } = await composeProjectOf(ctx, await findInstance(ctx, id));
  const service = services[id];
  if (!service)
    throw new DomainError("TEMPLATE_INVALID", `The template describes no service ${id}.`);
  const { "max-size": size, "max-file": files } = service.logging.options;
  return {
    memoryBytes: service.mem_limit,
    cpus: null,
    pids: service.pids_limit,
    restart: service.restart,
    stopGraceSeconds: service.stop_grace_period,
    log: {
      maxBytes: size === undefined ? null : parseSize(size),
      maxFiles: files === undefined ? null : Number(files),
    },
  };
}
