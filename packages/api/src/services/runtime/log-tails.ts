import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor } from "@claw/core/log-cursor";
import type { ContainerEngine } from "../../engine/engine.ts";
import { createLogTail, type TailPiece } from "./log-tail.ts";
import { nextRun, runOf } from "./next-run.ts";
import type { StatusBoard } from "./status-board.ts";

/** Followed logs at a time: each takes about 3 MB of Docker's memory from everyone. */
const MOST_FOLLOWED = 200;
/** Enough to find the position of both streams, unless one has been silent. */
const LAST_LINES = 100;

/** A reader at the end of a log. */
export interface FollowedLog extends AsyncDisposable {
  /** The position from which everything is delivered, once known; null if nothing will follow. */
  begin(): Promise<LogCursor | null>;
  /** The next lines; "behind" if they were dropped, until `begin`; null at the end. */
  take(): Promise<TailPiece | "behind" | null>;
}

export interface LogTails extends AsyncDisposable {
  /**
   * Follows an instance's log until `signal` aborts or it is deleted, across stops, starts and new
   * containers. All readers of a log share one engine stream, which ends with the last of them.
   * Throws TOO_MANY_STREAMS at the limit of followed logs.
   */
  join(id: InstanceId, signal: AbortSignal): FollowedLog;
}

type Tail = ReturnType<typeof createLogTail>;

interface Stream {
  tails: Set<Tail>;
  /** Position up to which all readers have received everything. */
  cursor: LogCursor | null;
  /** Resolves when the position is known, or never will be. */
  known: Promise<void>;
  stop: AbortController;
  done: Promise<void>;
}

export function createLogTails(options: {
  engine: Pick<ContainerEngine, "logs">;
  board: StatusBoard;
  /** Aborts when the panel ends. */
  signal: AbortSignal;
  most?: number;
}): LogTails {
  const { engine, board, most = MOST_FOLLOWED } = options;
  const streams = new Map<InstanceId, Stream>();
  /** Including streams that are ending. */
  const open = new Set<Stream>();

  function openStream(id: InstanceId): Stream {
    if (open.size >= most)
      throw new DomainError(
        "TOO_MANY_STREAMS",
        `The logs of ${most} instances are followed already, by all who look at the panel together; more would cost Docker too much memory. Close logs that are not needed, or try again later.`,
      );
    const stop = new AbortController();
    const known = Promise.withResolvers<void>();
    const stream: Stream = {
      tails: new Set(),
      cursor: null,
      known: known.promise,
      stop,
      done: Promise.resolve(),
    };
    const signal = AbortSignal.any([stop.signal, options.signal]);
    const finish = (error?: unknown) => {
      open.delete(stream);
      if (streams.get(id) === stream) streams.delete(id);
      for (const tail of stream.tails) tail.end(error);
      known.resolve();
    };
    open.add(stream);
    streams.set(id, stream);
    stream.done = follow(id, stream, signal, known.resolve).then(
      () => finish(),
      (error: unknown) => finish(signal.aborted ? undefined : error),
    );
    return stream;
  }

  /** Reads the runs of the container in turn. */
  async function follow(
    id: InstanceId,
    stream: Stream,
    signal: AbortSignal,
    onKnown: () => void,
  ): Promise<void> {
    let damaged = 0;
    const onDamage = (lines: number) => {
      damaged += lines;
    };
    while (!signal.aborted) {
      const run = runOf(board, id);
      try {
        stream.cursor ??= await endOfLog(engine, id, signal);
        onKnown();
        const query = { after: stream.cursor, tail: 0, follow: true, onDamage, signal };
        for await (const lines of engine.logs(id, query)) {
          stream.cursor = advance(stream.cursor, lines);
          for (const tail of stream.tails) tail.give(lines, damaged);
          damaged = 0;
        }
      } catch (error) {
        if (!hasReason(error, "INSTANCE_NOT_FOUND", "ENGINE_UNREACHABLE")) throw error;
      }
      await nextRun(board, id, run, signal);
      if (board.find(id) === null) return;
    }
  }

  return {
    join(id, signal) {
      const stream = streams.get(id) ?? openStream(id);
      const tail = createLogTail();
      const leave = () => tail.end();
      stream.tails.add(tail);
      if (signal.aborted) leave();
      signal.addEventListener("abort", leave, { once: true });
      return {
        async begin() {
          await Promise.race([stream.known, tail.ended]);
          if (tail.isOver()) return null;
          tail.restart();
          return stream.cursor;
        },
        take: tail.take,
        async [Symbol.asyncDispose]() {
          signal.removeEventListener("abort", leave);
          stream.tails.delete(tail);
          if (stream.tails.size > 0) return;
          if (streams.get(id) === stream) streams.delete(id);
          stream.stop.abort();
          await stream.done;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...open].map(({ done }) => done));
    },
  };
}

/** Current end of a container's log. Throws ENGINE_UNREACHABLE if unknown. */
export async function endOfLog(
  engine: Pick<ContainerEngine, "logs">,
  id: InstanceId,
  signal: AbortSignal,
): Promise<LogCursor> {
  let end = LOG_START;
  try {
    for await (const lines of engine.logs(id, { tail: LAST_LINES, follow: false, signal }))
      end = advance(end, lines);
    return end;
  } catch (error) {
    if (hasReason(error, "INSTANCE_NOT_FOUND")) return LOG_START;
    throw error;
  }
}
