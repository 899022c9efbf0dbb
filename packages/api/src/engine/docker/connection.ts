import type { IncomingMessage } from "node:http";
import { DomainError } from "@claw/core/errors";
import Docker from "dockerode";
import { toDomainError, unreachable } from "./errors.ts";
import { withWholeAnswers } from "./whole-answers.ts";

const DEFAULT_SOCKET =
  process.platform === "win32" ? "//./pipe/docker_engine" : "/var/run/docker.sock";

/** For what Docker does rather than tells: under load, that takes a while. */
export const WORK_SECONDS = 120;
const ANSWER_SECONDS = 30;

export interface AskOptions {
  /** How long Docker may take until it answers. */
  seconds?: number;
  /** Ends the request, also when it is a stream that was handed out. */
  signal?: AbortSignal;
}

/** The way to one Docker Engine. */
export interface Connection {
  /** Where Docker is, for sentences. */
  readonly address: string;
  /** Host name under which ports published by Docker are reached. */
  readonly hostname: string;
  /**
   * Runs a request. Rejects with a DomainError: ENGINE_UNREACHABLE when Docker is away or takes
   * too long, CANCELLED when `signal` aborts.
   */
  ask<T>(
    request: (docker: Docker, signal: AbortSignal) => Promise<T>,
    options?: AskOptions,
  ): Promise<T>;
}

/** Does not connect yet, and does not throw when Docker is away. */
export function createConnection(dockerHost: string | undefined): Connection {
  const address = dockerHost ?? DEFAULT_SOCKET;
  let docker: Docker | undefined;
  const connect = () => {
    try {
      docker ??= withWholeAnswers(new Docker(endpointOf(dockerHost)));
      return docker;
    } catch (error) {
      throw new DomainError(
        "ENGINE_UNREACHABLE",
        `DOCKER_HOST is "${address}", which is not an address such as unix:///var/run/docker.sock or tcp://host:2376. Correct it and start the panel again.`,
        { cause: error },
      );
    }
  };
  return {
    address,
    hostname: hostnameOf(dockerHost),
    ask: (request, options = {}) =>
      withDeadline((signal) => request(connect(), signal), address, options),
  };
}

async function withDeadline<T>(
  run: (signal: AbortSignal) => Promise<T>,
  address: string,
  { seconds = ANSWER_SECONDS, signal }: AskOptions,
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
    if (deadline.signal.aborted)
      throw unreachable(new Error(`no answer within ${seconds} seconds`), address);
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
