import { onCleanup } from "solid-js";
import { type Draft, drafts } from "../session/draft.ts";

const DRAFT_DELAY_MS = 300;

/** Keeps what is typed in a configuration in this browser; `draftOf` is null without a change. */
export function createKeptDraft(id: string, draftOf: () => Draft | null) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    const draft = draftOf();
    if (draft) drafts.write(id, draft);
    else drafts.remove(id);
  };
  const keepWaiting = () => {
    if (timer !== undefined) keep();
  };
  // A reload skips the cleanup.
  window.addEventListener("pagehide", keepWaiting);
  onCleanup(() => {
    window.removeEventListener("pagehide", keepWaiting);
    keepWaiting();
  });
  return {
    keep,
    /** After the next pause in typing. */
    keepSoon() {
      clearTimeout(timer);
      timer = setTimeout(keep, DRAFT_DELAY_MS);
    },
  };
}
