import { mkdir, open, writeFile } from "node:fs/promises";
import path from "node:path";

/** Files of an instance, about as many and as large as those of one that has been used for long. */
export interface DataSize {
  small: number;
  medium: number;
  /** Bytes of each of two texts, and of each of two files that cannot be compressed. */
  large: number;
}

const PER_FOLDER = 100;
const MEDIUM = 3_000_000;
const PIECE = 10_000_000;

/** Makes the same files in each run, under `folder`. */
export async function makeArchiveData(folder: string, size: DataSize): Promise<void> {
  const random = generator();
  const words = Array.from({ length: 4_000 }, () => Math.floor(random() * 1e12).toString(36));
  /** Common words are more common: it compresses as text does. */
  const text = (length: number) => {
    const parts: string[] = [];
    for (let done = 0; done < length; ) {
      const word = words[Math.floor(random() ** 2 * words.length)] ?? "";
      parts.push(word);
      done += word.length + 1;
    }
    return Buffer.from(parts.join(" ").slice(0, length));
  };
  const noise = (length: number) => {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE(random() * 2 ** 32, at);
    return bytes;
  };

  for (let index = 0; index < size.small; index++) {
    const under = path.join(folder, `folder${Math.floor(index / PER_FOLDER)}`);
    if (index % PER_FOLDER === 0) await mkdir(under, { recursive: true });
    await writeFile(path.join(under, `${index}.json`), text(1_000 + Math.floor(random() * 18_000)));
  }
  for (let index = 0; index < size.medium; index++)
    await writeFile(path.join(folder, `medium${index}`), text(MEDIUM));
  for (const [name, make] of [
    ["text0", text],
    ["text1", text],
    ["noise0", noise],
    ["noise1", noise],
  ] as const) {
    await using file = await open(path.join(folder, name), "w");
    for (let done = 0; done < size.large; done += PIECE)
      await file.writeFile(make(Math.min(PIECE, size.large - done)));
  }
}

/** Numbers from 0 to 1, the same ones each time. */
function generator(): () => number {
  let state = 20_261_122;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
