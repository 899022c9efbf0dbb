import { locate } from "@claw/core/config-schema/locate";
import type { ManagedFor, ManagedKey } from "@claw/core/managed-keys";
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import { t } from "../i18n/i18n.ts";
import { MANAGED_WHY } from "./managed-words.ts";

/** Stands before a key of the panel's, and says why it is. */
class Lock extends WidgetType {
  readonly #why: string;

  constructor(why: string) {
    super();
    this.#why = why;
  }

  override eq(other: Lock): boolean {
    return other.#why === this.#why;
  }

  override toDOM(): HTMLElement {
    const lock = document.createElement("span");
    lock.className = "cm-managed";
    lock.title = this.#why;
    lock.setAttribute("role", "img");
    lock.setAttribute("aria-label", this.#why);
    return lock;
  }
}

const LOCK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#000" stroke-width="1.5"><path d="M3.5 7.2h9v6.3h-9zM5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2"/></svg>';

const look = EditorView.theme({
  ".cm-managed": {
    display: "inline-block",
    width: "12px",
    height: "12px",
    marginRight: "4px",
    verticalAlign: "-1px",
    backgroundColor: "var(--color-text-2)",
    mask: `url("data:image/svg+xml,${encodeURIComponent(LOCK)}") center / contain no-repeat`,
  },
});

/** Replaces the marks. */
const setMarks = StateEffect.define<DecorationSet>();

/** They move with the text while it is typed; its syntax may be broken then. */
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { changes, effects }) =>
    effects.filter((effect) => effect.is(setMarks)).at(-1)?.value ?? before.map(changes),
  provide: (field) => EditorView.decorations.from(field),
});

/** Room for the marks of `markManaged`. */
export function managedMarks(): Extension {
  return [marks, look];
}

/** Marks the keys that the panel sets in a text that is valid JSON5. */
export function markManaged(view: EditorView, managed: readonly ManagedKey[]): void {
  const places = locate(
    view.state.doc.toString(),
    managed.map(({ path }) => path),
  );
  const locks = managed.flatMap(({ why }, index) => {
    const key = places[index]?.key ?? null;
    return key === null ? [] : [lockOf(why).range(key)];
  });
  view.dispatch({ effects: setMarks.of(Decoration.set(locks, true)) });
}

const lockOf = (why: ManagedFor) =>
  Decoration.widget({ widget: new Lock(t(MANAGED_WHY[why])), side: -1 });
