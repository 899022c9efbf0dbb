import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(path.resolve(import.meta.dirname, "../styles.css"), "utf8");

type Colour = readonly [lightness: number, chroma: number, hue: number];

/** Every token with its light and its dark colour. */
const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light: parse(light), dark: parse(dark) }],
  ),
);

function parse(text: string): Colour {
  const [lightness = 0, chroma = 0, hue = 0] = text.split(/\s+/).map(Number);
  return [lightness, chroma, hue];
}

/** Relative luminance (WCAG 2) of an OKLCH colour, clipped to sRGB as a browser does. */
function luminance([lightness, chroma, hue]: Colour): number {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "surface", "raised", "sunken", "hover"];
const STATUSES = ["running", "busy", "stopped", "error", "unknown", "created"];

/** Foreground and background pairs. */
const PAIRS: (readonly [text: string, ground: string])[] = [
  ...["text", "text-2", "text-3"].flatMap((text) =>
    GROUNDS.map((ground) => [text, ground] as const),
  ),
  ...STATUSES.flatMap((status) =>
    [`${status}-tint`, "canvas", "surface", "hover"].map((ground) => [status, ground] as const),
  ),
  ...STATUSES.flatMap((status) =>
    ["text", "text-2", "text-3"].map((text) => [text, `${status}-tint`] as const),
  ),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["text", "mark"],
  ["text", "mark-current"],
];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(PAIRS)("%s on %s can be read", (text, ground) => {
    const [one, other] = [tokens.get(text), tokens.get(ground)];
    if (!one || !other) throw new Error(`styles.css has no ${text} or no ${ground}.`);
    expect(contrast(one[theme], other[theme])).toBeGreaterThanOrEqual(4.5);
  });
});

test("the search measures what it should", () => {
  expect(contrast([1, 0, 0], [0, 0, 0])).toBeCloseTo(21, 1);
  expect(contrast([0.5, 0.1, 20], [0.5, 0.1, 20])).toBe(1);
});
