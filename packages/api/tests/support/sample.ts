/**
 * The points of a matrix that a run takes: `npm test` a new sample each time, `npm run test:deep`
 * all of them. CLAW_TEST_SEED selects the same points again.
 */
import { type Chance, chanceOf } from "./chance.ts";

export interface Choice {
  seed: number;
  isDeep: boolean;
}

export function choiceOf(env: NodeJS.ProcessEnv): Choice {
  const text = env.CLAW_TEST_SEED ?? "";
  if (!/^\d{1,9}$/.test(text))
    throw new Error(`CLAW_TEST_SEED is "${text}", not a whole number of up to 9 digits`);
  return { seed: Number(text), isDeep: env.CLAW_TEST_DEEP === "1" };
}

/** The seed of this run; vitest.config.ts gives every worker the same one. */
export const CHOICE = choiceOf(process.env);

/**
 * The first and the last of `all`, and one of each of equal stretches between them: `take` in all,
 * in order. The name keeps two matrices of one length from choosing alike.
 */
export function sampleOf<T>(name: string, all: readonly T[], take: number, choice = CHOICE): T[] {
  if (choice.isDeep || take >= all.length) return [...all];
  const chance = chanceOfName(name, choice.seed);
  const stretches = take - 2;
  const between = Array.from({ length: stretches }, (_, at) => {
    const first = 1 + Math.floor((at * (all.length - 2)) / stretches);
    const next = 1 + Math.floor(((at + 1) * (all.length - 2)) / stretches);
    return chance.whole(first, next - 1);
  });
  return [0, ...between, all.length - 1].map((at) => all[at] as T);
}

function chanceOfName(name: string, seed: number): Chance {
  // FNV-1a: similar seeds and names give distant numbers.
  let hash = 0x811c9dc5;
  for (const character of `${seed} ${name}`)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return chanceOf(hash);
}

/** `body`; its failure names the seed by which its point was chosen. */
export function tellingSeed<Args extends unknown[], Result>(
  body: (...args: Args) => Promise<Result>,
  choice = CHOICE,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await body(...args);
    } catch (error) {
      if (error instanceof Error)
        error.message += `\n(repeat it with CLAW_TEST_SEED=${choice.seed})`;
      throw error;
    }
  };
}

/** The outcome of work that was disturbed at one of its calls. */
export interface Disturbed {
  /** The calls that it made. */
  calls: number;
  /** It ended before that call. */
  over: boolean;
}

/**
 * Disturbs work at its calls, each time from the beginning; `disturb(Infinity)` leaves it alone.
 * `take` of its calls, the first and the last among them, or all. Resolves with their number.
 */
export async function atCallsOf(
  name: string,
  take: number,
  disturb: (call: number) => Promise<Disturbed>,
  choice = CHOICE,
): Promise<number> {
  const told = tellingSeed(async (call: number) => disturb(call), choice);
  if (choice.isDeep) {
    let call = 0;
    while (!(await told(call)).over) call += 1;
    return call;
  }
  const { calls } = await told(Number.POSITIVE_INFINITY);
  const every = Array.from({ length: calls }, (_, call) => call);
  for (const call of sampleOf(name, every, take, choice).slice(0, -1)) await told(call);
  // Its side work may need one call less than before: the last one is the last that is met.
  let last = calls - 1;
  while (last > 0 && (await told(last)).over) last -= 1;
  return calls;
}
