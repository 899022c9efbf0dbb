import { createSignal } from "solid-js";

/** One call that a form makes: whether it is under way, and why it did not work. */
export function createCall<Input>(call: (input: Input) => Promise<void>) {
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  const run = async (input: Input): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    setError(undefined);
    try {
      await call(input);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, forget: () => setError(undefined) };
}
