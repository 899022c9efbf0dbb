import { InstanceId } from "./instance.ts";

/** Labels by which the panel finds its own containers and networks. */
export const LABEL = {
  instance: "com.clawmultideploy.instance",
  home: "com.clawmultideploy.home",
  specHash: "com.clawmultideploy.spec-hash",
  /** On what runs one program and is no instance; its value tells nothing. */
  oneOff: "com.clawmultideploy.one-off",
} as const;

/** The port on which the gateway listens inside its container. */
export const GATEWAY_PORT = 18789;

const CONTAINER_PREFIX = "openclaw-";

/** Name and fixed hostname of an instance's container, and name of its network. */
export function containerName(id: InstanceId): string {
  return `${CONTAINER_PREFIX}${id}`;
}

/** The instance id in a container's name, or null for a foreign name. */
export function instanceIdOf(name: string): InstanceId | null {
  if (!name.startsWith(CONTAINER_PREFIX)) return null;
  const id = InstanceId.safeParse(name.slice(CONTAINER_PREFIX.length));
  return id.success ? id.data : null;
}

const TRIAL = /^trial\.[0-9a-f]+$/;

/** The temporary id of a restore test, which no instance can have. */
export function restoreTestId(hex: string): InstanceId {
  return `trial.${hex}`;
}

export function isRestoreTestId(id: InstanceId): boolean {
  return TRIAL.test(id);
}

/** Compose project of a home folder; `homeHash` separates two panels on one engine. */
export function projectName(homeHash: string): string {
  return `claw-${homeHash.slice(0, 8)}`;
}

/** An IPv6 address in the brackets that URLs and Compose ports require. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** The host of a URL without the brackets of an IPv6 address. */
export function unbracketed(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}
