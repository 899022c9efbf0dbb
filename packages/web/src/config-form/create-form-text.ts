import type { FormField } from "@claw/core/config-forms/describe-forms";
import {
  placeOf,
  shownOf,
  withFieldValue,
  withoutPlace,
} from "@claw/core/config-forms/form-values";
import { parseJson5Object } from "@claw/core/json5-edit";
import { valueAt } from "@claw/core/openclaw-config";
import { createMemo } from "solid-js";

export type FormText = ReturnType<typeof createFormText>;

/** The text of an editor, which the form stands beside. */
export interface EditedText {
  text: () => string;
  /** The file as it was read or saved last. */
  stored: () => { text: string } | undefined;
  /** Puts another text into the editor, place by place. */
  place: (next: string) => void;
  save: () => Promise<void>;
}

/** The text of the editor, as forms read and change it. */
export function createFormText(edited: Pick<EditedText, "text" | "stored" | "place">) {
  const { text, place } = edited;
  const parsed = createMemo(() => parsedOrNull(text()));
  const file = () => edited.stored()?.text ?? "";
  const stored = createMemo(() => parsedOrNull(file()) ?? {});
  const config = () => parsed() ?? {};
  return {
    config,
    /** Only the text itself can be mended. */
    isBroken: () => parsed() === null,
    shown: (field: FormField) => shownOf(field, config()),
    raw: (field: FormField): unknown => valueAt(config(), placeOf(field, config())),
    /** What the file has of it. */
    inFile: (field: FormField): unknown => valueAt(stored(), placeOf(field, stored())),
    fileHas: (path: readonly string[]) => valueAt(stored(), path) !== undefined,
    has: (path: readonly string[]) => valueAt(config(), path) !== undefined,
    set: (field: FormField, value: unknown) => place(withFieldValue(text(), field, value, file())),
    remove: (path: readonly string[]) => place(withoutPlace(text(), path, file())),
  };
}

function parsedOrNull(text: string) {
  try {
    return parseJson5Object(text);
  } catch {
    // The editor says where the mistake is.
    return null;
  }
}
