import { type Span, secretSpans } from "@claw/core/secret-spans";
import { getChunks, getOriginalDoc } from "@codemirror/merge";
import type { Text as Doc, Extension } from "@codemirror/state";
import { type EditorView, ViewPlugin } from "@codemirror/view";
import { maskButton } from "./secret-mask.ts";

/**
 * Hides the secrets in the removed text of a comparison, which @codemirror/merge shows as it is. The
 * compared text itself keeps them: whoever chooses it gets them.
 */
export function removedSecrets(): Extension {
  return ViewPlugin.define((view) => new RemovedSecrets(view));
}

class RemovedSecrets {
  /** The elements of removed text are kept as long as their text is the same. */
  readonly #done = new WeakSet<Element>();
  #original: Doc | undefined;
  #spans: readonly Span[] = [];

  constructor(view: EditorView) {
    // The elements are not there yet, and are before the page is drawn.
    view.requestMeasure({ read: () => this.docViewUpdate(view) });
  }

  docViewUpdate(view: EditorView): void {
    for (const removed of view.contentDOM.querySelectorAll(".cm-deletedChunk")) {
      if (this.#done.has(removed)) continue;
      this.#done.add(removed);
      const at = view.posAtDOM(removed);
      const chunk = getChunks(view.state)?.chunks.find(({ fromB }) => fromB === at);
      if (chunk) this.#hide(view, removed, chunk.fromA);
    }
  }

  #hide(view: EditorView, removed: Element, start: number): void {
    const pieces = piecesOf(removed, start);
    // From the end: what is cut off behind a secret has none left.
    for (const span of this.#secretsOf(view).toReversed())
      mask(
        view,
        pieces.flatMap((piece) => cut(piece, span)),
      );
  }

  #secretsOf({ state }: EditorView): readonly Span[] {
    const original = getOriginalDoc(state);
    if (original !== this.#original) {
      this.#original = original;
      this.#spans = secretSpans(original.toString()).spans;
    }
    return this.#spans;
  }
}

/** A piece of removed text, and where it lies in the compared text. */
interface Piece {
  node: Text;
  from: number;
}

function piecesOf(removed: Element, start: number): Piece[] {
  const pieces: Piece[] = [];
  let from = start;
  for (const line of removed.querySelectorAll(".cm-deletedLine")) {
    const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (!(node instanceof Text)) continue;
      pieces.push({ node, from });
      from += node.length;
    }
    from += 1;
  }
  return pieces;
}

/** The part of a piece that lies in `span`, as a node of its own. */
function cut({ node, from }: Piece, span: Span): Text[] {
  const start = Math.max(span.from - from, 0);
  const end = Math.min(span.to - from, node.length);
  if (start >= end) return [];
  if (end < node.length) node.splitText(end);
  return [start > 0 ? node.splitText(start) : node];
}

/** One button for all parts of a secret, of which the changed ones stand apart. */
function mask(view: EditorView, parts: readonly Text[]): void {
  const texts = parts.map(({ data }) => data);
  const button = maskButton(view, () => {
    for (const [n, part] of parts.entries()) part.data = texts[n] ?? "";
    button.remove();
  });
  parts[0]?.before(button);
  for (const part of parts) part.data = "";
}
