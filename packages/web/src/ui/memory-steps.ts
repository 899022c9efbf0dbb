/**
 * Between which the lines of an axis lie whose values are shown in KiB, MiB and GiB. Steps of round
 * thousands would be read as 954 MiB and 1.9 GiB.
 */
export const MEMORY_STEPS: readonly number[] = Array.from({ length: 44 }, (_, power) => 2 ** power);
