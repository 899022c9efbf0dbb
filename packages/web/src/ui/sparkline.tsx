import { createMemo } from "solid-js";
import { type SparkPoint, sparkPath } from "./spark-path.ts";

const HEIGHT = 20;

/** The recent course of the number beside it. Hidden from screen readers. */
export function Sparkline(props: {
  points: readonly SparkPoint[];
  spanMs: number;
  /** The value at full height. */
  max: number;
  /** Pixels; fixed, so that nothing beside it moves. */
  width: number;
}) {
  const paths = createMemo(() =>
    sparkPath(props.points, {
      width: props.width,
      height: HEIGHT,
      spanMs: props.spanMs,
      max: props.max,
    }),
  );
  return (
    <svg
      viewBox={`0 0 ${props.width} ${HEIGHT}`}
      width={props.width}
      height={HEIGHT}
      fill="none"
      stroke-linejoin="round"
      stroke-linecap="round"
      aria-hidden="true"
      class="shrink-0 text-text-3"
    >
      <path d={paths().area} fill="currentColor" opacity="0.14" />
      <path d={paths().line} stroke="currentColor" stroke-width="1.25" />
    </svg>
  );
}
