import type { Issue } from "@claw/core/errors";
import { createSignal, onCleanup } from "solid-js";
import { failureOf, issuesOf } from "../api/api-error.ts";
import type { Api, RouterOutputs } from "../api/client.ts";
import { drafts } from "../session/draft.ts";
import { createLostConfig } from "./create-lost-config.ts";
import { withLineEndsOf } from "./line-ends.ts";

type Read = RouterOutputs["instances"]["readConfig"];
type Stored = Pick<Read, "text" | "revision">;
export type Effect = RouterOutputs["instances"]["saveConfig"]["effect"];

const DRAFT_DELAY_MS = 300;

/**
 * The editing of one configuration: the stored text, the editor's text, and the conflicts between
 * them. Never replaces the text unasked, and never overwrites another user's change.
 */
export function createConfig(api: Api, id: string) {
  const [stored, setStored] = createSignal<Stored>();
  /** The revision on which the editor's text is based. */
  const [base, setBase] = createSignal("");
  const [text, setText] = createSignal("");
  const [loadError, setLoadError] = createSignal<unknown>();
  const [saveError, setSaveError] = createSignal<unknown>();
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [theirs, setTheirs] = createSignal<Stored>();
  /** The text when the conflict was found. */
  const [mine, setMine] = createSignal<string>();
  const [effect, setEffect] = createSignal<Effect>();
  const [warnings, setWarnings] = createSignal<Read["warnings"]>();
  const [saving, setSaving] = createSignal(false);
  /** Counts changes of the text from outside the editor. */
  const [resets, setResets] = createSignal(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const dirty = () => {
    const file = stored();
    return file !== undefined && file.text !== text();
  };
  const keepDraft = () => {
    clearTimeout(timer);
    timer = undefined;
    if (dirty()) drafts.write(id, { text: text(), revision: base() });
    else drafts.remove(id);
  };
  const replace = (next: string) => {
    setText(next);
    setResets((count) => count + 1);
    setIssues([]);
    setSaveError(undefined);
  };
  const read = () => api.trpc.instances.readConfig.query({ id });

  const load = async () => {
    setLoadError(undefined);
    try {
      const answer = await read();
      const draft = drafts.read(id);
      const outdated =
        draft !== null && draft.text !== answer.text && draft.revision !== answer.revision;
      setWarnings(answer.warnings);
      setStored(answer);
      setBase(outdated ? draft.revision : answer.revision);
      replace(draft?.text ?? answer.text);
      if (outdated) meet(answer);
      else setTheirs(undefined);
    } catch (error) {
      setLoadError(error);
    }
  };
  const edit = (typed: string) => {
    const next = withLineEndsOf(stored()?.text ?? "", typed);
    if (next === text()) return;
    setText(next);
    setIssues([]);
    setSaveError(undefined);
    setEffect(undefined);
    clearTimeout(timer);
    timer = setTimeout(keepDraft, DRAFT_DELAY_MS);
  };
  const save = async () => {
    if (saving() || theirs() || !dirty()) return;
    const sent = text();
    setSaving(true);
    setSaveError(undefined);
    setEffect(undefined);
    try {
      const answer = await api.trpc.instances.saveConfig.mutate({
        id,
        text: sent,
        revision: base(),
      });
      setStored({ text: sent, revision: answer.revision });
      setBase(answer.revision);
      setEffect(answer.effect);
      setWarnings(answer.warnings);
      loss.forget();
      keepDraft();
    } catch (error) {
      if (failureOf(error) === "REVISION_MISMATCH") await meetTheirs(error);
      else {
        setIssues(issuesOf(error));
        setSaveError(error);
      }
    } finally {
      setSaving(false);
    }
  };
  /** The saved text is not in effect: shows the file as it is, unless the user has typed. */
  const loss = createLostConfig(api, id, () => {
    setEffect(undefined);
    if (!dirty() && !saving()) void load();
  });
  const meet = (file: Stored) => {
    setMine(text());
    setTheirs(file);
  };
  const meetTheirs = async (error: unknown) => {
    try {
      meet(await read());
    } catch {
      setSaveError(error);
    }
  };
  /** Reads the file again; true while the text is still based on it. */
  const isCurrent = async (): Promise<boolean> => {
    const file = await read();
    if (file.revision === base()) return true;
    meet(file);
    return false;
  };

  const keepWaitingDraft = () => {
    if (timer !== undefined) keepDraft();
  };
  // A reload skips the cleanup.
  window.addEventListener("pagehide", keepWaitingDraft);
  onCleanup(() => {
    window.removeEventListener("pagehide", keepWaitingDraft);
    keepWaitingDraft();
  });
  void load();

  return {
    stored,
    text,
    dirty,
    saving,
    loadError,
    saveError,
    /** The panel's errors in the last text sent. */
    issues,
    effect,
    /** The saved text that OpenClaw undid. */
    lost: loss.lost,
    warnings,
    /** The text stored by others meanwhile; unset without a conflict. */
    theirs,
    /** Whether the text has changed since the conflict was found. */
    merged: () => theirs() !== undefined && text() !== mine(),
    resets,
    load,
    isCurrent,
    edit,
    /** Puts `next` into the editor as if typed. */
    revert: (next: string) => {
      edit(next);
      replace(next);
    },
    save,
    discard: () => {
      drafts.remove(id);
      setEffect(undefined);
      const file = theirs() ?? stored();
      setTheirs(undefined);
      if (!file) return;
      setStored(file);
      setBase(file.revision);
      replace(file.text);
    },
    /** Keeps the text and lets the next save overwrite the others' text. */
    keepMine: () => {
      const file = theirs();
      setTheirs(undefined);
      if (!file) return;
      setStored(file);
      setBase(file.revision);
      keepDraft();
    },
  };
}

export type ConfigState = ReturnType<typeof createConfig>;
