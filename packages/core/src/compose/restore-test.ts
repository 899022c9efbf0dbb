import { isWithin, resolveHostPath } from "../host-path.ts";
import type { InstanceId } from "../instance.ts";
import type { ComposeProject } from "./project.ts";

/** How often the health check of a restore test looks, in seconds: somebody waits for its answer. */
const TRIAL_INTERVAL = 3;

/**
 * The project of one instance as it is tried out: all as the template says, but with `folder` (a
 * path in the home) in the place of its own, without any network, and not started again by itself.
 */
export function restoreTestProject(
  project: ComposeProject,
  id: InstanceId,
  folder: string,
): ComposeProject {
  const service = project.services[id];
  if (!service) return { ...project, services: {}, networks: {} };
  const own = resolveHostPath(project.workingDir, `instances/${id}`);
  const other = resolveHostPath(project.workingDir, folder);
  const trial = {
    ...service,
    ports: [],
    networks: [],
    restart: "no" as const,
    healthcheck: { ...service.healthcheck, interval: TRIAL_INTERVAL },
    volumes: service.volumes.map((volume) =>
      isWithin(own, volume.source)
        ? { ...volume, source: other + volume.source.slice(own.length) }
        : volume,
    ),
  };
  return { ...project, services: { [id]: trial }, networks: {} };
}
