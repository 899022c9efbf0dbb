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
export function restoreTestId(hex: string): InstanceId {
  return `trial.${hex}`;
}

export function isRestoreTestId(id: InstanceId): boolean {
  return TRIAL.test(id);
}

/** Compose project of a home folder; `homeHash` keeps two panels on one engine apart. */
export function projectName(homeHash: string): string {
  return `claw-${homeHash.slice(0, 8)}`;
}

/** Where a port that is published at every address is reached on its own machine. */
const LOOPBACK_OF: Readonly<Record<string, string>> = {
  "": "127.0.0.1",
  "0.0.0.0": "127.0.0.1",
  "::": "::1",
};

/**
 * Address of an instance's Control UI, as a browser on the Docker host opens it. Always an
 * address: `localhost` stands for two, and another program may listen on the same port of the
 * other one. The browser would load its page, and hand it the token in the link.
 */
export function controlUiUrl(publishHost: string, port: number): string {
  return `http://${bracketed(LOOPBACK_OF[publishHost] ?? publishHost)}:${port}/`;
}

/** An IPv6 address in the brackets that URLs and Compose ports need. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
