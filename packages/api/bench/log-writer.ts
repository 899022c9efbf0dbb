import { writeFile } from "node:fs/promises";
import path from "node:path";

/** Where the data folder of an instance is in its container. */
const DATA = "/home/node/.openclaw";
const FILE = "bench-writer.mjs";

export interface WriterOptions {
  linesPerSecond: number;
  /** Characters of a line. */
  length: number;
}

/** Runs in an instance's container in place of OpenClaw. */
export const WRITER_COMMAND = ["node", `${DATA}/${FILE}`];

/** Needs `writeSync`. Writes lines evenly, each with its number and the moment at which it was written. */
export function writerSource(options: WriterOptions): string {
  return `
const { linesPerSecond, length } = ${JSON.stringify(options)};
const begun = performance.now();
let written = 0;
setInterval(() => {
  const due = Math.floor(((performance.now() - begun) * linesPerSecond) / 1000);
  let text = "";
  while (written < due) text += (++written + " " + Date.now() + " ").padEnd(length - 1, "x") + "\\n";
  if (text !== "") writeSync(1, text);
}, 1);
process.on("SIGTERM", () => process.exit(0));
`;
}

export async function writeWriter(home: string, id: string, options: WriterOptions): Promise<void> {
  const file = path.join(home, "instances", id, "data", FILE);
  await writeFile(file, `import { writeSync } from "node:fs";${writerSource(options)}`, {
    mode: 0o644,
  });
}

/** Number and moment of a line, or null when it is not the writer's. */
export function parseLine(text: string): { number: number; sentAt: number } | null {
  const [number, sentAt, rest] = text.split(" ", 3);
  if (rest === undefined || !/^x+$/.test(rest)) return null;
  return { number: Number(number), sentAt: Number(sentAt) };
}
