/**
 * Frees the memory of a part that zlib gave and nobody needs any more, when it is the last of its
 * chunk: zlib fills each chunk once, from beginning to end. Left to the garbage collector, tens of
 * MB of them pile up, and finding them costs a tenth of the work.
 */
export function freeSpent(part: Buffer, chunkSize: number): void {
  const { buffer, byteOffset, length } = part;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === chunkSize)
    if (byteOffset + length === chunkSize) buffer.transfer(0);
}
