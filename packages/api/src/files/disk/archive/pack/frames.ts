import { constants, createZstdCompress } from "node:zlib";
import { BLOCK } from "@claw/core/backup/seal";
import { freeSpent } from "../free-spent.ts";

/**
 * Each frame is compressed separately, so that several can run in parallel. To every reader,
 * consecutive frames are one zstd file.
 */
const FRAME = 2 * 1024 ** 2;
/** One of the four threads that all of Node shares stays free for flushing and for the panel. */
const AT_ONCE = 3;

const PARAMS = {
  [constants.ZSTD_c_compressionLevel]: 3,
  [constants.ZSTD_c_checksumFlag]: 1,
};

/** Takes bytes in order. It owns them only until it resolves. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void> | void;
  end(): Promise<void> | void;
}

export interface FrameWriter {
  /** The free part of the current frame, a whole number of blocks and never empty. */
  room(): Buffer;
  /** Reports that the first `size` bytes of `room()` are filled. */
  filled(size: number): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Bytes so far, before compression. */
  readonly size: number;
}

interface Compressor {
  /** Compresses one frame at a time. Do not change the bytes before it resolves. */
  pack(frame: Buffer): Promise<Buffer[]>;
  close(): void;
}

/** Reuses one zstd context for many frames: creating one costs time and memory. */
function createCompressor(): Compressor {
  const stream = createZstdCompress({ params: PARAMS, chunkSize: FRAME });
  let parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  return {
    pack: (frame) =>
      new Promise((resolve, reject) => {
        stream.once("error", reject);
        stream.write(frame);
        stream.flush(constants.ZSTD_e_end, () => {
          stream.read();
          stream.off("error", reject);
          resolve(parts);
          parts = [];
        });
      }),
    close: () => stream.destroy(),
  };
}

interface Slot {
  compressor: Compressor;
  frame: Buffer;
}

/** Compresses its input in bounded memory, whatever the speeds. */
export function compressTo(sink: ByteSink): FrameWriter {
  const newSlot = (): Slot => ({ compressor: createCompressor(), frame: Buffer.alloc(FRAME) });
  const idle: Slot[] = [];
  const running: { slot: Slot; packed: Promise<Buffer[]> }[] = [];
  let current = newSlot();
  let used = 0;
  let size = 0;

  async function passOldest(): Promise<void> {
    const oldest = running.shift();
    if (!oldest) return;
    for (const part of await oldest.packed) {
      await sink.write(part);
      freeSpent(part, FRAME);
    }
    idle.push(oldest.slot);
  }

  async function passFrame(): Promise<void> {
    if (used === 0) return;
    const packed = current.compressor.pack(current.frame.subarray(0, used));
    packed.catch(() => undefined); // reported to whoever waits for the frame, possibly nobody
    running.push({ slot: current, packed });
    used = 0;
    if (running.length >= AT_ONCE) await passOldest();
    current = idle.pop() ?? newSlot();
  }

  async function filled(bytes: number): Promise<void> {
    used += bytes;
    size += bytes;
    if (used === FRAME) await passFrame();
  }

  return {
    room: () => current.frame.subarray(used),
    filled,
    async write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const part = bytes.subarray(from, from + (FRAME - used));
        current.frame.set(part, used);
        from += part.length;
        await filled(part.length);
      }
    },
    async end() {
      await passFrame();
      while (running.length > 0) await passOldest();
      for (const { compressor } of [current, ...idle]) compressor.close();
      await sink.end();
    },
    get size() {
      return size;
    },
  };
}

export const blockRest = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;
