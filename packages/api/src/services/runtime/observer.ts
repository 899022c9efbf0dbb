import { setTimeout as delay } from "node:timers/promises";
import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Log } from "../../log.ts";
import { createBackground } from "./background.ts";
import { coalescedBy } from "./coalesced.ts";
import { createFailureLines } from "./failure-lines.ts";
import { createOrphans } from "./orphans.ts";
import type { StatusBoard } from "./status-board.ts";

/** Delay before asking an unreachable engine again. */
const RECONNECT_MS = 500;
/** Delay before asking again about a container that the engine does not describe. */
const SILENT_MS = 5_000;

export interface ObserverOptions {
  engine: ContainerEngine;
  board: StatusBoard;
  log: Log;
  /**
   * Called after each resync, because the engine became reachable (`isAnew`) or its events were
   * interrupted: operations of that moment may be unfinished.
   */
  onConnected: (isAnew: boolean) => void;
  /** Called when the orphans or the engine error may have changed. */
  onChange?: () => void;
}

export type Observer = ReturnType<typeof createObserver>;

/** Keeps the board in sync with the engine: by events, and by a resync after each interruption. */
export function createObserver({ engine, board, log, onConnected, onChange }: ObserverOptions) {
  const stopped = new AbortController();
  const orphans = createOrphans((id) => board.find(id) !== null);
  const failures = createFailureLines({ engine, board, signal: stopped.signal });
  const background = createBackground((error) => {
    // The event stream reports an unreachable engine; the next refresh, a removed container.
    if (!hasReason(error, "ENGINE_UNREACHABLE", "INSTANCE_NOT_FOUND"))
      log.warn({ err: error }, "looking at an instance failed");
  });
  /** Refreshes one instance; calls during a refresh share the next one. */
  const refresh = coalescedBy(look);
  /** Instances refreshed until the engine describes them. */
  const silent = new Set<InstanceId>();
  /** Instances refreshed individually since the last resync began. */
  const looked = new Set<InstanceId>();
  let lastError: string | null = null;

  /** `isAnew`: changes since the last resync were not reported. */
  async function resync(isAnew: boolean): Promise<void> {
    looked.clear();
    const containers = await engine.list();
    board.setReachable(true);
    orphans.replace(containers);
    for (const id of board.ids()) {
      // A refresh meanwhile is more recent.
      if (looked.has(id)) continue;
      board.setObserved(id, containers.get(id) ?? null);
      if (isAnew) failures.noteEnd(id);
      explain(id);
      persist(id);
    }
    if (lastError !== null) log.info("Docker answers again");
    lastError = null;
    onChange?.();
    onConnected(isAnew);
  }

  async function look(id: InstanceId): Promise<void> {
    const containers = await engine.list(id);
    const observed = containers.get(id) ?? null;
    looked.add(id);
    if (orphans.note(id, observed)) onChange?.();
    board.setObserved(id, observed);
    explain(id);
    persist(id);
  }

  function explain(id: InstanceId): void {
    if (failures.areWanted(id)) background.begin(() => failures.read(id));
  }

  /** No event tells when the engine can describe such a container again. */
  function persist(id: InstanceId): void {
    if (board.observedOf(id)?.state !== "unknown" || silent.has(id)) return;
    silent.add(id);
    background.begin(async () => {
      await delay(SILENT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      silent.delete(id);
      if (!stopped.signal.aborted) await seeChange(id);
    });
  }

  /** Repeats a refresh that fails while events flow: no other event would report the change. */
  async function seeChange(id: InstanceId): Promise<void> {
    for (;;) {
      try {
        return await refresh(id);
      } catch (error) {
        if (!hasReason(error, "ENGINE_UNREACHABLE", "ENGINE_SLOW") || !board.isReachable())
          throw error;
      }
      await delay(RECONNECT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
    }
  }

  async function observe(): Promise<void> {
    let isAnew = true;
    for await (const event of engine.events(stopped.signal)) {
      if (event.type === "connected") {
        await resync(isAnew);
        isAnew = false;
        continue;
      }
      if (event.exitCode !== undefined) {
        failures.noteEnd(event.id);
        board.setExited(event.id, event.exitCode);
      }
      background.begin(() => seeChange(event.id));
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await observe();
      } catch (error) {
        board.setReachable(false);
        if (lastError !== messageOf(error)) log.warn(messageOf(error));
        lastError = messageOf(error);
        onChange?.();
        await delay(RECONNECT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  }

  let running: Promise<void> | undefined;
  return {
    start(): void {
      running ??= run();
    },
    refresh,
    orphans: orphans.list,
    /** Why the engine is unreachable, or null. */
    lastError: (): string | null => (board.isReachable() ? null : lastError),
    async [Symbol.asyncDispose](): Promise<void> {
      stopped.abort();
      await running;
      await background.ended();
      board.dispose();
    },
  };
}
