import { createSignal } from "solid-js";

/** A configuration file as it was read. */
export interface StoredConfig {
  text: string;
  revision: string;
}

/** The stored text, and that of the editor, which is based on one of its revisions. */
export function createConfigText() {
  const [stored, setStored] = createSignal<StoredConfig>();
  const [base, setBase] = createSignal("");
  const [text, setText] = createSignal("");
  /** Counts changes of the text from outside the editor: of the whole, and of some places. */
  const [resets, setResets] = createSignal(0);
  const [corrections, setCorrections] = createSignal(0);
  /** Counts changes by a form. */
  const [placements, setPlacements] = createSignal(0);
  return {
    stored,
    /** The revision on which the editor's text is based. */
    base,
    text,
    setText,
    resets,
    corrections,
    placements,
    dirty: () => {
      const file = stored();
      return file !== undefined && file.text !== text();
    },
    /** Notes the stored file; the editor's text is based on it, unless on another revision. */
    store(file: StoredConfig, revision = file.revision) {
      setStored(file);
      setBase(revision);
    },
    replace(next: string) {
      setText(next);
      setResets((count) => count + 1);
    },
    correct(next: string) {
      setText(next);
      setCorrections((count) => count + 1);
    },
    place(next: string) {
      setText(next);
      setPlacements((count) => count + 1);
    },
  };
}
