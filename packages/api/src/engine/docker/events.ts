import { messageOf } from "@claw/core/errors";
import { LABEL } from "@claw/core/naming";
import { z } from "zod";
import type { EngineEvent } from "../engine.ts";
import { AsyncQueue } from "./async-queue.ts";
import { findOwn, labelledId, probeIfStarting, probeStarting } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { toDomainError, unreachable } from "./errors.ts";
import { jsonLines } from "./json-lines.ts";

const PING_SECONDS = 5;

/** Not `exec_*`: Docker's own health checks cause three of those every interval. */
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
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});
type DockerEvent = z.infer<typeof DockerEvent>;

/** Changes of our containers, from Docker's event stream and from the health probe. */
export async function* watchEvents(
  context: DockerContext,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  if (signal.aborted) return;
  const stop = new AbortController();
  const queue = new AsyncQueue<EngineEvent>();
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

async function readEvents(
  context: DockerContext,
  queue: AsyncQueue<EngineEvent>,
  signal: AbortSignal,
): Promise<void> {
  const { connection } = context;
  try {
    const stream = await connection.ask(
      (docker, abortSignal) =>
        docker.getEvents({
          // Docker answers a moment before it subscribes; from here on it hands out what it missed.
          since: Date.now() / 1000,
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
    for await (const value of jsonLines(stream)) handle(context, queue, DockerEvent.parse(value));
    queue.end(unreachable(new Error("the event stream ended"), connection.address));
  } catch (error) {
    if (!signal.aborted) queue.end(toDomainError(error, connection.address));
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
    await context.connection.ask((docker) => docker.ping(), {
      seconds: PING_SECONDS,
      signal,
    });
  } catch (error) {
    if (!signal.aborted) queue.end(error);
  }
}

function warn(context: DockerContext, error: unknown): void {
  context.onWarning(`Watching a container that starts: ${messageOf(error)}`);
}
