import { createMemo, createSignal } from "solid-js";
import { type LogBatch, type LogEntry, LogRing, type LogSource } from "./log-ring.ts";
import { type LogLevel, levelRank, parseLogText } from "./log-text.ts";

/** The lowest level shown. */
export type LevelChoice = "all" | Extract<LogLevel, "info" | "warn" | "error">;

/**
 * The lines of a log from a level on. Checks each new line once; rechecks all, with new numbers,
 * only when the choice changes.
 */
export function createLogFilter(source: LogSource, limit: number) {
  const [level, setLevel] = createSignal<LevelChoice>("all");
  let shown = source.ring;
  let shownFor: LevelChoice = "all";
  /** The range of numbers in `source` checked so far, end excluded. */
  let from = 0;
  let to = 0;

  const begin = (choice: LevelChoice) => {
    shownFor = choice;
    shown = choice === "all" ? source.ring : new LogRing(limit);
    from = source.ring.first;
    to = from;
  };
  const look = (choice: Exclude<LevelChoice, "all">) => {
    const { ring } = source;
    const wanted = (start: number, end: number) => entriesOf(ring, start, end, choice);
    const older = wanted(ring.first, from).flatMap((entry) =>
      entry.kind === "line" ? [entry] : [],
    );
    if (older.length > 0) shown.prepend(older);
    shown.push(wanted(Math.max(to, ring.first), ring.next).map(batchOf));
    from = ring.first;
    to = ring.next;
  };
  const version = createMemo((count: number) => {
    source.version();
    const choice = level();
    if (choice !== shownFor) begin(choice);
    if (choice !== "all") look(choice);
    return count + 1;
  }, 0);

  return {
    get ring() {
      return shown;
    },
    version,
    level,
    setLevel,
  };
}

/** A line without a level counts as `info`; lines of stderr are always shown. */
function passes(entry: LogEntry, least: LogLevel): boolean {
  if (entry.kind === "skipped") return true;
  const level = parseLogText(entry.text).level ?? (entry.stream === "stderr" ? "fatal" : "info");
  return levelRank(level) >= levelRank(least);
}

function entriesOf(ring: LogRing, start: number, end: number, least: LogLevel): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let number = start; number < end; number += 1) {
    const entry = ring.get(number);
    if (entry && passes(entry, least)) entries.push(entry);
  }
  return entries;
}

function batchOf(entry: LogEntry): LogBatch {
  return entry.kind === "line"
    ? { lines: [entry], skipped: 0 }
    : { lines: [], skipped: entry.count };
}
