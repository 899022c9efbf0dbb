import { pipeline } from "node:stream";
import { constants, createZstdDecompress } from "node:zlib";
import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import { messageOf } from "@claw/core/errors";

const CHUNK = 1024 ** 2;
/** 8 MiB: what zstd up to level 19 uses. A frame that asks for more memory is refused. */
const WINDOW_LOG = 23;

/** What zstd made, a piece at a time. Throws ARCHIVE_INVALID for anything else than whole frames. */
export async function* decompressed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const params = { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG };
  const unpacking = createZstdDecompress({ params, chunkSize: CHUNK });
  pipeline(chunks, unpacking, () => undefined); // the loop below is told of an error
  try {
    for await (const chunk of unpacking) yield chunk;
  } catch (error) {
    throw isZlibError(error)
      ? archiveInvalid(`its data cannot be unpacked (${messageOf(error)})`, { cause: error })
      : error;
  }
}

const isZlibError = (error: unknown) =>
  error instanceof Error && "code" in error && /^(ZSTD_|Z_)/.test(String(error.code));
