import { readFile } from "node:fs/promises";
import { zstdDecompressSync } from "node:zlib";

/** Everything in a backup, unpacked as docs/backup-format.md says, without our code. */
export async function unpackedArchive(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  const seal = bytes.subarray(bytes.length - 1_536, bytes.length - 1_024).toString("latin1");
  const [, offset, size] = /^manifest (\d{16}) (\d{16})$/m.exec(seal) ?? [];
  const end = Number(offset) + Number(size);
  const manifest = bytes.subarray(Number(offset), end);
  const { instances } = JSON.parse(manifest.toString()) as {
    instances: { offset: number; size: number }[];
  };
  const members = instances.map((one) =>
    zstdDecompressSync(bytes.subarray(one.offset, one.offset + one.size)),
  );
  return Buffer.concat([manifest, ...members]);
}
