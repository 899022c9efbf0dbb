import { constants, createZstdCompress } from "node:zlib";
import { FRAME, type FrameCompressor, type FramePlatform } from "@claw/core/backup/codec/frames";
import { freeSpent } from "../free-spent.ts";

const PARAMS = {
  [constants.ZSTD_c_compressionLevel]: 3,
  [constants.ZSTD_c_checksumFlag]: 1,
};

export const ZSTD_FRAMES: FramePlatform = {
  // One of the four threads that all of Node shares stays free for flushing and for the panel.
  atOnce: 3,
  createCompressor,
  onSpent: (part) => freeSpent(part, FRAME),
};

/** Reuses one zstd context for many frames: creating one costs time and memory. */
function createCompressor(): FrameCompressor {
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
