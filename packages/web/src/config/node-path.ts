import { keyOf } from "@claw/core/json5-tokens";
import type { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

export type SyntaxNode = ReturnType<typeof syntaxTree>["topNode"];

/**
 * The keys from the root to a value of the text as it is parsed so far, an item's index among them;
 * null below a key that is none yet.
 */
export function pathOf(state: EditorState, value: SyntaxNode): string[] | null {
  const path: string[] = [];
  for (let node = value; node.parent; node = node.parent) {
    const { parent } = node;
    if (parent.name === "Property") {
      const name = parent.getChild("PropertyName");
      const key = name ? nameIn(state.sliceDoc(name.from, name.to)) : undefined;
      if (key === undefined) return null;
      path.unshift(key);
    }
    if (parent.name === "Array") path.unshift(String(indexOf(node)));
  }
  return path;
}

/** Undefined for what is no name, as while it is typed. */
function nameIn(source: string): string | undefined {
  try {
    return keyOf(source);
  } catch {
    return undefined;
  }
}

function indexOf(item: SyntaxNode): number {
  let index = 0;
  for (let before = item.prevSibling; before; before = before.prevSibling)
    if (VALUES.has(before.name)) index += 1;
  return index;
}

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);
