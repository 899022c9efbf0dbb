import { passes, type Row, ratioOf } from "./bench.ts";

/** The outcome of one bench. */
export interface Outcome {
  bench: string;
  rows: Row[];
  error: string | null;
  seconds: number;
  /** How often a measurement waited for a quiet machine, and how often it did not get one. */
  moments: { waited: number; disturbed: number };
  /** 1-minute load average of the machine before the bench began and after it ended. */
  load: { before: number; after: number };
}

const HEADINGS = ["number", "ours", "reference", "ratio", "target", ""];

/** The results as lines of a table. */
export function table(outcomes: readonly Outcome[]): string[] {
  const lines: string[][] = [HEADINGS];
  for (const { bench, rows, error } of outcomes) {
    for (const row of rows) lines.push(cells(bench, row));
    if (error !== null) lines.push([bench, "", "", "", "", `FAILED: ${error.split("\n")[0]}`]);
  }
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map((line) => (column === 5 ? 0 : (line[column]?.length ?? 0)))),
  );
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function cells(bench: string, row: Row): string[] {
  const verdict = passes(row);
  const ratio = ratioOf(row);
  return [
    `${bench}: ${row.name}`,
    `${short(row.value)} ${row.unit}`,
    row.reference ? `${short(row.reference.value)} ${row.unit} (${row.reference.name})` : "",
    ratio === null ? "" : `${ratio.toFixed(2)} ×`,
    targetText(row),
    verdict === null ? "" : verdict ? "pass" : "MISS",
  ];
}

function targetText({ target, unit }: Row): string {
  if (!target) return "";
  const direction = "ratio" in target ? target.ratio : target.value;
  return `${direction === "atMost" ? "≤" : "≥"} ${target.bar} ${"ratio" in target ? "×" : unit}`;
}

function short(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

/** The same for other programs. */
export function asJson(outcomes: readonly Outcome[], facts: object): string {
  const benches = outcomes.map((outcome) => ({
    ...outcome,
    rows: outcome.rows.map((row) => ({ ...row, ratio: ratioOf(row), pass: passes(row) })),
  }));
  return `${JSON.stringify({ ...facts, benches }, null, 2)}\n`;
}
