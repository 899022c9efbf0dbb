/** Files must be named by purpose; reports their lengths. Biome checks length limits and the case of names. */
import { isTest } from "./project.mjs";

const EMPTY_NAMES = /(^|-)(utils?|helpers?|common|managers?|misc)(-|$)/;

const lineCount = (text) => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);

export function checkNames({ files }) {
  return [...files.keys()].flatMap((name) => {
    const empty = name.split("/").find((part) => EMPTY_NAMES.test(part.split(".")[0]));
    const message = `"${empty}" does not say what the file does`;
    return empty ? [{ rule: "name", file: name, line: 1, message }] : [];
  });
}

/** Lines of source files: median, ninth decile, longest. */
export function sizes({ files }) {
  const lines = [...files.values()]
    .filter(({ name }) => !isTest(name))
    .map(({ text }) => lineCount(text))
    .sort((a, b) => a - b);
  const at = (share) => lines[Math.min(lines.length - 1, Math.floor(lines.length * share))] ?? 0;
  return { files: lines.length, p50: at(0.5), p90: at(0.9), max: lines.at(-1) ?? 0 };
}
