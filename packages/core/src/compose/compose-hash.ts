import type { ComposeService } from "./project.ts";

/**
 * The Docker Compose version whose service hash this file reproduces. Compose leaves a container
 * alone when its label `com.docker.compose.config-hash` equals the hash that Compose computes.
 */
export const COMPOSE_VERSION = "2.26.1";

/**
 * The text whose SHA-256 is Compose's `config-hash` of a service: the JSON that Go writes for its
 * service model. Key order, omitted empty values and Go's escapes all matter.
 */
export function composeServiceJson(service: ComposeService): string {
  const model = {
    cap_add: filled(service.cap_add ?? []),
    cap_drop: filled(service.cap_drop),
    command: service.command,
    container_name: service.container_name,
    devices: filled(service.devices ?? []),
    entrypoint: null,
    environment: filledMap(service.environment),
    hostname: service.hostname,
    healthcheck: {
      test: service.healthcheck.test,
      timeout: goDuration(service.healthcheck.timeout),
      interval: goDuration(service.healthcheck.interval),
      retries: service.healthcheck.retries,
      start_period: goDuration(service.healthcheck.start_period),
    },
    image: service.image,
    init: service.init,
    ipc: service.ipc,
    labels: filledMap(service.labels),
    logging: { driver: service.logging.driver, options: filledMap(service.logging.options) },
    mem_limit: service.mem_limit === 0 ? undefined : String(service.mem_limit),
    networks: Object.fromEntries(service.networks.map((name) => [name, null])),
    pid: service.pid,
    pids_limit: service.pids_limit === 0 ? undefined : service.pids_limit,
    ports: filled(
      service.ports.map((port) => ({
        mode: "ingress",
        host_ip: port.hostIp === "" ? undefined : port.hostIp,
        target: port.containerPort,
        published: String(port.hostPort),
        protocol: "tcp",
      })),
    ),
    privileged: service.privileged ? true : undefined,
    restart: service.restart,
    security_opt: filled(service.security_opt),
    stop_grace_period: goDuration(service.stop_grace_period),
    user: service.user,
    volumes: filled(
      service.volumes.map((volume) => ({
        type: "bind",
        source: volume.source,
        target: volume.target,
        read_only: volume.readOnly ? true : undefined,
        bind: { create_host_path: true },
      })),
    ),
  };
  return goJson(model);
}

/** Go omits empty lists. */
function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Go sorts the keys of a map by bytes and omits empty maps. */
function filledMap(map: Readonly<Record<string, string>>): Map<string, string> | undefined {
  const entries = Object.entries(map);
  if (entries.length === 0) return undefined;
  // A Map: objects put numeric keys first.
  return new Map(entries.sort(([a], [b]) => compareCodePoints(a, b)));
}

/** Orders by UTF-8 bytes, which is by code points; `<` compares UTF-16 units. */
function compareCodePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Seconds as Go's time.Duration prints them: `30s`, `2m0s`, `1h0m0.5s`, `1.5ms`, `500µs`. */
function goDuration(seconds: number): string {
  if (seconds === 0) return "0s";
  if (seconds < 1e-3) return `${rounded(seconds * 1e6)}µs`;
  if (seconds < 1) return `${rounded(seconds * 1e3)}ms`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${rounded(seconds % 60)}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

/** Rounds off binary fractions; Go counts whole nanoseconds. */
function rounded(value: number): string {
  return String(Number(value.toFixed(9)));
}

function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (value === null || typeof value !== "object") return goLiteral(value);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${goLiteral(key)}:${goJson(member)}`);
  return `{${members.join(",")}}`;
}

/** Go's encoder escapes characters that could end a script element in HTML. */
function goLiteral(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
