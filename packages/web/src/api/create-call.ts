import { createSignal } from "solid-js";
import type { RefusalTaker } from "./create-refusals.ts";

/**
 * A form's call: its progress and failure. Errors that `fields` accept appear at a field, not as an
 * error of the form.
 */
export function createCall<Input>(
  call: (input: Input) => Promise<void>,
  ...fields: readonly RefusalTaker[]
) {
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  const run = async (input: Input): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    setError(undefined);
    for (const field of fields) field.clear();
    try {
      await call(input);
    } catch (thrown) {
      if (!fields.some((field) => field.take(thrown))) setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, forget: () => setError(undefined) };
}
