/**
 * Passes values from callbacks to one reader. When more than `limit` wait, they are dropped and
 * `instead` replaces them all.
 */
export class AsyncQueue<T> {
  readonly #limit: number;
  readonly #instead: T;
  #values: T[] = [];
  #end: { error?: unknown } | null = null;
  #wake: () => void = () => {};

  constructor(options: { limit: number; instead: T }) {
    this.#limit = options.limit;
    this.#instead = options.instead;
  }

  push(value: T): void {
    if (this.#end) return;
    if (this.#values.length < this.#limit) this.#values.push(value);
    else this.#values = [this.#instead];
    this.#wake();
  }

  /** Ends the stream after the values pushed so far, with `error` if given. */
  end(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wake();
  }

  /** The waiting values, and those pushed while the reader takes them. */
  *#taken(): Generator<T> {
    while (this.#values.length > 0) yield* this.#values.splice(0, 1);
  }

  async *read(): AsyncGenerator<T> {
    for (;;) {
      yield* this.#taken();
      if (this.#end) {
        if ("error" in this.#end) throw this.#end.error;
        return;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
