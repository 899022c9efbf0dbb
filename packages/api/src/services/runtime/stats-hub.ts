import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { InstanceStats } from "@claw/core/instance-views";
import type { ContainerEngine, ContainerStats } from "../../engine/engine.ts";
import type { Log } from "../../log.ts";
import { createChangeFeed } from "./change-feed.ts";
import type { StatusBoard } from "./status-board.ts";

/** Interval of updates to viewers. */
const EVERY_MS = 2_000;

export interface StatsHub extends AsyncDisposable {
  /**
   * Resource usage of the running instances, or of those in `ids`, every 2 s. Reads one engine
   * stream per instance, and only while somebody watches. Always empty on an engine that cannot
   * measure.
   */
  watch(ids: readonly InstanceId[] | null, signal: AbortSignal): AsyncIterable<InstanceStats[]>;
}

interface Reader {
  stop: AbortController;
  done: Promise<void>;
}

export function createStatsHub(options: {
  engine: ContainerEngine;
  board: StatusBoard;
  log: Log;
}): StatsHub {
  const { engine, board, log } = options;
  const ticks = createChangeFeed<"tick">();
  const viewers = new Map<symbol, ReadonlySet<InstanceId> | null>();
  const readers = new Map<InstanceId, Reader>();
  const latest = new Map<InstanceId, ContainerStats>();
  let timer: NodeJS.Timeout | undefined;

  /** Ids that are watched and running. */
  function wanted(): Set<InstanceId> {
    if (!engine.capabilities.stats) return new Set();
    const all = [...viewers.values()].includes(null);
    const asked = new Set([...viewers.values()].flatMap((ids) => [...(ids ?? [])]));
    const up = board.list().filter(({ status }) => status === "running" || status === "starting");
    return new Set(up.map(({ id }) => id).filter((id) => all || asked.has(id)));
  }

  function adjust(): void {
    const ids = wanted();
    for (const [id, reader] of readers) if (!ids.has(id)) reader.stop.abort();
    for (const id of ids) if (!readers.has(id)) readers.set(id, read(id));
    if (viewers.size > 0) timer ??= setInterval(tick, EVERY_MS);
    else {
      clearInterval(timer);
      timer = undefined;
    }
  }

  function tick(): void {
    adjust();
    ticks.notify("tick");
  }

  function read(id: InstanceId): Reader {
    const stop = new AbortController();
    const run = async () => {
      try {
        for await (const stats of engine.stats(id, stop.signal)) latest.set(id, stats);
      } catch (error) {
        // The status reports it; the next tick retries while the instance seems to run.
        if (!hasReason(error, "ENGINE_UNREACHABLE", "INSTANCE_NOT_FOUND", "CANCELLED"))
          log.warn(`reading what ${id} uses: ${messageOf(error)}`);
      } finally {
        latest.delete(id);
        readers.delete(id);
      }
    };
    return { stop, done: run() };
  }

  return {
    async *watch(ids, signal) {
      const viewer = Symbol("viewer");
      const own = ids === null ? null : new Set(ids);
      viewers.set(viewer, own);
      try {
        adjust();
        for await (const _ of ticks.subscribe(signal))
          yield [...latest]
            .filter(([id]) => own === null || own.has(id))
            .map(([id, stats]) => ({ id, ...stats }));
      } finally {
        viewers.delete(viewer);
        adjust();
      }
    },
    async [Symbol.asyncDispose]() {
      viewers.clear();
      const ending = [...readers.values()].map(({ done }) => done);
      adjust();
      await Promise.all(ending);
    },
  };
}
