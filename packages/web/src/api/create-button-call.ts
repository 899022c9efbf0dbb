import { createCall } from "./create-call.ts";
import { showFailure } from "./show-failure.tsx";

/** A button's call: its progress. A failure is a toast that says `what` failed, with a retry. */
export function createButtonCall(what: () => string, call: () => Promise<void>) {
  const { busy, run: runOnce } = createCall(async () => {
    try {
      await call();
    } catch (error) {
      showFailure(what(), error, run);
    }
  });
  const run = (): Promise<void> => runOnce(undefined);
  return { busy, run };
}
