import type { Instance, InstanceSpec } from "@claw/core/instance";
import type { ContainerEngine, Endpoint } from "../../engine/engine.ts";

interface Board {
  find(id: string): Pick<Instance, "status" | "startedAt"> | null;
}

/**
 * Endpoints of running instances; null for others. Keeps each for a run of its container, since
 * asking Docker takes milliseconds; a missing one is asked for again.
 */
export function createEndpoints(engine: Pick<ContainerEngine, "endpoint">, board: Board) {
  const known = new Map<string, { run: string; endpoint: Endpoint }>();
  return async ({ id, uid }: Pick<InstanceSpec, "id" | "uid">): Promise<Endpoint | null> => {
    const instance = board.find(id);
    if (instance?.status !== "running") return null;
    const run = `${uid} ${instance.startedAt}`;
    const found = known.get(id);
    if (found?.run === run) return found.endpoint;
    const endpoint = await engine.endpoint(id);
    if (endpoint) known.set(id, { run, endpoint });
    return endpoint;
  };
}
