import { createSignal } from "solid-js";
import { joinSentences } from "../i18n/join-sentences.ts";
import { explainError, type Failure, failureOf } from "./api-error.ts";

/** The panel's message on a field's value. */
interface Refusal<Field> {
  field: Field;
  value: string;
  sentence: string;
}

/**
 * The panel's refusals of a form's fields. Each belongs to the value sent: it is shown until the
 * field changes.
 */
export function createRefusals<Field extends string>(
  fieldOf: Partial<Record<Failure, Field>>,
  sentOf: (field: Field) => string,
) {
  const [refusal, setRefusal] = createSignal<Refusal<Field>>();
  return {
    /** The message to show at the field. */
    of: (field: Field): string | undefined => {
      const refused = refusal();
      return refused?.field === field && refused.value === sentOf(field)
        ? refused.sentence
        : undefined;
    },
    /** False: the error is about none of the fields. */
    take: (error: unknown): boolean => {
      const field = fieldOf[failureOf(error)];
      if (field === undefined) return false;
      const { what, fix, detail } = explainError(error);
      setRefusal({ field, value: sentOf(field), sentence: joinSentences(what, detail ?? fix) });
      return true;
    },
    clear: () => setRefusal(undefined),
  };
}

/** Accepts errors about its own fields. */
export type RefusalTaker = Pick<ReturnType<typeof createRefusals>, "take" | "clear">;
