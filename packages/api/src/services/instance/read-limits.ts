import type { ComposeService } from "@claw/core/compose/project";
import { parseSize } from "@claw/core/compose/units";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { composeProjectOf } from "./apply-instance.ts";
import { findInstance } from "./find-instance.ts";

/** What bounds an instance's container. Null where nothing does. */
export interface InstanceLimits {
  memoryBytes: number;
  /** Processors' worth of time. The template has no word for it, so nothing bounds it. */
  cpus: number | null;
  /** Processes and threads. */
  pids: number;
  restart: ComposeService["restart"];
  /** What a stop leaves the gateway to end by itself. */
  stopGraceSeconds: number;
  /** What Docker keeps of the log: so many files of this size. */
  log: { maxBytes: number | null; maxFiles: number | null };
}

/**
 * What the template says of the instance's container now; a container that was made before the
 * template was changed gets it at its next start. Throws TEMPLATE_INVALID.
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
