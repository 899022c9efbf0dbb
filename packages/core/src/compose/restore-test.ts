import { isWithin, resolveHostPath } from "../host-path.ts";
import type { InstanceId } from "../instance.ts";
import type { ComposeProject } from "./project.ts";

/** Interval of a restore test's health check in seconds; short, because a user waits for it. */
const TRIAL_INTERVAL = 3;

/**
 * The project of a restore test: the template's, but with `folder` (a path in the home) instead of
 * the instance's own, without a network and without automatic restarts.
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
