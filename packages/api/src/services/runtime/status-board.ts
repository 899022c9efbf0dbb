import { isDeepStrictEqual } from "node:util";
import { DomainError } from "@claw/core/errors";
import { runOf } from "@claw/core/folder-status";
import type { Instance, InstanceId, InstanceSpec } from "@claw/core/instance";
import type { WatchEvent } from "@claw/core/instance-views";
import { instanceNotFound } from "@claw/core/not-found";
import type { SeenLoad } from "@claw/core/seen-load";
import { nextChangeIn, type ObservedContainer } from "@claw/core/status";
import type { Subject } from "@claw/core/subject";
import { createChangeFeed } from "./change-feed.ts";
import {
  type Facts,
  FRESH,
  type KnownElsewhere,
  runsByItself,
  statusInput,
  toInstance,
} from "./instance-facts.ts";

interface Row extends Facts {
  view: Instance;
  /** The next change of the status that time alone makes. */
  deadline?: NodeJS.Timeout | undefined;
}

export interface StatusBoardOptions extends KnownElsewhere {
  /** An instance could not be made to match its spec. */
  onOwed?: (id: InstanceId) => void;
}

export type StatusBoard = ReturnType<typeof createStatusBoard>;

/** Joins specs with observations into what the page shows, and notifies viewers of changes. */
export function createStatusBoard(options: StatusBoardOptions) {
  const board = createRows(options);
  return {
    ...specSetters(board, options),
    ...factSetters(board, options),
    ...readers(board, options),
    ...feeds(board),
    dispose(): void {
      for (const row of board.rows.values()) clearTimeout(row.deadline);
    },
  };
}

type Rows = ReturnType<typeof createRows>;

/** The rows, each of which derives its view anew when a fact changes or time has passed. */
function createRows(options: StatusBoardOptions) {
  const rows = new Map<InstanceId, Row>();
  const feed = createChangeFeed<InstanceId>();
  const engine = { reachable: false };

  function update(row: Row): void {
    const input = statusInput(row, options, engine.reachable);
    const view = toInstance(row, options, input);
    clearTimeout(row.deadline);
    const left = nextChangeIn(input);
    if (left !== null) row.deadline = setTimeout(() => update(row), left + 10).unref();
    if (isDeepStrictEqual(view, row.view)) return;
    row.view = view;
    feed.notify(row.spec.id);
  }

  function change(id: InstanceId, patch: Partial<Facts>): void {
    const row = rows.get(id);
    if (!row) return;
    Object.assign(row, patch);
    update(row);
  }

  return { rows, feed, engine, update, change };
}

const listed = (rows: ReadonlyMap<InstanceId, Row>): Instance[] =>
  [...rows.values()].map((row) => row.view).sort((a, b) => (a.id < b.id ? -1 : 1));

function specSetters({ rows, feed, engine, update, change }: Rows, options: StatusBoardOptions) {
  return {
    /** Adds or updates a spec. */
    setSpec(spec: InstanceSpec): void {
      if (rows.has(spec.id)) {
        change(spec.id, { spec });
        return;
      }
      const facts = { ...FRESH, spec };
      const view = toInstance(facts, options, statusInput(facts, options, engine.reachable));
      const made: Row = { ...facts, view };
      rows.set(spec.id, made);
      feed.notify(spec.id);
      update(made);
    },

    removeSpec(id: InstanceId): void {
      clearTimeout(rows.get(id)?.deadline);
      if (rows.delete(id)) feed.notify(id);
    },
  };
}

function factSetters({ rows, feed, engine, update, change }: Rows, options: StatusBoardOptions) {
  return {
    setObserved(id: InstanceId, observed: ObservedContainer | null): void {
      const row = rows.get(id);
      if (!row) return;
      const healthy = observed?.state === "running" && observed.health === "healthy";
      const another = observed?.containerId !== row.observed?.containerId;
      const calm = healthy || another ? { lastExitCode: null, lines: [] } : {};
      const silent = observed?.state === "running" && observed.answered && !healthy;
      const silentSince = silent ? (row.silentSince ?? options.now()) : null;
      const load = runOf(observed) === runOf(row.observed) ? row.load : null;
      const well = healthy ? { startError: null } : {};
      change(id, { observed, silentSince, load, ...calm, ...well });
    },
    /** What the gateway of the current run has answered; null: it says nothing about itself. */
    setLoad(id: InstanceId, load: Pick<SeenLoad, "isBusy"> | null): void {
      change(id, { load: load && { isBusy: load.isBusy, at: options.now() } });
    },

    setExited: (id: InstanceId, lastExitCode: number): void => change(id, { lastExitCode }),
    setStartError(id: InstanceId, startError: string | null): void {
      change(
        id,
        startError === null ? { startError, lastExitCode: null, lines: [] } : { startError },
      );
      if (startError !== null && rows.has(id)) options.onOwed?.(id);
    },
    /** The container run that uses another data folder, or null if it is the same. */
    setReplaced: (id: InstanceId, replacedIn: string | null): void => change(id, { replacedIn }),
    /** Time of the next attempt for an instance. */
    setRetry: (id: InstanceId, retryAt: string | null): void => change(id, { retryAt }),
    setLines: (id: InstanceId, lines: readonly string[]): void => change(id, { lines }),

    setReachable(next: boolean): void {
      if (engine.reachable === next) return;
      engine.reachable = next;
      feed.notify(null);
      for (const row of rows.values()) update(row);
    },

    /** Re-derives the status after a change of the panel's own operations. */
    touch: (id: InstanceId): void => change(id, {}),
  };
}

function readers({ rows, engine }: Rows, options: StatusBoardOptions) {
  return {
    ids: (): InstanceId[] => [...rows.keys()],
    isReachable: () => engine.reachable,
    list: (): Instance[] => listed(rows),
    /** Its gateway takes requests, also while the panel has begun to stop it. */
    isServing(id: InstanceId): boolean {
      const row = rows.get(id);
      return row ? runsByItself(row, statusInput(row, options, engine.reachable)) : false;
    },
    isOwed: (id: InstanceId): boolean => (rows.get(id)?.startError ?? null) !== null,

    /** Throws INSTANCE_NOT_FOUND. */
    get(id: InstanceId): Instance {
      const row = rows.get(id);
      if (row) return row.view;
      throw instanceNotFound(id);
    },
    /** Uid and owner's user id of an instance; undefined if it does not exist. */
    identityOf: (id: InstanceId): Pick<InstanceSpec, "uid" | "owner"> | undefined =>
      rows.get(id)?.spec,
    specOf: (id: InstanceId): InstanceSpec | undefined => rows.get(id)?.spec,
    findByLabel: (label: string): InstanceSpec | undefined =>
      [...rows.values()].find(({ spec }) => spec.label === label)?.spec,
    /** Existing instances among `ids`, as they are now. */
    subjectsOf: (ids: readonly InstanceId[]): Subject[] =>
      ids.flatMap((id) => {
        const spec = rows.get(id)?.spec;
        return spec ? [{ id, uid: spec.uid, owner: options.nameOf?.(spec.owner) ?? null }] : [];
      }),
    find: (id: InstanceId): Instance | null => rows.get(id)?.view ?? null,
    observedOf: (id: InstanceId): ObservedContainer | null => rows.get(id)?.observed ?? null,
  };
}

function feeds({ rows, feed, engine }: Rows) {
  return {
    /** Ids that changed since the last read; null: reachability, which concerns all. */
    changes: (signal: AbortSignal) => feed.subscribe(signal),

    /** A snapshot, then every change. A slow viewer gets the latest state, never a backlog. */
    async *watch(signal: AbortSignal): AsyncGenerator<WatchEvent> {
      const changes = feed.subscribe(signal);
      yield { type: "snapshot", instances: listed(rows) };
      yield { type: "engine", reachable: engine.reachable };
      for await (const changed of changes) {
        if (changed.has(null)) yield { type: "engine", reachable: engine.reachable };
        for (const id of changed) {
          if (id === null) continue;
          const instance = rows.get(id)?.view;
          yield instance ? { type: "changed", instance } : { type: "removed", id };
        }
      }
    },

    /** Resolves with the instance once `holds` returns true (null: deleted). */
    async until(
      id: InstanceId,
      holds: (instance: Instance | null) => boolean,
      signal: AbortSignal,
    ): Promise<Instance | null> {
      const now = () => rows.get(id)?.view ?? null;
      if (holds(now())) return now();
      for await (const _ of feed.subscribe(signal)) if (holds(now())) return now();
      throw new DomainError("CANCELLED", "The wait was given up.");
    },
  };
}
