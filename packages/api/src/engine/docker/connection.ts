import type { IncomingMessage } from "node:http";
import { DomainError } from "@claw/core/errors";
import Docker from "dockerode";
import { createEngineClock, type EngineClock } from "./engine-clock.ts";
import { slow, toDomainError, unreachable } from "./errors.ts";
import { withWholeAnswers } from "./whole-answers.ts";

const DEFAULT_SOCKET =
  process.platform === "win32" ? "//./pipe/docker_engine" : "/var/run/docker.sock";

/** For requests that make Docker work, not only report: under load these take a while. */
export const WORK_SECONDS = 120;
const ANSWER_SECONDS = 30;
const PING_SECONDS = 5;

export interface AskOptions {
  /** Docker's time limit for the answer. */
  seconds?: number;
  /** Ends the request, even after its stream was handed out. */
  signal?: AbortSignal;
  /** This request tells whether Docker is there: when late, Docker is away; no ping follows. */
  isProof?: boolean;
}

/** The connection to a Docker Engine. */
export interface Connection {
  /** Docker's address, for messages. */
  readonly address: string;
  /** Host name at which ports published by Docker are reached. */
  readonly hostname: string;
  /** Docker's clock, from the dates of its answers. */
  readonly clock: EngineClock;
  /** Multiplies every time limit of Docker's answers. */
  readonly patience: number;
  /**
   * Runs a request. Rejects with a DomainError: ENGINE_UNREACHABLE when Docker is away, ENGINE_SLOW
   * when it exceeds the limit but answers a ping, CANCELLED when `signal` aborts.
   */
  ask<T>(
    request: (docker: Docker, signal: AbortSignal) => Promise<T>,
    options?: AskOptions,
  ): Promise<T>;
  /** Resolves when Docker answers within 5 s; otherwise rejects with ENGINE_UNREACHABLE. */
  ping(signal?: AbortSignal): Promise<void>;
}

/** Connects lazily; does not throw when Docker is away. */
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
  /** A late answer does not prove that Docker is away: a hung container never answers. */
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
    // Not every dockerode call takes a signal.
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

/**
 * Without a DOCKER_HOST, the defaults of docker-modem apply, which include Docker Desktop's socket.
 */
function endpointOf(dockerHost: string | undefined): Docker.DockerOptions {
  if (!dockerHost) return {};
  const socket = /^(?:unix|npipe):\/\/(.*)$/.exec(dockerHost);
  // A set `host` would override the socket.
  if (socket) return { socketPath: socket[1] || DEFAULT_SOCKET, host: undefined };
  const url = new URL(dockerHost.includes("//") ? dockerHost : `tcp://${dockerHost}`);
  if (url.protocol === "ssh:")
    return { protocol: "ssh", host: url.hostname, port: url.port, username: url.username };
  // docker-modem reads TLS and its certificates from the environment.
  return { host: url.hostname, port: url.port };
}

function hostnameOf(dockerHost: string | undefined): string {
  if (!dockerHost || /^(?:unix|npipe):/.test(dockerHost)) return "127.0.0.1";
  return URL.parse(dockerHost.includes("//") ? dockerHost : `tcp://${dockerHost}`)?.hostname ?? "";
}

/** A GET with a streamed answer; dockerode buffers some answers whole. */
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
      // With `isStream`, docker-modem returns Node's own response.
      error ? reject(error) : resolve(response as IncomingMessage),
    );
  });
}
