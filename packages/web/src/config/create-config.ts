import type { EditedBy } from "@claw/core/config-history";
import type { Issue } from "@claw/core/errors";
import { batch, createSignal } from "solid-js";
import { failureOf } from "../api/api-error.ts";
import type { Api, RouterOutputs } from "../api/client.ts";
import { drafts } from "../session/draft.ts";
import { createConfigChecks } from "./create-config-checks.ts";
import { createConfigConflict } from "./create-config-conflict.ts";
import { createConfigOutcome } from "./create-config-outcome.ts";
import { createConfigText } from "./create-config-text.ts";
import { createKeptDraft } from "./create-kept-draft.ts";
import { createLostConfig } from "./create-lost-config.ts";
import { createManagedKeys } from "./create-managed-keys.ts";
import { isSameText, withLineEndsOf } from "./line-ends.ts";

type Read = RouterOutputs["instances"]["readConfig"];

export type ConfigState = ReturnType<typeof createConfig>;

/**
 * The editing of one configuration: the stored text, the editor's text, and the conflicts between
 * them. Never replaces the text unasked, and never overwrites another user's change.
 */
export function createConfig(api: Api, id: string) {
  const file = createConfigText();
  const { stored, base, text, dirty } = file;
  const conflict = createConfigConflict(text);
  const outcome = createConfigOutcome();
  const checks = createConfigChecks(api, id);
  const managed = createManagedKeys(api, id);
  const draft = createKeptDraft(id, () => (dirty() ? { text: text(), revision: base() } : null));
  const [loadError, setLoadError] = createSignal<unknown>();
  const [warnings, setWarnings] = createSignal<Read["warnings"]>();
  /** The saved text is not in effect: shows the file as it is, unless the user has typed. */
  const loss = createLostConfig(api, id, () => {
    outcome.dropEffect();
    if (!dirty() && !outcome.saving()) void load();
  });
  const read = () => api.trpc.instances.readConfig.query({ id });

  function replace(next: string) {
    file.replace(next);
    managed.setCorrected([]);
    outcome.dropError();
  }

  async function load() {
    setLoadError(undefined);
    try {
      const answer = await read();
      const kept = drafts.read(id);
      const outdated =
        kept !== null && kept.text !== answer.text && kept.revision !== answer.revision;
      setWarnings(answer.warnings);
      // Together: an editor that is made with the stored text must not have it as a change to undo.
      batch(() => {
        file.store(answer, outdated ? kept.revision : answer.revision);
        replace(kept?.text ?? answer.text);
      });
      if (outdated) conflict.meet(answer);
      else conflict.end();
    } catch (error) {
      setLoadError(error);
    }
  }

  function edit(typed: string) {
    // The text already has its own line ends, whatever they are.
    if (isSameText(typed, text())) return;
    file.type(withLineEndsOf(stored()?.text ?? "", typed));
    changed();
  }

  /** Puts `next` into the editor, place by place. */
  function place(next: string) {
    if (next === text()) return;
    file.place(next);
    changed();
  }

  function changed() {
    managed.setCorrected([]);
    outcome.dropError();
    outcome.dropEffect();
    draft.keepSoon();
  }

  async function send(sent: string, source: EditedBy) {
    const input = { id, text: sent, revision: base(), source };
    const answer = await api.trpc.instances.saveConfig.mutate(input);
    setWarnings(answer.warnings);
    // The text stays here; what OpenClaw said comes with the loss.
    if (answer.effect === "refused") return meetRefusal(sent, answer.revision);
    file.store({ text: sent, revision: answer.revision });
    outcome.succeed(answer.effect, answer.unjudged);
    loss.forget();
    draft.keep();
  }

  /** The file has the former text again, unless that failed or somebody wrote another. */
  async function meetRefusal(sent: string, revision: string) {
    if (revision === base()) return;
    const now = await read();
    if (now.text === sent) file.store(now);
    else conflict.meet(now);
  }

  /** The text with the panel's values at its keys, as the editor has announced, also there. */
  async function correct(): Promise<string> {
    const before = text();
    const mended = await managed.putRight(before);
    if (mended === null) return before;
    // What was typed meanwhile is no part of it.
    if (text() === before) {
      file.correct(mended.text);
      managed.setCorrected(mended.names);
      draft.keepSoon();
    }
    return mended.text;
  }

  /** Puts a version of the history back into the file; a text that was not saved stays. */
  async function restore(version: number) {
    const answer = await api.trpc.instances.restoreConfig.mutate({ id, version });
    if (dirty()) conflict.meet(await read());
    else await load();
    if (answer.effect === "refused") return;
    outcome.succeed(answer.effect, answer.unjudged);
    loss.forget();
  }

  async function save() {
    if (outcome.saving() || conflict.theirs() || !dirty()) return;
    outcome.begin();
    try {
      // As the text that is sent: what is typed meanwhile is part of neither.
      const source = file.source();
      const sent = await correct();
      if (sent !== stored()?.text) await send(sent, source);
    } catch (error) {
      if (failureOf(error) === "REVISION_MISMATCH") await meetTheirs(error);
      else outcome.fail(error);
    } finally {
      outcome.end();
      if (checks.hindrance() !== null) void checks.ask();
    }
  }

  /** Nothing while the panel cannot be asked: saving asks it again. */
  async function validate(typed: string): Promise<readonly Issue[]> {
    const sent = withLineEndsOf(stored()?.text ?? "", typed);
    try {
      const check = await api.trpc.instances.validateConfig.query({ id, text: sent });
      checks.noteAnswer();
      return check.issues;
    } catch {
      return [];
    }
  }

  async function meetTheirs(error: unknown) {
    try {
      conflict.meet(await read());
    } catch {
      outcome.fail(error);
    }
  }

  void load();

  return {
    stored,
    text,
    dirty,
    saving: outcome.saving,
    loadError,
    saveError: outcome.saveError,
    issues: outcome.issues,
    effect: outcome.effect,
    unjudged: outcome.unjudged,
    /** The saved text that OpenClaw undid. */
    lost: loss.lost,
    warnings,
    checks,
    managed,
    theirs: conflict.theirs,
    merged: conflict.merged,
    resets: file.resets,
    corrections: file.corrections,
    placements: file.placements,
    correct,
    /** The text that a save would write; the edited one stays. */
    toSave: async (): Promise<string> => (await managed.putRight(text()))?.text ?? text(),
    load,
    /** Reads the file again; true while the text is still based on it. */
    isCurrent: async (): Promise<boolean> => {
      const now = await read();
      if (now.revision === base()) return true;
      conflict.meet(now);
      return false;
    },
    edit,
    place,
    /** What the panel would refuse `typed` for. */
    validate,
    /** Puts `next` into the editor as if typed. */
    revert: (next: string) => {
      edit(next);
      replace(next);
    },
    save,
    restore,
    discard: () => {
      drafts.remove(id);
      outcome.dropEffect();
      const newest = conflict.theirs() ?? stored();
      conflict.end();
      if (!newest) return;
      file.store(newest);
      replace(newest.text);
    },
    /** Keeps the text and lets the next save overwrite the others' text. */
    keepMine: () => {
      const newest = conflict.theirs();
      conflict.end();
      if (!newest) return;
      file.store(newest);
      draft.keep();
    },
  };
}
