import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { Plugin } from "vite";

const TEXT = new Set([".css", ".html", ".js", ".svg"]);

/** Below one packet's payload, a smaller file arrives no earlier. */
const WORTH_BYTES = 1024;

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

/** Writes `x.br` and `x.gz` beside each text file of the built page; the panel serves them (static-web.ts). */
export function precompress(): Plugin {
  let outDir: string;
  return {
    name: "precompress",
    apply: "build",
    configResolved(config) {
      outDir = path.resolve(config.root, config.build.outDir);
    },
    // Last, when the files of `public` are there, too.
    async closeBundle() {
      const files = await readdir(outDir, { recursive: true, withFileTypes: true });
      const texts = files.filter((one) => one.isFile() && TEXT.has(path.extname(one.name)));
      await Promise.all(texts.map((one) => compressFile(path.join(one.parentPath, one.name))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < WORTH_BYTES) return;
  const params = { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await Promise.all([
    writeFile(`${file}.br`, await brotli(content, { params })),
    writeFile(`${file}.gz`, await gzip(content, { level: 9 })),
  ]);
}
