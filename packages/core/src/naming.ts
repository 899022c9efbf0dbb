import { InstanceId } from "./instance.ts";

/** Labels with which the panel finds its own containers and networks again. */
export const LABEL = {
  instance: "com.clawmultideploy.instance",
  home: "com.clawmultideploy.home",
  specHash: "com.clawmultideploy.spec-hash",
} as const;

const CONTAINER_PREFIX = "openclaw-";

/** Name and fixed hostname of an instance's container; also the name of its network. */
export function containerName(id: InstanceId): string {
  return `${CONTAINER_PREFIX}${id}`;
}

/** The instance id in a container's name, or null when the name is not of our form. */
export function instanceIdOf(name: string): InstanceId | null {
  if (!name.startsWith(CONTAINER_PREFIX)) return null;
  const id = InstanceId.safeParse(name.slice(CONTAINER_PREFIX.length));
  return id.success ? id.data : null;
}

const TRIAL = /^trial\.[0-9a-f]+$/;

/** The throw-away id under which a backup is tried out: one that no instance can have. */
export function trialId(hex: string): InstanceId {
  return `trial.${hex}`;
}

export function isTrialId(id: InstanceId): boolean {
  return TRIAL.test(id);
}

/** Compose project of a home folder; `homeHash` keeps two panels on one engine apart. */
export function projectName(homeHash: string): string {
  return `claw-${homeHash.slice(0, 8)}`;
}

/** Address of an instance's Control UI, as a browser on the Docker host opens it. */
export function controlUiUrl(publishHost: string, port: number): string {
  const everywhere = publishHost === "0.0.0.0" || publishHost === "::" || publishHost === "";
  // Other loopback addresses, such as 127.0.0.2, are not what `localhost` stands for.
  const loopback = publishHost === "127.0.0.1" || publishHost === "::1";
  const host = everywhere || loopback ? "localhost" : bracketed(publishHost);
  return `http://${host}:${port}/`;
}

/** An IPv6 address in the brackets that URLs and Compose ports need. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
