import { pino } from "pino";
import { expect, test } from "vitest";
import { eventually, settled } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import {
  CONDITIONS_LOOK_MS,
  type ConditionState,
  createConditions,
  type FactsAtHand,
  type FactsToRead,
} from "./conditions.ts";

class Scene implements AsyncDisposable {
  readonly host = new FakeHost();
  readonly logged: string[] = [];
  reads = 0;
  atHand: Omit<FactsAtHand, "now"> = {
    ...{
      engineFault: null,
      instances: [],
      composeFault: null,
      uncovered: [],
      isDomainMissing: false,
      orphans: [],
    },
  };
  facts: FactsToRead = {
    image: { ref: "a:b", present: true },
    room: {
      ...{ diskTotal: 500e9, diskFree: 250e9, memoryTotal: 24e9, memoryFree: 12e9 },
      ...{ isShort: false, owed: 0 },
    },
    ...{ backups: [], undecided: [], lastRun: null },
  };
  /** Before a reading answers. */
  reading: () => Promise<void> = async () => {};
  readonly conditions = createConditions({
    host: this.host,
    log: pino({ base: null }, { write: (line) => void this.logged.push(line) }),
    atHand: () => ({ now: this.host.now(), ...this.atHand }),
    toRead: async () => {
      this.reads += 1;
      const { facts } = this;
      await this.reading();
      return facts;
    },
  });
  readonly #left = new AbortController();
  readonly seen: string[][] = [];

  /** Sees what is wrong from now on. */
  async watch(): Promise<void> {
    const states = this.conditions.watch(this.#left.signal);
    const first = await states[Symbol.asyncIterator]().next();
    const tell = ({ conditions }: ConditionState) => this.seen.push(conditions.map((c) => c.code));
    tell(first.value);
    void (async () => {
      for await (const state of states) tell(state);
    })();
  }

  lacksImage(): void {
    this.facts = { ...this.facts, image: { ref: "a:b", present: false } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#left.abort();
    await this.conditions[Symbol.asyncDispose]();
  }
}

test("who watches is told of what is at hand without a reading, and of what was read anew", async () => {
  await using scene = new Scene();
  await scene.watch();
  scene.atHand = { ...scene.atHand, composeFault: "broken" };
  scene.conditions.notify();
  await eventually(() => expect(scene.seen.at(-1)).toEqual(["COMPOSE_FILE_STALE"]));
  expect(scene.reads).toBe(1);
  scene.lacksImage();
  scene.conditions.notifyRead();
  await eventually(() =>
    expect(scene.seen.at(-1)).toEqual(["IMAGE_MISSING", "COMPOSE_FILE_STALE"]),
  );
});

test("while nobody watches nothing is read but by the clock, and what is so is so since then", async () => {
  await using scene = new Scene();
  scene.lacksImage();
  scene.conditions.notifyRead();
  await settled();
  expect(scene.reads).toBe(0);
  const before = scene.host.now();
  scene.host.advance(CONDITIONS_LOOK_MS);
  await eventually(() => expect(scene.reads).toBe(1));
  await eventually(() => expect(scene.host.asleep).toBe(1));
  scene.host.advance(60_000);
  await eventually(() => expect(scene.reads).toBe(2));
  const [missing] = (await scene.conditions.read()).conditions;
  const since = Date.parse(missing?.since ?? "") - before;
  expect(since).toBeGreaterThanOrEqual(CONDITIONS_LOOK_MS);
  expect(since).toBeLessThan(CONDITIONS_LOOK_MS + 10_000);
});

test("a change during a reading is seen by the next, which all who ask meanwhile share", async () => {
  await using scene = new Scene();
  const answered = Promise.withResolvers<void>();
  scene.reading = () => answered.promise;
  const first = scene.conditions.read();
  scene.lacksImage();
  const later = [scene.conditions.read(), scene.conditions.read()];
  answered.resolve();
  expect((await first).conditions).toEqual([]);
  for (const { conditions } of await Promise.all(later))
    expect(conditions.map(({ code }) => code)).toEqual(["IMAGE_MISSING"]);
  expect(scene.reads).toBe(2);
});

test("a reading that fails is logged, and the next look reads again", async () => {
  await using scene = new Scene();
  await scene.watch();
  scene.reading = () => Promise.reject(new Error("the disk is gone"));
  scene.conditions.notifyRead();
  await eventually(() => expect(scene.logged.join()).toContain("the disk is gone"));
  await expect(scene.conditions.read()).rejects.toThrow("the disk is gone");
  scene.reading = async () => {};
  scene.lacksImage();
  scene.host.advance(CONDITIONS_LOOK_MS);
  await eventually(() => expect(scene.seen.at(-1)).toEqual(["IMAGE_MISSING"]));
});
