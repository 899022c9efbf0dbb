import { setTimeout as delay } from "node:timers/promises";
import { DomainError, messageOf } from "@claw/core/errors";
import { LABEL } from "@claw/core/naming";
import { z } from "zod";
import type { EngineEvent } from "../engine.ts";
import { AsyncQueue } from "./async-queue.ts";
import { findOwn, labelledId, probeIfStarting, probeStarting } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { statusOf, toDomainError } from "./errors.ts";
import { jsonLines } from "./json-lines.ts";

/** Limits how often short streams are reopened. */
const REOPEN_EVERY_MS = 500;

/** Above this, a resync is cheaper. */
const UNREAD_EVENTS = 10_000;
const NANOSECONDS_PER_MS = 1e6;
const NANOSECONDS_PER_S = 1e9;

/** Without `exec_*`: Docker's own health checks cause three of those every interval. */
const ACTIONS = [
  "create",
  "start",
  "restart",
  "die",
  "kill",
  "stop",
  "oom",
  "pause",
  "unpause",
  "rename",
  "update",
  "destroy",
  "health_status",
];

const DockerEvent = z.object({
  Action: z.string(),
  timeNano: z.number(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});
type DockerEvent = z.infer<typeof DockerEvent>;

/** Changes of our containers, from Docker's event stream and the health probe. */
export async function* watchEvents(
  context: DockerContext,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  if (signal.aborted) return;
  const stop = new AbortController();
  const queue = new AsyncQueue<EngineEvent>({
    limit: UNREAD_EVENTS,
    instead: { type: "connected" },
  });
  const onAbort = () => {
    queue.end();
    stop.abort();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  const endProbe = context.probe.listen((id) => queue.push({ type: "changed", id }));
  let pings: NodeJS.Timeout | undefined;
  try {
    void readEvents(context, queue, stop.signal);
    pings = setInterval(() => void ping(context, queue, stop.signal), context.pingEveryMs);
    yield* queue.read();
  } finally {
    clearInterval(pings);
    endProbe();
    signal.removeEventListener("abort", onAbort);
    stop.abort();
  }
}

/** Position in the events, in Docker's nanoseconds. */
interface Progress {
  seenNano: number | null;
}

/** Docker Desktop cuts the stream every few seconds: that alone is no fault. */
async function readEvents(
  context: DockerContext,
  queue: AsyncQueue<EngineEvent>,
  signal: AbortSignal,
): Promise<void> {
  const progress: Progress = { seenNano: null };
  try {
    while (!signal.aborted) {
      const opened = performance.now();
      // Also yields Docker's time, from which on events are requested.
      await context.connection.ping(signal);
      await readStream(context, queue, progress, signal).catch((error: unknown) => {
        if (!isCut(error)) throw error;
      });
      const pause = opened + REOPEN_EVERY_MS - performance.now();
      if (pause > 0) await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  } catch (error) {
    if (!signal.aborted) queue.end(toDomainError(error, context.connection.address));
  }
}

/** The error is not a refusal by Docker. */
const isCut = (error: unknown) =>
  error instanceof DomainError ? error.reason === "ENGINE_UNREACHABLE" : statusOf(error) === null;

/** Reads one event stream to its end. */
async function readStream(
  context: DockerContext,
  queue: AsyncQueue<EngineEvent>,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { connection } = context;
  progress.seenNano ??= connection.clock.atLeast() * NANOSECONDS_PER_MS;
  const since = progress.seenNano / NANOSECONDS_PER_S;
  const stream = await connection.ask(
    (docker, abortSignal) =>
      docker.getEvents({
        // Docker answers just before it subscribes; from here on it delivers what it missed.
        since,
        filters: {
          type: ["container"],
          label: [`${LABEL.home}=${context.home}`],
          event: ACTIONS,
        },
        abortSignal,
      }),
    { signal },
  );
  queue.push({ type: "connected" });
  probeStarting(context).catch((error) => warn(context, error));
  for await (const value of jsonLines(stream)) {
    const event = DockerEvent.parse(value);
    if (event.timeNano <= progress.seenNano) continue;
    progress.seenNano = event.timeNano;
    handle(context, queue, event);
  }
}

function handle(
  context: DockerContext,
  queue: AsyncQueue<EngineEvent>,
  { Action: action, Actor: actor }: DockerEvent,
): void {
  const id = labelledId(actor.Attributes);
  if (id === null) return;
  if (action === "start" || action === "unpause")
    findOwn(context, id)
      .then((info) => info && probeIfStarting(context, id, info))
      .catch((error) => warn(context, error));
  if (["die", "destroy", "pause"].includes(action)) context.probe.forget(actor.ID);
  const exitCode = action === "die" ? Number(actor.Attributes.exitCode) : Number.NaN;
  queue.push({ type: "changed", id, ...(Number.isNaN(exitCode) ? {} : { exitCode }) });
}

async function ping(
  context: DockerContext,
  queue: AsyncQueue<EngineEvent>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await context.connection.ping(signal);
  } catch (error) {
    if (!signal.aborted) queue.end(error);
  }
}

function warn(context: DockerContext, error: unknown): void {
  context.onWarning(`Watching a container that starts: ${messageOf(error)}`);
}
