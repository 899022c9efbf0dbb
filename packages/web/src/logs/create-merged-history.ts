import type { LogLine } from "@claw/core/log-cursor";
import { createSignal, onCleanup } from "solid-js";
import type { Api } from "../api/client.ts";
import type { OlderLines, OlderState } from "./create-older-lines.ts";
import type { LogSource } from "./log-ring.ts";
import { CHECKED, readOlderLines } from "./read-older-lines.ts";

const PAGE = 500;

/** The known part of one log above the shown lines. */
interface Above {
  id: string;
  /** The oldest lines read of it. */
  oldest: readonly LogLine[];
  /** Read, but not shown yet: another log may have lines between them and the shown ones. */
  held: readonly LogLine[];
  /** `held` begins where the log begins. */
  complete: boolean;
}

export interface LogBeginning {
  id: string;
  lines: readonly LogLine[];
  /** False when there are lines above these. */
  complete: boolean;
}

/**
 * The lines of several logs above the shown ones, by time. A line is shown only when no log can
 * have another one between it and the lines below.
 */
export function createMergedHistory(
  api: Api,
  { ring, version, changed }: LogSource & { changed: () => void },
) {
  const [phase, setPhase] = createSignal<"idle" | "loading" | "failed">("idle");
  const [error, setError] = createSignal<unknown>();
  const left = new AbortController();
  onCleanup(() => left.abort());
  let logs: Above[] | undefined;

  /**
   * Takes from each log the lines that may be shown: those not above the known part of another log.
   */
  const take = (): Map<string, readonly LogLine[]> => {
    const ends = (logs ?? []).filter(({ complete }) => !complete).map(({ held }) => held[0]?.ts);
    const from = ends.reduce<string>((latest, ts = "") => (ts > latest ? ts : latest), "");
    const taken = new Map<string, readonly LogLine[]>();
    for (const log of logs ?? []) {
      const at = log.held.findIndex(({ ts }) => ts >= from);
      const cut = at < 0 ? log.held.length : at;
      taken.set(log.id, log.held.slice(cut));
      log.held = log.held.slice(0, cut);
    }
    return taken;
  };
  /** The initial lines that may be shown at once. */
  const begin = (beginnings: readonly LogBeginning[]): Map<string, readonly LogLine[]> => {
    logs = beginnings.map(({ id, lines, complete }) => {
      return { id, oldest: lines.slice(0, CHECKED), held: lines, complete };
    });
    return take();
  };
  const read = async (log: Above): Promise<void> => {
    const { lines, complete } = await readOlderLines(api, {
      id: log.id,
      known: log.oldest,
      limit: PAGE,
      signal: left.signal,
    });
    log.held = lines;
    log.oldest = [...lines, ...log.oldest].slice(0, CHECKED);
    log.complete = complete || lines.length === 0;
  };

  const state = (): OlderState => {
    version();
    if (phase() !== "idle") return phase() === "loading" ? "loading" : "failed";
    if (logs?.every(({ complete, held }) => complete && held.length === 0)) return "beginning";
    return ring.room === 0 ? "full" : "more";
  };
  const load = async (): Promise<void> => {
    if (!logs || (state() !== "more" && state() !== "failed")) return;
    setPhase("loading");
    try {
      const wanted = logs.filter(({ complete, held }) => !complete && held.length === 0);
      await Promise.all(wanted.map(read));
      const lines = [...take()].flatMap(([source, part]) =>
        part.map((line) => ({ ...line, source })),
      );
      ring.prepend(lines.toSorted(byTime));
      setPhase("idle");
    } catch (failure) {
      if (!left.signal.aborted) {
        setError(() => failure);
        setPhase("failed");
      }
    }
    changed();
  };
  const older: OlderLines = { state, error, load };
  return { older, begin };
}

/** Stable, so that the lines of one log keep their order. */
export function byTime(a: { ts: string }, b: { ts: string }): number {
  if (a.ts === b.ts) return 0;
  return a.ts < b.ts ? -1 : 1;
}
