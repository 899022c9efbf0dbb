import type { EditedBy } from "@claw/core/config-history";
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
  /** Everything that the text has beyond the stored one was entered in a form. */
  let isByForm = false;
  const dirty = () => {
    const file = stored();
    return file !== undefined && file.text !== text();
  };
  return {
    stored,
    /** The revision on which the editor's text is based. */
    base,
    text,
    type(next: string) {
      isByForm = false;
      setText(next);
    },
    resets,
    corrections,
    placements,
    dirty,
    /** By what the text was made from the stored one. */
    source: (): EditedBy => (isByForm ? "form" : "editor"),
    /** Notes the stored file; the editor's text is based on it, unless on another revision. */
    store(file: StoredConfig, revision = file.revision) {
      setStored(file);
      setBase(revision);
    },
    replace(next: string) {
      isByForm = false;
      setText(next);
      setResets((count) => count + 1);
    },
    correct(next: string) {
      setText(next);
      setCorrections((count) => count + 1);
    },
    place(next: string) {
      isByForm ||= !dirty();
      setText(next);
      setPlacements((count) => count + 1);
    },
  };
}
