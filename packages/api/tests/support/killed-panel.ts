import { MemoryEngine, type MemoryEngineOptions } from "../../src/engine/memory/memory-engine.ts";
import { eventually } from "./deadline.ts";
import type { Disturbed } from "./sample.ts";
import {
  createTestPanel,
  homeOfTest,
  TEST_IMAGE,
  TEST_RANGES,
  type TestPanel,
} from "./test-app.ts";

/** A panel that dies at one of its calls, and the next one on the same home and engine. */
export interface KilledPanel<Prepared> {
  engine?: Partial<MemoryEngineOptions>;
  prepare: (panel: TestPanel) => Promise<Prepared>;
  /** Resolves when all is done. */
  act: (panel: TestPanel, prepared: Prepared) => Promise<unknown>;
  /** How it is, once the next panel has nothing more to do; rejects until then. */
  outcome: (panel: TestPanel, prepared: Prepared) => Promise<string>;
  /** `told`: the call, and the outcome. */
  check: (panel: TestPanel, outcome: string, told: string) => Promise<void>;
}

/** Lets the panel die before its call number `n` of `act`. */
export async function killedAt<Prepared>(
  n: number,
  { prepare, act, outcome, check, ...rest }: KilledPanel<Prepared>,
): Promise<Disturbed> {
  const home = await homeOfTest();
  const timing = { startDelayMs: 5, heartbeatMs: 600_000 };
  await using engine = new MemoryEngine({
    home,
    ranges: TEST_RANGES,
    images: [TEST_IMAGE],
    ...timing,
    ...rest.engine,
  });
  const died = await createTestPanel({ home, engine });
  const prepared = await prepare(died);
  died.faults.dieAt(n);
  const acting = act(died, prepared).then(() => true);
  const over = await Promise.race([acting, died.faults.died.then(() => false)]);
  const calls = died.faults.calls.length;
  died.faults.die();
  await died[Symbol.asyncDispose]();

  await using panel = await createTestPanel({ home, engine, busy: true });
  const result = await eventually(() => outcome(panel, prepared));
  await check(
    panel,
    result,
    `after a crash at call ${n} (${died.faults.calls[n]?.method}) it is ${result}`,
  );
  return { calls, over };
}
