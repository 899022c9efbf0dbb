import { z } from "zod";

/** A file, folder or link of an instance: one line of `files.jsonl`. */
const Mode = z.string().regex(/^0[0-7]{3}$/);
/** Whole seconds since 1970, as a tar header holds. */
const Mtime = z.int().min(0).max(0o77777777777);

const FileLine = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("file"),
    path: z.string(),
    size: z.int().min(0),
    mode: Mode,
    mtime: Mtime,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.object({ type: z.literal("folder"), path: z.string(), mode: Mode, mtime: Mtime }),
  z.object({ type: z.literal("link"), path: z.string(), target: z.string(), mtime: Mtime }),
]);
export type FileLine = z.infer<typeof FileLine>;

/** Maximum bytes of a line; each byte of a path and a target may take six when escaped. */
export const LINE_MAX_SIZE = 128 * 1024;

/** Permissions as written in a line. */
export const modeText = (mode: number) => `0${(mode & 0o777).toString(8).padStart(3, "0")}`;

/** A time as a tar header and a line hold it. */
export const wholeSeconds = (milliseconds: number) =>
  Math.min(Math.max(0, Math.floor(milliseconds / 1000)), 0o77777777777);

/** The line without its line break. Equal entries give equal lines. */
export function encodeFileLine(line: FileLine): string {
  const { type, path, mtime } = line;
  if (type === "link") return JSON.stringify({ type, path, target: line.target, mtime });
  const { mode } = line;
  if (type === "folder") return JSON.stringify({ type, path, mode, mtime });
  return JSON.stringify({ type, path, size: line.size, mode, mtime, sha256: line.sha256 });
}

/** The entry of a line, or null when it is malformed. */
export function parseFileLine(text: string): FileLine | null {
  try {
    return FileLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
