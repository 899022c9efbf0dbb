/**
 * Grid steps of an axis with values in KiB, MiB and GiB. Steps of round thousands would read 954
 * MiB and 1.9 GiB.
 */
export const MEMORY_STEPS: readonly number[] = Array.from({ length: 44 }, (_, power) => 2 ** power);
