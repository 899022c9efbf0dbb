import { failed } from "./errors.ts";

const HEADER = 8;
/** Docker's own frames have 16 or 32 KiB; a far longer one is corrupt and not waited for. */
const FRAME_LIMIT = 16 * 1024 * 1024;

/** One frame: `bytes[start, end)` was written to `stream`. Valid only during the call. */
export type OnFrame = (
  stream: "stdout" | "stderr",
  bytes: Buffer,
  start: number,
  end: number,
) => void;

/**
 * Splits Docker's output for a container without a terminal: frames of a header (stream, three
 * zeros, length) and a payload, cut anywhere by the network. Copies only frames cut by a chunk's
 * end.
 */
export function createFrameDecoder(onFrame: OnFrame): (chunk: Buffer) => void {
  let rest: Buffer | null = null;
  return (chunk) => {
    const bytes: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    while (bytes.length - offset >= HEADER) {
      const end = offset + HEADER + bytes.readUInt32BE(offset + 4);
      const stream = streamOf(bytes, offset);
      if (end - offset > FRAME_LIMIT)
        throw failed("Docker's output is broken: a frame claims to be longer than 16 MiB.");
      if (end > bytes.length) break;
      if (stream === "error")
        throw failed(`Docker refused: ${bytes.toString("utf8", offset + HEADER, end).trim()}`);
      if (stream !== null) onFrame(stream, bytes, offset + HEADER, end);
      offset = end;
    }
    rest = offset === bytes.length ? null : bytes.subarray(offset);
  };
}

function streamOf(bytes: Buffer, offset: number): "stdout" | "stderr" | "error" | null {
  const zeros = bytes[offset + 1] === 0 && bytes[offset + 2] === 0 && bytes[offset + 3] === 0;
  const kind = bytes[offset];
  if (zeros && kind === 1) return "stdout";
  if (zeros && kind === 2) return "stderr";
  if (zeros && kind === 3) return "error";
  if (zeros && kind === 0) return null;
  throw failed("The container's output is not in Docker's frames: it was made with a terminal.");
}
