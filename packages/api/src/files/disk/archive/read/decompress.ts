import { constants, createZstdDecompress, type ZstdDecompress } from "node:zlib";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import { messageOf } from "@claw/core/errors";
import { freeSpent } from "../free-spent.ts";

const CHUNK = 1024 ** 2;
/** 8 MiB: the window of zstd up to level 19. A frame that asks for more memory is refused. */
const WINDOW_LOG = 23;

/**
 * The output of zstd in pieces, each valid until the next is requested. Throws ARCHIVE_INVALID for
 * anything but complete consecutive frames.
 */
export async function* decompressed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  const params = { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG };
  let rest: Uint8Array | null = null;
  do {
    const unpacking = createZstdDecompress({ params, chunkSize: CHUNK });
    const feeding = feed(unpacking, rest, source);
    feeding.catch((error) => unpacking.destroy(error));
    try {
      for await (const piece of unpacking) {
        yield piece;
        freeSpent(piece, CHUNK);
      }
      rest = await feeding;
    } catch (error) {
      throw isZlibError(error)
        ? archiveInvalid(`its data cannot be unpacked (${messageOf(error)})`, { cause: error })
        : error;
    }
  } while (rest !== null);
}

/**
 * Feeds one piece. Resolves with its unused rest: Node stops at the end of a frame that is followed
 * by another one in the same piece.
 */
async function feed(
  unpacking: ZstdDecompress,
  first: Uint8Array | null,
  source: AsyncIterator<Uint8Array>,
): Promise<Uint8Array | null> {
  for (let chunk = first ?? (await next(source)); chunk !== null; chunk = await next(source)) {
    const before = unpacking.bytesWritten;
    await taken(unpacking, chunk);
    const size = unpacking.bytesWritten - before;
    if (size < chunk.length) return chunk.subarray(size);
  }
  unpacking.end();
  return null;
}

async function next(source: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
  const { done, value } = await source.next();
  return done ? null : value;
}

/** Resolves when a piece has been used up, or no more is wanted. */
function taken(unpacking: ZstdDecompress, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      unpacking.off("end", settle);
      unpacking.off("close", settle);
      resolve();
    };
    unpacking.once("end", settle);
    unpacking.once("close", settle);
    unpacking.write(chunk, settle);
  });
}

const isZlibError = (error: unknown) =>
  error instanceof Error && "code" in error && /^(ZSTD_|Z_)/.test(String(error.code));
