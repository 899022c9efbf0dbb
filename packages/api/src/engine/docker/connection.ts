import type { IncomingMessage } from "node:http";
import { DomainError } from "@claw/core/errors";
import Docker from "dockerode";
import { createEngineClock, type EngineClock } from "./engine-clock.ts";
import { slow, toDomainError, unreachable } from "./errors.ts";
import { withWholeAnswers } from "./whole-answers.ts";

const DEFAULT_SOCKET =
  process.platform === "win32" ? "//./pipe/docker_engine" : "/var/run/docker.sock";

/** For what Docker does rather than tells: under load, that takes a while. */
export const WORK_SECONDS = 120;
const ANSWER_SECONDS = 30;
const PING_SECONDS = 5;

export interface AskOptions {
  /** How long Docker may take until it answers. */
  seconds?: number;
  /** Ends the request, also when it is a stream that was handed out. */
  signal?: AbortSignal;
  /** Shows whether Docker is there: late, it is away, and is not asked again. */
  isProof?: boolean;
}

/** The way to one Docker Engine. */
export interface Connection {
  /** Where Docker is, for sentences. */
  readonly address: string;
  /** Host name under which ports published by Docker are reached. */
  readonly hostname: string;
  /** Docker's clock, as its answers tell it. */
  readonly clock: EngineClock;
  /** By what every time is multiplied within which Docker must answer. */
  readonly patience: number;
  /**
   * Runs a request. Rejects with a DomainError: ENGINE_UNREACHABLE when Docker is away,
   * ENGINE_SLOW when it takes too long for this but answers a ping, CANCELLED when `signal` aborts.
   */
  ask<T>(
    request: (docker: Docker, signal: AbortSignal) => Promise<T>,
    options?: AskOptions,
  ): Promise<T>;
  /** Resolves when Docker answers, within 5 s; rejects with ENGINE_UNREACHABLE when it does not. */
  ping(signal?: AbortSignal): Promise<void>;
}

/** Does not connect yet, and does not throw when Docker is away. */
export function createConnection(dockerHost: string | undefined, patience = 1): Connection {
  const address = dockerHost ?? DEFAULT_SOCKET;
  const clock = createEngineClock();
  let docker: Docker | undefined;
  const connect = () => {
    try {
      docker ??= withWholeAnswers(new Docker(endpointOf(dockerHost)), clock.hear);
      return docker;
    } catch (error) {
      throw new DomainError(
        "ENGINE_UNREACHABLE",
        `DOCKER_HOST is "${address}", which is not an address such as unix:///var/run/docker.sock or tcp://host:2376. Correct it and start the panel again.`,
        { cause: error },
      );
    }
  };
  /** A late answer does not prove that Docker is away: a container that hangs never answers. */
  async function whyLate(seconds: number, options: AskOptions): Promise<DomainError> {
    if (options.isProof)
      return unreachable(new Error(`no answer within ${seconds} seconds`), address);
    try {
      await ping(options.signal);
      return slow(seconds, address);
    } catch (error) {
      return toDomainError(error, address);
    }
  }
  const ask: Connection["ask"] = (request, options = {}) =>
    withDeadline(
      (signal) => request(connect(), signal),
      address,
      { ...options, seconds: (options.seconds ?? ANSWER_SECONDS) * patience },
      (seconds) => whyLate(seconds, options),
    );
  async function ping(signal?: AbortSignal): Promise<void> {
    const options = { seconds: PING_SECONDS, isProof: true, ...(signal && { signal }) };
    await ask((each) => each.ping(), options);
  }
  return {
    address,
    hostname: hostnameOf(dockerHost),
    clock,
    patience,
    ping,
    ask,
  };
}

async function withDeadline<T>(
  run: (signal: AbortSignal) => Promise<T>,
  address: string,
  { seconds, signal }: AskOptions & { seconds: number },
  whyLate: (seconds: number) => Promise<DomainError>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), seconds * 1000);
  const stop = signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal;
  const stopped = Promise.withResolvers<never>();
  const onAbort = () => stopped.reject(stop.reason);
  stop.addEventListener("abort", onAbort, { once: true });
  try {
    stop.throwIfAborted();
    // Not every call of dockerode takes a signal.
    return await Promise.race([run(stop), stopped.promise]);
  } catch (error) {
    if (signal?.aborted) throw new DomainError("CANCELLED", "It was cancelled.", { cause: error });
    if (deadline.signal.aborted) throw await whyLate(seconds);
    throw toDomainError(error, address);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", onAbort);
  }
}

/** Without a DOCKER_HOST, docker-modem's defaults hold, which know Docker Desktop's socket too. */
function endpointOf(dockerHost: string | undefined): Docker.DockerOptions {
  if (!dockerHost) return {};
  const socket = /^(?:unix|npipe):\/\/(.*)$/.exec(dockerHost);
  // A set `host` would win over the socket.
  if (socket) return { socketPath: socket[1] || DEFAULT_SOCKET, host: undefined };
  const url = new URL(dockerHost.includes("//") ? dockerHost : `tcp://${dockerHost}`);
  if (url.protocol === "ssh:")
    return { protocol: "ssh", host: url.hostname, port: url.port, username: url.username };
  // Whether TLS is used, and with which certificates, docker-modem reads from the environment.
  return { host: url.hostname, port: url.port };
}

function hostnameOf(dockerHost: string | undefined): string {
  if (!dockerHost || /^(?:unix|npipe):/.test(dockerHost)) return "127.0.0.1";
  return URL.parse(dockerHost.includes("//") ? dockerHost : `tcp://${dockerHost}`)?.hostname ?? "";
}

/** A GET whose answer is read as it comes; dockerode reads some of them whole into memory. */
export function openStream(
  docker: Docker,
  path: string,
  query: Readonly<Record<string, string | number | boolean>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = {
      path: `${path}?`,
      method: "GET",
      options: query,
      isStream: true,
      abortSignal: signal,
      statusCodes: { 200: true, 404: "not found", 500: "server error" },
    };
    docker.modem.dial(request, (error, response) =>
      // With `isStream`, docker-modem hands out Node's own response.
      error ? reject(error) : resolve(response as IncomingMessage),
    );
  });
}
