import { createSignal } from "solid-js";
import { explainError, type Failure, failureOf } from "./api-error.ts";

/** What the panel said of a field's value. */
interface Refusal<Field> {
  field: Field;
  value: string;
  sentence: string;
}

/**
 * What the panel refused of the fields of a form. It belongs to the value that was sent: it is shown
 * at its field until something else stands there.
 */
export function createRefusals<Field extends string>(
  fieldOf: Partial<Record<Failure, Field>>,
  sentOf: (field: Field) => string,
) {
  const [refusal, setRefusal] = createSignal<Refusal<Field>>();
  return {
    /** The sentence to be shown at the field. */
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
      setRefusal({ field, value: sentOf(field), sentence: `${what} ${detail ?? fix}` });
      return true;
    },
    clear: () => setRefusal(undefined),
  };
}

/** Takes what is about its own fields. */
export type RefusalTaker = Pick<ReturnType<typeof createRefusals>, "take" | "clear">;
