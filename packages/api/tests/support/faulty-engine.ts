import { DomainError } from "@claw/core/errors";
import { signalled } from "./deadline.ts";

/** One call of a method of the engine, store, files or archives, as `engine.deploy`. */
export interface Call {
  method: string;
  args: readonly unknown[];
  /** Number of earlier calls of any part since `faults.record()`. */
  index: number;
}

interface Rule {
  method: string;
  when: "before" | "after";
  act: (call: Call) => Promise<void> | void;
}

interface Stream {
  method: string;
  cut: (error: unknown) => void;
}

/** Methods that return a stream. */
const STREAMS = new Set(["events", "logs", "stats", "repository.get", "storage.configChanges"]);
/** Members with methods of their own, named as `engine.images.find`. */
const NESTED: ReadonlySet<string | symbol> = new Set(["images", "addresses"]);
const forever = () => new Promise<never>(() => {});

/** The faults of the parts wrapped in `faulty`, and their times. */
export class Faults {
  /** Calls since `record`. */
  calls: Call[] = [];
  readonly #rules: Rule[] = [];
  readonly #streams = new Set<Stream>();
  #dead = false;
  #dieAt: number | null = null;
  #onCall: { n: number; act: Rule["act"] } | null = null;
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #died = Promise.withResolvers<void>();

  /** Resolves when the panel has died. */
  get died(): Promise<void> {
    return this.#died.promise;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** Restarts the count of calls. */
  record(): void {
    this.calls = [];
  }

  /** The next call of `method` only rejects. */
  failNext(method: string, error: unknown = unreachable()): void {
    this.#once(method, "before", () => {
      throw error;
    });
  }

  /** The next call of `method` takes effect, but its answer is lost. */
  loseAnswer(method: string, error: unknown = unreachable()): void {
    this.#once(method, "after", () => {
      throw error;
    });
  }

  /** Runs an action at the next call of `method`. */
  onNext(method: string, act: (call: Call) => Promise<void> | void, when: Rule["when"] = "before") {
    this.#once(method, when, act);
  }

  /** The next call of `method` waits until resumed; `reached` resolves when it waits. */
  pauseNext(method: string, when: Rule["when"] = "before") {
    const reached = signalled();
    const resumed = Promise.withResolvers<void>();
    this.#once(method, when, async () => {
      reached.resolve();
      await resumed.promise;
    });
    return { reached: reached.promise, resume: resumed.resolve, fail: resumed.reject };
  }

  /** Ends the open streams of `method`, with an error or normally. */
  cutStreams(method: string, error?: unknown): number {
    const cut = [...this.#streams].filter((stream) => stream.method === method);
    for (const stream of cut) stream.cut(error);
    return cut.length;
  }

  /** Runs an action before call number `n` from now on, whatever is called then. */
  onCall(n: number, act: (call: Call) => Promise<void> | void): void {
    this.record();
    this.#onCall = { n, act };
  }

  /** The panel dies before its call number `n` from now on: nothing answers any more. */
  dieAt(n: number): void {
    this.record();
    this.#dieAt = n;
  }

  die(): void {
    this.#dead = true;
    this.#died.resolve();
  }

  /** Resolves when all work that a dead panel began has ended. */
  async still(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.allSettled(this.#inFlight);
  }

  /** Tracks a part's ongoing work, whether or not anybody waits for it. */
  async watch<T>(work: Promise<T>): Promise<T> {
    this.#inFlight.add(work);
    try {
      return await work;
    } finally {
      this.#inFlight.delete(work);
    }
  }

  async begin(method: string, args: readonly unknown[]): Promise<Call> {
    if (this.#dead) await forever();
    const call = { method, args, index: this.calls.length };
    this.calls.push(call);
    if (call.index === this.#dieAt) {
      this.die();
      await forever();
    }
    if (call.index === this.#onCall?.n) await this.#onCall.act(call);
    await this.#apply(call, "before");
    return call;
  }

  async end(call: Call): Promise<void> {
    if (this.#dead) await forever();
    await this.#apply(call, "after");
    if (this.#dead) await forever();
  }

  /** `source`, until it is cut. */
  async *stream<T>(call: Call, source: AsyncIterable<T>): AsyncGenerator<T> {
    const cut = Promise.withResolvers<IteratorResult<T>>();
    cut.promise.catch(() => undefined);
    const stream: Stream = {
      method: call.method,
      cut: (error) =>
        error === undefined ? cut.resolve({ done: true, value: undefined }) : cut.reject(error),
    };
    const iterator = source[Symbol.asyncIterator]();
    this.#streams.add(stream);
    try {
      for (;;) {
        const next = iterator.next();
        next.catch(() => undefined);
        const result = await Promise.race([next, cut.promise]);
        if (this.#dead) await forever();
        if (result.done) return;
        yield result.value;
      }
    } finally {
      this.#streams.delete(stream);
      void iterator.return?.();
    }
  }

  #once(method: string, when: Rule["when"], act: Rule["act"]): void {
    this.#rules.push({ method, when, act });
  }

  async #apply(call: Call, when: Rule["when"]): Promise<void> {
    const at = this.#rules.findIndex((rule) => rule.method === call.method && rule.when === when);
    if (at < 0) return;
    const [rule] = this.#rules.splice(at, 1);
    await rule?.act(call);
    if (this.#dead) await forever();
  }
}

/** `inner` with `faults` at each of its calls. `part` is the prefix of their names. */
export function faulty<T extends object>(part: string, inner: T, faults: Faults): T {
  return new Proxy(inner, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (NESTED.has(key) && typeof value === "object" && value !== null)
        return faulty(`${part}.${String(key)}`, value, faults);
      if (typeof value !== "function") return value;
      if (typeof key === "symbol") return value.bind(target);
      const method = `${part}.${key}`;
      if (STREAMS.has(key) || STREAMS.has(method))
        return async function* (...args: unknown[]) {
          const call = await faults.begin(method, args);
          yield* faults.stream(call, value.apply(target, args));
        };
      return async (...args: unknown[]) => {
        const call = await faults.begin(method, args);
        const result = await faults.watch(Promise.resolve(value.apply(target, args)));
        await faults.end(call);
        return result;
      };
    },
  });
}

export function unreachable(): DomainError {
  return new DomainError("ENGINE_UNREACHABLE", "Docker does not answer (said by the test).");
}
