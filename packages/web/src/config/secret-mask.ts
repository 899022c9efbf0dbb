import { isSecretPath } from "@claw/core/secret-paths";
import { syntaxTree } from "@codemirror/language";
import {
  type EditorState,
  type Extension,
  MapMode,
  type Range,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import { pathOf } from "./node-path.ts";

/** The phrase that names what a click does. */
export const SHOW_SECRET = "Show the secret";

/** Shows the secret that begins at an offset. */
const reveal = StateEffect.define<number>();

/** The offsets at which secrets begin that the user wanted to see. */
const revealed = StateField.define<ReadonlySet<number>>({
  create: () => new Set(),
  update(before, { changes, docChanged, effects }) {
    const wanted = effects.filter((effect) => effect.is(reveal)).map(({ value }) => value);
    if (!docChanged && wanted.length === 0) return before;
    const moved = [...before].map((at) => changes.mapPos(at, 1, MapMode.TrackDel));
    return new Set([...moved.filter((at) => at !== null), ...wanted]);
  },
});

/** Stands in place of a secret; a click shows it. */
class Mask extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(view: EditorView): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cm-secret";
    button.textContent = "••••••••";
    button.title = view.state.phrase(SHOW_SECRET);
    button.setAttribute("aria-label", button.title);
    button.addEventListener("click", () =>
      view.dispatch({ effects: reveal.of(view.posAtDOM(button)) }),
    );
    return button;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const look = EditorView.theme({
  ".cm-secret": {
    font: "inherit",
    color: "var(--color-text-2)",
    backgroundColor: "var(--color-hover)",
    borderRadius: "4px",
    padding: "0 6px",
    cursor: "pointer",
  },
});

/**
 * Hides the secrets of a configuration until somebody clicks on one, so that nobody reads them over
 * a shoulder or in a picture. The text itself stays what it is, also when it is copied.
 */
export function secretMask(): Extension {
  const plugin = ViewPlugin.define((view) => new Masks(view), {
    decorations: ({ decorations }) => decorations,
    provide: (of) =>
      EditorView.atomicRanges.of((view) => view.plugin(of)?.decorations ?? Decoration.none),
  });
  return [revealed, plugin, look];
}

class Masks {
  decorations: DecorationSet;
  /** What somebody types is shown as long as the caret stays there. */
  #isTyping = false;

  constructor(view: EditorView) {
    this.decorations = this.#decorate(view);
  }

  update(update: ViewUpdate): void {
    const { docChanged, selectionSet, transactions } = update;
    if (docChanged || selectionSet)
      this.#isTyping = transactions.some(
        (one) => one.isUserEvent("input.type") || one.isUserEvent("delete"),
      );
    this.decorations = this.#decorate(update.view);
  }

  #decorate({ state, visibleRanges }: EditorView): DecorationSet {
    const shown = state.field(revealed);
    const masks: Range<Decoration>[] = [];
    for (const { from, to } of visibleRanges)
      for (const secret of secretsIn(state, from, to))
        if (!shown.has(secret.from) && !this.#isTypedIn(state, secret))
          masks.push(...maskOf(state, secret));
    return Decoration.set(masks, true);
  }

  #isTypedIn(state: EditorState, { from, to }: Span): boolean {
    const { head } = state.selection.main;
    return this.#isTyping && from <= head && head <= to;
  }
}

/** Line by line: a decoration of a plugin must not replace a line's end. */
function* maskOf({ doc }: EditorState, { from, to }: Span): Generator<Range<Decoration>> {
  for (let start = from; start < to; ) {
    const line = doc.lineAt(start);
    const end = Math.min(line.to, to);
    if (end > start) yield (start === from ? MASK : REST).range(start, end);
    start = line.to + 1;
  }
}

const MASK = Decoration.replace({ widget: new Mask() });
const REST = Decoration.replace({});

interface Span {
  from: number;
  to: number;
}

/** The texts at secret paths between two offsets. */
function secretsIn(state: EditorState, from: number, to: number): Span[] {
  const spans: Span[] = [];
  syntaxTree(state).iterate({
    from,
    to,
    enter({ name, node }) {
      if (name !== "String" || node.to - node.from <= 2) return;
      const path = pathOf(state, node);
      if (path && isSecretPath(path)) spans.push({ from: node.from, to: node.to });
    },
  });
  return spans;
}
