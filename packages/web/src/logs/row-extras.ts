const BLOCK = 512;

interface Block {
  rows: Uint16Array;
  sum: number;
}

/** Number of additional rows of wrapped entries, by number. */
export class RowExtras {
  readonly #blocks = new Map<number, Block>();

  /** True when it was unknown. */
  set(number: number, rows: number): boolean {
    const at = Math.floor(number / BLOCK);
    const index = number - at * BLOCK;
    let block = this.#blocks.get(at);
    if ((block?.rows[index] ?? 0) === rows) return false;
    if (!block) {
      block = { rows: new Uint16Array(BLOCK), sum: 0 };
      this.#blocks.set(at, block);
    }
    block.sum += rows - (block.rows[index] ?? 0);
    block.rows[index] = rows;
    return true;
  }

  /** Of the entries from `from` to `to` (excluded). */
  between(from: number, to: number): number {
    let total = 0;
    for (const [at, block] of this.#blocks) {
      const first = at * BLOCK;
      if (first >= to || first + BLOCK <= from) continue;
      if (first >= from && first + BLOCK <= to) total += block.sum;
      else
        for (const rows of block.rows.subarray(Math.max(0, from - first), to - first))
          total += rows;
    }
    return total;
  }

  /** Forgets entries before `number`, in whole blocks. */
  dropBefore(number: number): void {
    for (const at of this.#blocks.keys()) if ((at + 1) * BLOCK <= number) this.#blocks.delete(at);
  }

  clear(): void {
    this.#blocks.clear();
  }
}
