import { Header } from "tar";

const BLOCK = 512;

/** A tar archive of texts by absolute path, which every user may read. */
export function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).flatMap(([path, text]) => {
    const bytes = Buffer.from(text);
    return [headerOf(path, bytes.length), bytes, Buffer.alloc(-bytes.length & (BLOCK - 1))];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
}

function headerOf(path: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const header = new Header({
    path: path.slice(1),
    type: "File",
    mode: 0o644,
    size,
    uid: 0,
    gid: 0,
  });
  // Only a path or size beyond what the panel puts in needs more than this block.
  if (header.encode(block, 0)) throw new Error(`${path} does not fit a plain tar header`);
  return block;
}
