const TONES = [
  "text-busy",
  "text-running",
  "text-unknown",
  "text-accent",
  "text-created",
  "text-text-2",
] as const;

/** The colour of an instance's name in a merged log. */
export function toneOf(index: number): string {
  return TONES[index % TONES.length] ?? TONES[0];
}
