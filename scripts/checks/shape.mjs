/** Size and names of files: small enough to read at once, named for what they do. */
import { isTest } from "./project.mjs";

const MAX_LINES = 300;
const MAX_COMPONENT_LINES = 150;
const EMPTY_NAMES = /(^|-)(utils?|helpers?|common|managers?|misc)(-|$)/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/;

const lineCount = (text) => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);

export function checkSize({ files }) {
  return [...files.values()].flatMap(({ name, text }) => {
    if (isTest(name)) return [];
    const isComponent = name.endsWith(".tsx");
    const most = isComponent ? MAX_COMPONENT_LINES : MAX_LINES;
    const lines = lineCount(text);
    if (lines <= most) return [];
    const kind = isComponent ? "a component" : "a source file";
    return [
      {
        rule: "size",
        file: name,
        line: most,
        message: `${lines} lines; ${kind} has at most ${most}`,
      },
    ];
  });
}

export function checkNames({ files }) {
  return [...files.keys()].flatMap((name) => {
    const parts = name.split("/");
    const empty = parts.find((part) => EMPTY_NAMES.test(part.split(".")[0]));
    const violation = (message) => ({ rule: "name", file: name, line: 1, message });
    return [
      ...(empty ? [violation(`"${empty}" does not say what the file does`)] : []),
      ...(KEBAB.test(parts.at(-1)) ? [] : [violation("file names are kebab-case")]),
    ];
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
