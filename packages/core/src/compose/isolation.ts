import { isWithin, resolveHostPath } from "../host-path.ts";
import { LABEL } from "../naming.ts";

/** The parts of a compose project that can break an instance's isolation. */
interface Bounds {
  workingDir: string;
  services: Readonly<Record<string, ServiceBounds>>;
  networks: Readonly<Record<string, unknown>>;
}

interface ServiceBounds {
  labels: Readonly<Record<string, string>>;
  volumes: readonly { source: string }[];
  networks: readonly string[];
  cap_drop: readonly string[];
  security_opt: readonly string[];
  privileged?: boolean | undefined;
  cap_add?: readonly string[] | undefined;
  devices?: readonly string[] | undefined;
  pid?: string | undefined;
  ipc?: string | undefined;
}

/**
 * Breaches of isolation, as sentences. An instance is a service that carries the label, mounts only
 * its own folders, has a network of its own and no rights on the host. With `allowUnsafe` only
 * faults that confuse two instances remain.
 */
export function isolationFaults(
  project: Bounds,
  { allowUnsafe }: { allowUnsafe: boolean } = { allowUnsafe: false },
): string[] {
  return Object.entries(project.services).flatMap(([id, service]) => {
    const label = service.labels[LABEL.instance];
    if (label === undefined) return [];
    if (label !== id) return [`service ${id} carries the label of instance ${label}`];
    const faults = allowUnsafe ? [] : unsafeParts(project.workingDir, id, service);
    if (service.networks[0] !== id || !Object.hasOwn(project.networks, id))
      faults.push(`services.${id}.networks: must be [${id}], a network of its own`);
    return faults;
  });
}

function unsafeParts(workingDir: string, id: string, service: ServiceBounds): string[] {
  const folder = resolveHostPath(workingDir, `instances/${id}`);
  const place = `services.${id}`;
  const faults = service.volumes
    .filter((volume) => !isWithin(folder, volume.source))
    .map((volume) => `${place}.volumes: ${volume.source} lies outside ./instances/${id}`);
  for (const key of ["privileged", "cap_add", "devices", "pid", "ipc"] as const)
    if (isGiven(service[key])) faults.push(`${place}.${key}: gives rights on the host`);
  if (!service.cap_drop.includes("ALL")) faults.push(`${place}.cap_drop: must hold ALL`);
  if (!service.security_opt.some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option)))
    faults.push(`${place}.security_opt: must hold no-new-privileges:true`);
  for (const option of service.security_opt)
    if (!/^no-new-privileges(?:[:=]true)?$/.test(option))
      faults.push(`${place}.security_opt: ${option} would change Docker's own protection`);
  return faults;
}

function isGiven(value: ServiceBounds[keyof ServiceBounds] | boolean): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
