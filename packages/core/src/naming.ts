import { InstanceId } from "./instance.ts";

/** Labels by which the panel finds its own containers and networks. */
export const LABEL = {
  instance: "com.clawmultideploy.instance",
  home: "com.clawmultideploy.home",
  specHash: "com.clawmultideploy.spec-hash",
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

/** The local address of a port that is published at every address. */
const LOOPBACK_OF: Readonly<Record<string, string>> = {
  "": "127.0.0.1",
  "0.0.0.0": "127.0.0.1",
  "::": "::1",
};

/**
 * Address of an instance's Control UI for a browser on the Docker host. Always an IP address:
 * `localhost` has two, and another program may listen on the same port of the other one. The
 * browser would load that program's page and hand it the token in the link.
 */
export function controlUiUrl(publishHost: string, port: number): string {
  return `http://${bracketed(LOOPBACK_OF[publishHost] ?? publishHost)}:${port}/`;
}

/** An IPv6 address in the brackets that URLs and Compose ports require. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
