/** Output of a program, of which at most `limit` bytes are kept. */
export class CappedOutput {
  readonly #limit: number;
  readonly #pieces: Buffer[] = [];
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(bytes: Buffer): void {
    const piece = bytes.subarray(0, this.#limit - this.#length);
    if (piece.length === 0) return;
    this.#pieces.push(Buffer.from(piece));
    this.#length += piece.length;
  }

  text(): string {
    return Buffer.concat(this.#pieces).toString("utf8");
  }
}
