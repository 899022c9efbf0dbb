import { isWithin, resolveHostPath } from "../host-path.ts";
import { LABEL } from "../naming.ts";

/** The parts of a compose project that can lead out of an instance. */
interface Bounds {
  workingDir: string;
  services: Readonly<Record<string, ServiceBounds>>;
  networks: Readonly<Record<string, unknown>>;
}

interface ServiceBounds {
  labels: Readonly<Record<string, string>>;
  volumes: readonly { source: string }[];
  networks: readonly string[];
}

/**
 * What would let one instance reach another or the host, as sentences: an instance is a service
 * that carries the label, sees only folders of its own, and has a network of its own.
 */
export function isolationFaults(project: Bounds): string[] {
  return Object.entries(project.services).flatMap(([id, service]) => {
    const label = service.labels[LABEL.instance];
    if (label === undefined) return [];
    if (label !== id) return [`service ${id} carries the label of instance ${label}`];
    const folder = resolveHostPath(project.workingDir, `instances/${id}`);
    const faults = service.volumes
      .filter((volume) => !isWithin(folder, volume.source))
      .map((volume) => `services.${id}.volumes: ${volume.source} lies outside ./instances/${id}`);
    if (service.networks[0] !== id || !Object.hasOwn(project.networks, id))
      faults.push(`services.${id}.networks: must be [${id}], a network of its own`);
    return faults;
  });
}
