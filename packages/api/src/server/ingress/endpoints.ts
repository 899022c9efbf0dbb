import type { Instance, InstanceSpec } from "@claw/core/instance";
import type { ContainerEngine, Endpoint } from "../../engine/engine.ts";

interface Live {
  board: {
    find(id: string): Pick<Instance, "startedAt"> | null;
    isServing(id: string): boolean;
  };
  drains: { isGoingDown(id: string): boolean };
}

/**
 * Endpoints of instances that take requests, also while they finish their work before a stop; null
 * for others. Keeps each for a run of its container, since asking Docker takes milliseconds; a
 * missing one is asked for again.
 */
export function createEndpoints(
  engine: Pick<ContainerEngine, "endpoint">,
  { board, drains }: Live,
) {
  const known = new Map<string, { run: string; endpoint: Endpoint }>();
  return async ({ id, uid }: Pick<InstanceSpec, "id" | "uid">): Promise<Endpoint | null> => {
    if (!board.isServing(id) || drains.isGoingDown(id)) return null;
    const run = `${uid} ${board.find(id)?.startedAt}`;
    const found = known.get(id);
    if (found?.run === run) return found.endpoint;
    const endpoint = await engine.endpoint(id);
    if (endpoint) known.set(id, { run, endpoint });
    return endpoint;
  };
}
