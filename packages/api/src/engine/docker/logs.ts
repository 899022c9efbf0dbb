import type { IncomingMessage } from "node:http";
import type { InstanceId } from "@claw/core/instance";
import { earliestStamp, type LogCursor, type LogLine, linesAfter } from "@claw/core/log-cursor";
import type { LogQuery } from "../engine.ts";
import { openStream } from "./connection.ts";
import { getOwn } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { failed, toDomainError } from "./errors.ts";
import { createFrameDecoder } from "./log-frames.ts";
import { LineJoiner } from "./log-lines.ts";

const BATCH = 500;
const LATEST_MS = 25;
/** Lines that may wait for a slow reader before Docker's stream is held up. */
const HIGH_WATER = 2 * BATCH;

/** Lines of an instance's log, in batches, as Docker hands them out. */
export async function* readLogs(
  context: DockerContext,
  id: InstanceId,
  query: LogQuery,
): AsyncGenerator<LogLine[]> {
  if (query.signal.aborted) return;
  const info = await getOwn(context, id);
  if (info.Config.Tty) throw failed(`The container of ${id} has a terminal, so it has no log.`);
  const stop = new AbortController();
  const signal = AbortSignal.any([query.signal, stop.signal]);
  try {
    const stream = await context.connection.ask(
      (docker, abortSignal) =>
        openStream(docker, `/containers/${info.Id}/logs`, parameters(query), abortSignal),
      { signal },
    );
    yield* batches(stream, query, context.connection.address);
  } catch (error) {
    if (!query.signal.aborted) throw error;
  } finally {
    stop.abort();
  }
}

function parameters(query: LogQuery): Record<string, string | number | boolean> {
  const common = { stdout: true, stderr: true, timestamps: true, follow: query.follow };
  if (!query.after) return { ...common, tail: query.tail };
  const since = sinceOf(query.after);
  return since === null ? common : { ...common, since };
}

/** A second earlier, as stamps are not in order across the two streams. */
function sinceOf(cursor: LogCursor): string | null {
  const stamp = earliestStamp(cursor);
  if (stamp === null) return null;
  const seconds = Math.floor(Date.parse(stamp) / 1000) - 1;
  return `${seconds}.${stamp.slice(20, 29)}`;
}

async function* batches(
  stream: IncomingMessage,
  query: LogQuery,
  address: string,
): AsyncGenerator<LogLine[]> {
  const inbox: LogLine[] = [];
  let end: { error?: unknown } | null = null;
  let wake = () => {};
  /** How many lines the reader waits for. */
  let wanted = 1;
  const finish = (error?: unknown) => {
    end ??= error === undefined ? {} : { error };
    wake();
  };
  const isNew = query.after ? linesAfter(query.after) : null;
  const joiner = new LineJoiner((line) => {
    if (isNew === null || isNew(line)) inbox.push(line);
  });
  const decode = createFrameDecoder(joiner.onFrame);
  stream.on("data", (chunk: Buffer) => {
    try {
      decode(chunk);
    } catch (error) {
      finish(error);
      stream.destroy();
    }
    if (inbox.length >= HIGH_WATER) stream.pause();
    if (inbox.length >= wanted) wake();
  });
  stream.on("end", () => {
    joiner.end();
    finish();
  });
  stream.on("error", (error) => finish(query.signal.aborted ? undefined : error));
  stream.on("close", () => finish());
  const woken = (ms?: number) =>
    new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  let lastBatch = 0;
  for (;;) {
    if (query.signal.aborted) return;
    if (inbox.length === 0) {
      if (end !== null) break;
      wanted = 1;
      await woken();
      continue;
    }
    // The first line after a pause goes out at once; those that follow it closely together.
    const wait = lastBatch + LATEST_MS - performance.now();
    if (inbox.length < BATCH && end === null && wait > 0) {
      wanted = BATCH;
      await woken(wait);
    }
    const batch = inbox.splice(0, BATCH);
    if (inbox.length < HIGH_WATER) stream.resume();
    lastBatch = performance.now();
    yield batch;
  }
  const { error } = end as { error?: unknown };
  if (error !== undefined) throw toDomainError(error, address);
}
