/// <reference path="./lezer-json5.d.ts" />
import json5 from "json5";
import { parser, type SyntaxNode } from "lezer-json5";
import { DomainError } from "./errors.ts";

/** Replacement of one range of a text, as character offsets. */
interface Edit {
  from: number;
  to: number;
  insert: string;
}

/**
 * Parses JSON5 whose root is an object. Throws CONFIG_INVALID with the line and column, counted
 * from 1, of the first character that is wrong.
 */
export function parseJson5Object(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = json5.parse(text);
  } catch (error) {
    throw configInvalid(syntaxIssue(error));
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw configInvalid({ line: 1, column: 1, message: "The configuration must be an object: { … }." });
  return value as Record<string, unknown>;
}

function configInvalid(at: { line: number; column: number; message: string }): DomainError {
  return new DomainError(
    "CONFIG_INVALID",
    `The configuration is not valid JSON5: line ${at.line}, column ${at.column}: ${at.message} Correct it and save again; nothing was changed.`,
    { issues: [{ ...at, path: "" }] },
  );
}

/** json5 reports the place as fields; a line break inside a string counts as column 0 there. */
function syntaxIssue(error: unknown): { line: number; column: number; message: string } {
  const { message, lineNumber, columnNumber } = error as {
    message?: string;
    lineNumber?: number;
    columnNumber?: number;
  };
  const sentence = (message ?? "syntax error").replace(/^JSON5: /, "").replace(/ at \d+:\d+$/, "");
  return {
    line: lineNumber ?? 1,
    column: Math.max(1, columnNumber ?? 1),
    message: `${sentence}.`,
  };
}

/** The items of an array in `text`, as positions of their source, or null when it is not there. */
export function findArray(
  text: string,
  path: readonly string[],
): { items: { from: number; to: number }[]; end: number } | null {
  const node = findValue(text, path);
  if (node?.name !== "Array") return null;
  const items = children(node).filter((child) => !/^[[\],]$|Comment$/.test(child.name));
  return { items, end: node.to - 1 };
}

function findValue(text: string, path: readonly string[]): SyntaxNode | null {
  let node = children(parser.parse(text).topNode).find((child) => child.name === "Object") ?? null;
  for (const key of path) {
    if (node?.name !== "Object") return null;
    // As in JavaScript, the last of two equal keys counts.
    const property: SyntaxNode | undefined = children(node)
      .filter((child) => child.name === "Property")
      .findLast((child) => propertyName(text, child) === key);
    node = property ? (children(property).findLast((child) => !child.name.endsWith("Comment")) ?? null) : null;
  }
  return node;
}

function propertyName(text: string, property: SyntaxNode): string | null {
  const name = children(property).find((child) => child.name === "PropertyName");
  if (!name) return null;
  const source = text.slice(name.from, name.to);
  return Object.keys(json5.parse(`{${source}:0}`))[0] ?? null;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** `text` with `edits` done, which must not overlap. Everything else stays byte for byte. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((done, edit) => done.slice(0, edit.from) + edit.insert + done.slice(edit.to), text);
}
