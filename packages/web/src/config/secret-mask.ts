import { joined, type Span, secretSpans } from "@claw/core/secret-spans";
import {
  type ChangeDesc,
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

interface Secrets {
  spans: readonly Span[];
  /** Those of the last text whose syntax was right. */
  kept: readonly Span[];
}

/**
 * Where the secrets lie. While the syntax is broken, those of before stay hidden: what is typed at
 * one place must not uncover another.
 */
const secrets = StateField.define<Secrets>({
  create({ doc }) {
    const { spans } = secretSpans(doc.toString());
    return { spans, kept: spans };
  },
  update(before, { changes, docChanged, newDoc }) {
    if (!docChanged) return before;
    const { spans, isBroken } = secretSpans(newDoc.toString());
    if (!isBroken) return { spans, kept: spans };
    const kept = mapped(before.kept, changes);
    return { spans: [...spans, ...kept], kept };
  },
});

/** Without those that were deleted or replaced. */
function mapped(spans: readonly Span[], changes: ChangeDesc): Span[] {
  return spans
    .map(({ from, to }) => ({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }))
    .filter(({ from, to }) => from < to);
}

/** What stands in place of a secret; a click shows it. */
export function maskButton(view: EditorView, show: () => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cm-secret";
  button.textContent = "••••••••";
  button.title = view.state.phrase(SHOW_SECRET);
  button.setAttribute("aria-label", button.title);
  button.addEventListener("click", show);
  return button;
}

class Mask extends WidgetType {
  override eq(): boolean {
    return true;
  }

  override toDOM(view: EditorView): HTMLElement {
    const button = maskButton(view, () =>
      view.dispatch({ effects: reveal.of(view.posAtDOM(button)) }),
    );
    return button;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const look = EditorView.theme({
  ".cm-secret, .cm-deletedChunk .cm-secret": {
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
  return [secrets, revealed, plugin, look];
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

  #decorate({ state }: EditorView): DecorationSet {
    const shown = state.field(revealed);
    const hidden = state
      .field(secrets)
      .spans.filter((secret) => !shown.has(secret.from) && !this.#isTypedIn(state, secret));
    return Decoration.set(joined(hidden).flatMap((secret) => [...maskOf(state, secret)]));
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
