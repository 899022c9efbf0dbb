import UPlot from "uplot";
import "./chart.css";

export type Tone = "main" | "second" | "limit";

export interface PlotOptions {
  tones: readonly Tone[];
  /** Charts of one key share the crosshair. */
  syncKey: string;
  height: number;
  /** The first and last time, in seconds since the epoch. */
  span: () => readonly [from: number, to: number];
  /** The minimum upper end of the axis. */
  leastMax: () => number;
  /** Possible grid steps of the axis; by default, round decimal numbers. */
  steps: readonly number[] | undefined;
  formatValue: (value: number) => string;
  formatTime: (seconds: number) => string;
  /** The index of the point under the crosshair, or null. */
  onCursor: (index: number | null) => void;
}

const DASHES: Partial<Record<Tone, number[]>> = { limit: [4, 4] };
const COLOURS = {
  main: "var(--color-focus)",
  second: "var(--color-text-3)",
  limit: "var(--color-text-3)",
  fill: "color-mix(in oklab, var(--color-focus) 12%, transparent)",
  words: "var(--color-text-3)",
  grid: "var(--color-line)",
} as const;
type Colours = Record<keyof typeof COLOURS, string>;

const VALUE_AXIS_WIDTH = 58;
const TIME_AXIS_HEIGHT = 24;
const HEADROOM = 1.08;

/** A time series on a canvas, or null where drawing is impossible. */
export function makePlot(host: HTMLElement, options: PlotOptions) {
  if (typeof Path2D === "undefined") return null;
  let colours = readColours(host);
  const font = `11px ${getComputedStyle(host).fontFamily}`;
  const axis = {
    font,
    stroke: () => colours.words,
    ticks: { show: false },
    gap: 6,
  } satisfies UPlot.Axis;
  const plot = new UPlot(
    {
      width: host.clientWidth || 1,
      height: options.height,
      padding: [8, 18, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        sync: { key: options.syncKey },
        points: { size: 6, width: 0 },
      },
      scales: {
        x: { time: false, range: () => [...options.span()] },
        y: {
          range: (_plot, _min, max) => [0, Math.max((max ?? 0) * HEADROOM, options.leastMax())],
        },
      },
      axes: [
        {
          ...axis,
          size: TIME_AXIS_HEIGHT,
          space: 72,
          incrs: [30, 60, 120, 300, 600, 900, 1800],
          grid: { show: false },
          values: (_plot, splits) => splits.map(options.formatTime),
        },
        {
          ...axis,
          size: VALUE_AXIS_WIDTH,
          space: 28,
          ...(options.steps && { incrs: [...options.steps] }),
          grid: { stroke: () => colours.grid, width: 1 },
          values: (_plot, splits) => splits.map(options.formatValue),
        },
      ],
      series: [{}, ...options.tones.map((tone) => line(tone, () => colours))],
      hooks: { setCursor: [(self) => options.onCursor(self.cursor.idx ?? null)] },
    },
    [[], ...options.tones.map(() => [])],
    host,
  );
  const observer = new ResizeObserver(() => {
    if (host.clientWidth > 0) plot.setSize({ width: host.clientWidth, height: options.height });
  });
  observer.observe(host);
  return {
    show: (times: readonly number[], values: readonly (readonly (number | null)[])[]) =>
      plot.setData([[...times], ...values.map((column) => [...column])]),
    /** Rereads the theme's colours. */
    recolour() {
      colours = readColours(host);
      plot.redraw();
    },
    destroy() {
      observer.disconnect();
      plot.destroy();
    },
  };
}

function line(tone: Tone, colours: () => Colours): UPlot.Series {
  const dash = DASHES[tone];
  return {
    stroke: () => colours()[tone],
    width: tone === "main" ? 1.5 : 1.25,
    points: { show: false },
    ...(tone === "main" ? { fill: () => colours().fill } : {}),
    ...(dash ? { dash } : {}),
  };
}

/** A canvas knows neither custom properties nor light-dark(); an element resolves them. */
function readColours(host: HTMLElement): Colours {
  const probe = document.createElement("span");
  // A transition, however short, would return the previous colour.
  probe.style.transitionProperty = "none";
  host.append(probe);
  const read = (value: string) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const colours = {
    main: read(COLOURS.main),
    second: read(COLOURS.second),
    limit: read(COLOURS.limit),
    fill: read(COLOURS.fill),
    words: read(COLOURS.words),
    grid: read(COLOURS.grid),
  };
  probe.remove();
  return colours;
}
