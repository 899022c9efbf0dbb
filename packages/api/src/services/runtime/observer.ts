import { setTimeout as delay } from "node:timers/promises";
import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { isRestoreTestId } from "@claw/core/naming";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Log } from "../../log.ts";
import { coalesced } from "./coalesced.ts";
import type { StatusBoard } from "./status-board.ts";

/** Delay before asking an unreachable engine again. */
const RECONNECT_MS = 500;
/** Delay before asking again about a container that the engine does not describe. */
const SILENT_MS = 5_000;
const REASON_LINES = 20;
/** Every viewer receives these lines, so a line must not hold a whole dump. */
const REASON_CHARACTERS = 1_000;

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

const shortened = (text: string) =>
  text.length > REASON_CHARACTERS ? `${text.slice(0, REASON_CHARACTERS)}…` : text;

export type Observer = ReturnType<typeof createObserver>;

/** Keeps the board in sync with the engine: by events, and by a resync after each interruption. */
export function createObserver({ engine, board, log, onConnected, onChange }: ObserverOptions) {
  const stopped = new AbortController();
  const looking = new Map<InstanceId, { callers: number; run: () => Promise<void> }>();
  const orphans = new Map<InstanceId, string>();
  const background = new Set<Promise<void>>();
  /** Instances refreshed until the engine describes them. */
  const silent = new Set<InstanceId>();
  /** Instances refreshed individually since the last resync began. */
  const looked = new Set<InstanceId>();
  /** Instances that ended since their last lines were read. */
  const ended = new Set<InstanceId>();
  let lastError: string | null = null;

  /** `isAnew`: changes since the last resync were not reported. */
  async function resync(isAnew: boolean): Promise<void> {
    looked.clear();
    const containers = await engine.list();
    board.setReachable(true);
    orphans.clear();
    const known = new Set(board.ids());
    for (const [id, observed] of containers)
      if (!known.has(id) && !isRestoreTestId(id)) orphans.set(id, observed.containerId);
    for (const id of known) {
      // A refresh meanwhile is more recent.
      if (looked.has(id)) continue;
      board.setObserved(id, containers.get(id) ?? null);
      if (isAnew) ended.add(id);
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
    // Restore tests are handled by their job.
    const known = board.find(id) !== null || isRestoreTestId(id);
    const before = orphans.get(id);
    if (known || observed === null) orphans.delete(id);
    else orphans.set(id, observed.containerId);
    if (orphans.get(id) !== before) onChange?.();
    board.setObserved(id, observed);
    explain(id);
    persist(id);
  }

  /** No event tells when the engine can describe such a container again. */
  function persist(id: InstanceId): void {
    if (board.observedOf(id)?.state !== "unknown" || silent.has(id)) return;
    silent.add(id);
    inBackground(async () => {
      await delay(SILENT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      silent.delete(id);
      if (!stopped.signal.aborted) await seeChange(id);
    });
  }

  /** Refreshes one instance; calls during a refresh share the next one. */
  async function refresh(id: InstanceId): Promise<void> {
    const entry = looking.get(id) ?? { callers: 0, run: coalesced(() => look(id)) };
    looking.set(id, entry);
    entry.callers += 1;
    try {
      await entry.run();
    } finally {
      entry.callers -= 1;
      if (entry.callers === 0) looking.delete(id);
    }
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

  /** Fetches the last lines of an instance in error, again after each end. */
  function explain(id: InstanceId): void {
    const view = board.find(id);
    if (view?.status !== "error" || board.observedOf(id) === null) return;
    if (view.statusDetail?.lines.length && !ended.has(id)) return;
    ended.delete(id);
    inBackground(async () => {
      const lines: string[] = [];
      const query = { tail: REASON_LINES, follow: false, signal: stopped.signal };
      for await (const batch of engine.logs(id, query))
        lines.push(...batch.map((line) => shortened(line.text)));
      board.setLines(id, lines.slice(-REASON_LINES));
    });
  }

  function inBackground(action: () => Promise<void>): void {
    const running = action()
      .catch((error: unknown) => {
        // The event stream reports an unreachable engine; the next refresh, a removed container.
        if (!hasReason(error, "ENGINE_UNREACHABLE", "INSTANCE_NOT_FOUND"))
          log.warn({ err: error }, "looking at an instance failed");
      })
      .finally(() => background.delete(running));
    background.add(running);
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
        ended.add(event.id);
        board.setExited(event.id, event.exitCode);
      }
      inBackground(() => seeChange(event.id));
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
    /** Containers with our label but no spec: reported, never touched. */
    orphans: (): { id: InstanceId; container: string }[] =>
      [...orphans].map(([id, container]) => ({ id, container })),
    /** Why the engine is unreachable, or null. */
    lastError: (): string | null => (board.isReachable() ? null : lastError),
    async [Symbol.asyncDispose](): Promise<void> {
      stopped.abort();
      await running;
      await Promise.all(background);
      board.dispose();
    },
  };
}
