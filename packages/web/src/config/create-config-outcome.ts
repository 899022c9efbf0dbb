import type { Issue } from "@claw/core/errors";
import { createSignal } from "solid-js";
import { issuesOf } from "../api/api-error.ts";
import type { RouterOutputs } from "../api/client.ts";

type Saved = RouterOutputs["instances"]["saveConfig"];
type Effect = Exclude<Saved["effect"], "refused">;

/** Whether the text is being saved, and what became of it. */
export function createConfigOutcome() {
  const [saving, setSaving] = createSignal(false);
  const [saveError, setSaveError] = createSignal<unknown>();
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [effect, setEffect] = createSignal<Effect>();
  const [unjudged, setUnjudged] = createSignal<Saved["unjudged"]>(null);
  return {
    saving,
    saveError,
    /** The panel's errors in the last text sent. */
    issues,
    effect,
    /** Why only the schema has judged the text. */
    unjudged,
    begin() {
      setSaving(true);
      setSaveError(undefined);
      setEffect(undefined);
    },
    succeed(how: Effect, why: Saved["unjudged"]) {
      setUnjudged(why);
      setEffect(how);
    },
    fail(error: unknown) {
      setIssues(issuesOf(error));
      setSaveError(error);
    },
    end: () => setSaving(false),
    /** The text is another than the one that failed. */
    dropError() {
      setIssues([]);
      setSaveError(undefined);
    },
    dropEffect: () => setEffect(undefined),
  };
}
