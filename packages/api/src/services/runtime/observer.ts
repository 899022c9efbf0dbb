import { setTimeout as delay } from "node:timers/promises";
import { hasReason, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { isRestoreTestId } from "@claw/core/naming";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Log } from "../../log.ts";
import type { StatusBoard } from "./status-board.ts";

/** How long to wait before the engine is asked again after it went away. */
const RECONNECT_MS = 500;
/** How soon it is asked again about a container of which it says nothing. */
const SILENT_MS = 5_000;
const REASON_LINES = 20;
/** Every viewer is sent these lines: one of them is no place for a whole dump. */
const REASON_CHARACTERS = 1_000;

export interface ObserverOptions {
  engine: ContainerEngine;
  board: StatusBoard;
  log: Log;
  /**
   * Called each time everything was looked at, because the engine has become reachable (`isAnew`)
   * or its events were cut for a moment: what was asked of it then may be half done.
   */
  onConnected: (isAnew: boolean) => void;
}

const shortened = (text: string) =>
  text.length > REASON_CHARACTERS ? `${text.slice(0, REASON_CHARACTERS)}…` : text;

export type Observer = ReturnType<typeof createObserver>;

/** Keeps the board true to the engine: events while they flow, a full look after each break. */
export function createObserver({ engine, board, log, onConnected }: ObserverOptions) {
  const stopped = new AbortController();
  const looking = new Map<InstanceId, { again: boolean; done: Promise<void> }>();
  const orphans = new Map<InstanceId, string>();
  const background = new Set<Promise<void>>();
  /** Instances that are being looked at until the engine says how they are. */
  const silent = new Set<InstanceId>();
  /** Instances that were looked at alone since the last look at all began. */
  const looked = new Set<InstanceId>();
  /** Instances that ended since their last lines were read. */
  const ended = new Set<InstanceId>();
  let lastError: string | null = null;

  /** `isAnew`: nobody has told of changes since the last look. */
  async function resync(isAnew: boolean): Promise<void> {
    looked.clear();
    const containers = await engine.list();
    board.setReachable(true);
    orphans.clear();
    const known = new Set(board.ids());
    for (const [id, observed] of containers)
      if (!known.has(id) && !isRestoreTestId(id)) orphans.set(id, observed.containerId);
    for (const id of known) {
      // What was seen of it alone meanwhile is newer.
      if (looked.has(id)) continue;
      board.setObserved(id, containers.get(id) ?? null);
      if (isAnew) ended.add(id);
      explain(id);
      persist(id);
    }
    if (lastError !== null) log.info("Docker answers again");
    lastError = null;
    onConnected(isAnew);
  }

  async function look(id: InstanceId): Promise<void> {
    const containers = await engine.list(id);
    const observed = containers.get(id) ?? null;
    looked.add(id);
    // What is tried out is looked after by its job.
    const known = board.find(id) !== null || isRestoreTestId(id);
    if (known || observed === null) orphans.delete(id);
    else orphans.set(id, observed.containerId);
    board.setObserved(id, observed);
    explain(id);
    persist(id);
  }

  /** No event tells when a container of which the engine says nothing can be described again. */
  function persist(id: InstanceId): void {
    if (board.observedOf(id)?.state !== "unknown" || silent.has(id)) return;
    silent.add(id);
    inBackground(async () => {
      await delay(SILENT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      silent.delete(id);
      if (!stopped.signal.aborted) await seeChange(id);
    });
  }

  /** Looks at one instance; calls while a look is under way share the next one. */
  async function refresh(id: InstanceId): Promise<void> {
    const running = looking.get(id);
    if (running) {
      running.again = true;
      return running.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    entry.done = (async () => {
      try {
        do {
          entry.again = false;
          await look(id);
        } while (entry.again);
      } finally {
        looking.delete(id);
      }
    })();
    looking.set(id, entry);
    return entry.done;
  }

  /** A look that fails while events flow is repeated: no other event would tell what it missed. */
  async function seeChange(id: InstanceId): Promise<void> {
    for (;;) {
      try {
        return await refresh(id);
      } catch (error) {
        if (!hasReason(error, "ENGINE_UNREACHABLE") || !board.isReachable()) throw error;
      }
      await delay(RECONNECT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
    }
  }

  /** Fetches the last lines of an instance in error, anew each time it has ended. */
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
        // The engine going away is told by the event stream; a container that is gone, by the next look.
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
    /** Containers with our label that no spec knows: reported, never touched. */
    orphans: (): { id: InstanceId; container: string }[] =>
      [...orphans].map(([id, container]) => ({ id, container })),
    /** Why the engine cannot be reached, or null. */
    lastError: (): string | null => (board.isReachable() ? null : lastError),
    async [Symbol.asyncDispose](): Promise<void> {
      stopped.abort();
      await running;
      await Promise.all(background);
      board.dispose();
    },
  };
}
