export interface SparkPoint {
  /** Milliseconds since the epoch. */
  at: number;
  value: number;
}

export interface SparkSpace {
  width: number;
  height: number;
  /** The time span of the width; the newest point is at its right end. */
  spanMs: number;
  /** The value at full height. */
  max: number;
}

/** A longer gap breaks the line. */
const GAP_MS = 9000;

/** The line through the points and the area under it, as the `d` of two paths. */
export function sparkPath(points: readonly SparkPoint[], space: SparkSpace) {
  const end = points.at(-1)?.at ?? 0;
  const start = end - space.spanMs;
  const x = (at: number) => round(((at - start) / space.spanMs) * space.width);
  /** Half a stroke is kept free at both edges, so that the line is not clipped. */
  const y = (value: number) =>
    round(space.height - 0.75 - Math.min(1, value / space.max) * (space.height - 1.5));
  const runs: SparkPoint[][] = [];
  for (const point of points) {
    if (point.at < start) continue;
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && point.at - last.at <= GAP_MS) run.push(point);
    else runs.push([point]);
  }
  // A single value is no trend; its dot would look like dirt.
  if (runs.flat().length < 2) return { line: "", area: "" };
  const through = (run: SparkPoint[]) =>
    run.map(({ at, value }) => `${x(at)} ${y(value)}`).join("L");
  return {
    line: runs.map((run) => `M${through(run)}${run.length === 1 ? "h.01" : ""}`).join(""),
    area: runs
      .filter((run) => run.length > 1)
      .map((run) => {
        const [first, last] = [run[0]?.at ?? 0, run.at(-1)?.at ?? 0];
        return `M${x(first)} ${space.height}L${through(run)}L${x(last)} ${space.height}Z`;
      })
      .join(""),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
