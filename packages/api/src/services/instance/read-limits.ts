import type { ComposeService } from "@claw/core/compose/project";
import { parseSize } from "@claw/core/compose/units";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { AppContext } from "../../context.ts";
import { composeProjectOf } from "./apply-instance.ts";
import { findInstance } from "./find-instance.ts";

/** Limits of an instance's container. Null: unlimited. */
export interface InstanceLimits {
  memoryBytes: number;
  /** CPUs. The template cannot express this, so it is unlimited. */
  cpus: number | null;
  /** Limit of processes and threads. */
  pids: number;
  restart: ComposeService["restart"];
  /** How long a stop waits for the gateway to end. */
  stopGraceSeconds: number;
  /** Log retention in Docker: number and size of files. */
  log: { maxBytes: number | null; maxFiles: number | null };
}

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
