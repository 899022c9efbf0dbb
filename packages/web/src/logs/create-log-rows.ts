import { createEffect, createSignal, on } from "solid-js";
import type { LogSource } from "./log-ring.ts";
import { RowExtras } from "./row-extras.ts";

export interface RowOptions {
  rowHeight: number;
  /** Rows reserved above the oldest one for a notice. */
  header: number;
  /** Dropped rows above the oldest one before the list moves up by them. */
  slack: number;
}

export type LogRows = ReturnType<typeof createLogRows>;

/** The places of the rows of a log, in pixels. Some turn out higher than one row when rendered. */
export function createLogRows(source: LogSource, { rowHeight, header, slack }: RowOptions) {
  const extras = new RowExtras();
  const [measured, setMeasured] = createSignal(0);
  /** Number of the row placed below the header. */
  const [base, setBase] = createSignal(source.ring.first);

  const place = (number: number) => {
    measured();
    const rows = number - base() + extras.between(base(), number);
    return (header + rows) * rowHeight;
  };
  const numberAt = (position: number) => {
    let low = base();
    let high = source.ring.next;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (place(middle) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const remeasure = () => {
    extras.clear();
    setMeasured((previous) => previous + 1);
  };

  createEffect(
    on(source.version, () => {
      const { first } = source.ring;
      if (first >= base() && first - base() <= slack) return;
      extras.dropBefore(first);
      setBase(first);
    }),
  );

  return {
    base,
    /** Changes when rows turn out higher, or have to be measured again. */
    measured,
    /** Offset of a row. */
    place,
    /** The row at an offset. */
    numberAt,
    /** Reports the heights in rows of the entries from `first` on. */
    measure(first: number, rows: readonly number[]) {
      const changed = rows.filter((count, index) => extras.set(first + index, count - 1));
      if (changed.length > 0) setMeasured((previous) => previous + 1);
    },
    remeasure,
    /** Begins anew with other lines, which have new numbers. */
    restart() {
      setBase(source.ring.first);
      remeasure();
    },
  };
}
