import { DomainError, hasReason } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { advance, LOG_START, type LogCursor } from "@claw/core/log-cursor";
import type { ContainerEngine } from "../../engine/engine.ts";
import { createLogTail, type TailPiece } from "./log-tail.ts";
import { nextRun, runOf } from "./next-run.ts";
import type { StatusBoard } from "./status-board.ts";

/** Logs that are followed at a time: each costs Docker about 3 MB, which it takes from all. */
const MOST_FOLLOWED = 200;
/** Enough to know of both streams where they are, unless one of them has been silent. */
const LAST_LINES = 100;

/** One reader at the end of a log. */
export interface FollowedLog extends AsyncDisposable {
  /**
   * The place behind which everything is handed out from now on, once it is known; null when
   * there is nothing more to come.
   */
  begin(): Promise<LogCursor | null>;
  /** What came next; "behind" when that is forgotten, until `begin`; null at the end. */
  take(): Promise<TailPiece | "behind" | null>;
}

export interface LogTails extends AsyncDisposable {
  /**
   * Follows an instance's log until `signal` aborts or it is deleted, over stops, starts and new
   * containers. All who follow one log share one stream of the engine's, which ends with the last
   * of them. Throws TOO_MANY_STREAMS when as many logs as are possible are followed already.
   */
  join(id: InstanceId, signal: AbortSignal): FollowedLog;
}

type Tail = ReturnType<typeof createLogTail>;

interface Stream {
  tails: Set<Tail>;
  /** Up to where everybody has been handed out everything. */
  cursor: LogCursor | null;
  /** Resolves when there is such a place, or never will be. */
  known: Promise<void>;
  stop: AbortController;
  done: Promise<void>;
}

export function createLogTails(options: {
  engine: Pick<ContainerEngine, "logs">;
  board: StatusBoard;
  /** Aborted when the panel ends. */
  signal: AbortSignal;
  most?: number;
}): LogTails {
  const { engine, board, most = MOST_FOLLOWED } = options;
  const streams = new Map<InstanceId, Stream>();
  /** Also those that are ending. */
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

  /** Reads one run of the container after the other. */
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

/** Where a container's log ends now. Throws ENGINE_UNREACHABLE when nobody can tell. */
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
