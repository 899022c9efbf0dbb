/**
 * Each frame is compressed separately, so that several can run in parallel. To every reader,
 * consecutive frames are one zstd file.
 */
export const FRAME = 2 * 1024 ** 2;

/** Takes bytes in order. It owns them only until it resolves. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void> | void;
  end(): Promise<void> | void;
}

export interface FrameWriter {
  /** The free part of the current frame, a whole number of blocks and never empty. */
  room(): Uint8Array;
  /** Reports that the first `size` bytes of `room()` are filled. */
  filled(size: number): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Bytes so far, before compression. */
  readonly size: number;
}

/** What compressing needs beside the bytes. */
export interface FramePlatform {
  /** Frames to compress in parallel. */
  atOnce: number;
  createCompressor(): FrameCompressor;
  /** Receives the bytes that the sink has taken. */
  onSpent(part: Uint8Array): void;
}

export interface FrameCompressor {
  /** Compresses one frame at a time. Do not change the bytes before it resolves. */
  pack(frame: Uint8Array): Promise<Uint8Array[]>;
  close(): void;
}

interface Slot {
  compressor: FrameCompressor;
  frame: Uint8Array;
}

/** Compresses its input in bounded memory, whatever the speeds. */
export function compressTo(sink: ByteSink, platform: FramePlatform): FrameWriter {
  const newSlot = (): Slot => ({
    compressor: platform.createCompressor(),
    frame: new Uint8Array(FRAME),
  });
  const idle: Slot[] = [];
  const running: { slot: Slot; packed: Promise<Uint8Array[]> }[] = [];
  let current = newSlot();
  let used = 0;
  let size = 0;

  async function passOldest(): Promise<void> {
    const oldest = running.shift();
    if (!oldest) return;
    for (const part of await oldest.packed) {
      await sink.write(part);
      platform.onSpent(part);
    }
    idle.push(oldest.slot);
  }

  async function passFrame(): Promise<void> {
    if (used === 0) return;
    const packed = current.compressor.pack(current.frame.subarray(0, used));
    packed.catch(() => undefined); // reported to whoever waits for the frame, possibly nobody
    running.push({ slot: current, packed });
    used = 0;
    if (running.length >= platform.atOnce) await passOldest();
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
