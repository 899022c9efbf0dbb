import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { BLOCK } from "@claw/core/backup/seal";

const compress = promisify(zstdCompress);

/**
 * Each frame is compressed by itself, so that several can be at the same time. Frames that follow
 * one another are one zstd file to every reader.
 */
const FRAME = 4 * 1024 ** 2;
/** What zstd makes of a frame that cannot be compressed, and some. */
const FRAME_PACKED = FRAME + FRAME / 128;
/** Of the four threads that all of Node shares, one stays free for the panel. */
const AT_ONCE = 3;

const PARAMS = {
  [constants.ZSTD_c_compressionLevel]: 3,
  [constants.ZSTD_c_checksumFlag]: 1,
};

/** Where bytes go, in their order. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void> | void;
  end(): Promise<void> | void;
}

export interface FrameWriter {
  /** The free part of the current frame, a whole number of blocks and never empty. */
  room(): Buffer;
  /** Says that the first `size` bytes of `room()` are filled. */
  filled(size: number): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Bytes so far, before compression. */
  readonly size: number;
}

/** Compresses what is written to it. The memory that it takes is bounded, whatever the speeds. */
export function compressTo(sink: ByteSink): FrameWriter {
  const idle: Buffer[] = [];
  const running: { packed: Promise<Buffer>; raw: Buffer }[] = [];
  let frame: Buffer = Buffer.alloc(FRAME);
  let used = 0;
  let size = 0;

  async function passOldest(): Promise<void> {
    const oldest = running.shift();
    if (!oldest) return;
    await sink.write(await oldest.packed);
    idle.push(oldest.raw);
  }

  async function passFrame(): Promise<void> {
    if (used === 0) return;
    const packed = compress(frame.subarray(0, used), { params: PARAMS, chunkSize: FRAME_PACKED });
    packed.catch(() => undefined); // told to whoever waits for the frame, which may be nobody any more
    running.push({ packed, raw: frame });
    used = 0;
    if (running.length >= AT_ONCE) await passOldest();
    frame = idle.pop() ?? Buffer.alloc(FRAME);
  }

  async function filled(bytes: number): Promise<void> {
    used += bytes;
    size += bytes;
    if (used === FRAME) await passFrame();
  }

  return {
    room: () => frame.subarray(used),
    filled,
    async write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const part = bytes.subarray(from, from + (FRAME - used));
        frame.set(part, used);
        from += part.length;
        await filled(part.length);
      }
    },
    async end() {
      await passFrame();
      while (running.length > 0) await passOldest();
      await sink.end();
    },
    get size() {
      return size;
    },
  };
}

export const blockRest = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;
