import type { LogLine } from "@claw/core/log-cursor";
import { createSignal, onCleanup } from "solid-js";
import type { Api } from "../api/client.ts";
import type { LogRing, LogSource } from "./log-ring.ts";
import { readOlderLines } from "./read-older-lines.ts";

/** The state above the oldest line: `full` when the page holds its maximum. */
export type OlderState = "more" | "loading" | "failed" | "beginning" | "full";

const PAGE = 1000;

/** The lines above a log's oldest one, a page at a time. */
export function createOlderLines(
  api: Api,
  id: string,
  { ring, version, changed }: LogSource & { changed: () => void },
) {
  const [phase, setPhase] = createSignal<"idle" | "loading" | "failed">("idle");
  const [error, setError] = createSignal<unknown>();
  const left = new AbortController();
  onCleanup(() => left.abort());
  /** Number of the log's first line, once it was read. */
  let beginning: number | undefined;

  const state = (): OlderState => {
    version();
    if (phase() !== "idle") return phase() === "loading" ? "loading" : "failed";
    if (beginning === ring.first) return "beginning";
    return ring.room === 0 ? "full" : "more";
  };
  const load = async (): Promise<void> => {
    if (state() !== "more" && state() !== "failed") return;
    const known = oldestLines(ring);
    if (known.length === 0) return;
    setPhase("loading");
    try {
      const first = ring.first;
      const { lines, complete } = await readOlderLines(api, {
        id,
        known,
        limit: PAGE,
        signal: left.signal,
      });
      // Lines dropped meanwhile would be missing below these.
      if (ring.first === first) {
        const added = ring.prepend(lines);
        if (complete && added === lines.length) beginning = ring.first;
      }
      setPhase("idle");
    } catch (failure) {
      if (!left.signal.aborted) {
        setError(() => failure);
        setPhase("failed");
      }
    }
    changed();
  };
  return {
    state,
    /** The failure. */
    error,
    load,
  };
}

export type OlderLines = ReturnType<typeof createOlderLines>;

function oldestLines(ring: LogRing): LogLine[] {
  const lines: LogLine[] = [];
  for (let index = 0; index < ring.length && lines.length < PAGE; index += 1) {
    const entry = ring.at(index);
    if (entry?.kind === "line") lines.push(entry);
  }
  return lines;
}
