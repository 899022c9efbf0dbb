import { explain } from "../api/api-error.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";
import { joinSentences } from "../i18n/join-sentences.ts";
import { actionTitle } from "../jobs/batch-title.ts";
import type { Batch, BatchKind, BatchUndo, ItemFailure, ItemState } from "./batch.ts";

export function batchTitle(batch: Batch): string {
  const count = batch.items.length;
  const deleteData = batch.kind === "remove" && batch.deleteData;
  return actionTitle({ action: batch.kind, deleteData }, count);
}

const RUNNING = {
  start: "batch.doing.start",
  stop: "batch.doing.stop",
  restart: "batch.doing.restart",
  migrate: "batch.doing.migrate",
  create: "batch.doing.create",
  label: "batch.doing.label",
  configure: "batch.doing.configure",
  restoreConfig: "batch.doing.restoreConfig",
  remove: "batch.doing.remove",
} as const satisfies Record<BatchKind, PlainKey>;

const DONE = {
  start: "batch.done.start",
  stop: "batch.done.stop",
  restart: "batch.done.restart",
  migrate: "batch.done.migrate",
  create: "batch.done.create",
  label: "batch.done.label",
  configure: "batch.done.configure",
  restoreConfig: "batch.done.restoreConfig",
  remove: "batch.done.remove",
} as const satisfies Record<BatchKind, PlainKey>;

const UNDO = {
  start: "batch.undo.start",
  stop: "batch.undo.stop",
  create: "batch.undo.create",
  restoreConfig: "batch.undo.restoreConfig",
} as const satisfies Record<BatchUndo["kind"], PlainKey>;

/** The label of the button that undoes a batch. */
export function undoWords(undo: BatchUndo): string {
  return t(UNDO[undo.kind]);
}

/** `answered`: the panel has answered, and the instance is starting. */
export function stateWords(batch: Batch, state: ItemState, answered: boolean): string {
  switch (state) {
    case "waiting":
      return t("batch.state.waiting");
    case "running":
      return answered ? t("status.starting") : t(RUNNING[batch.kind]);
    case "done":
      return t(DONE[batch.kind]);
    case "failed":
      return t("batch.state.failed");
    case "skipped":
      return t("batch.state.skipped");
  }
}

/** Why one of many failed, and what to do. */
export function failureWords({ reason, message }: ItemFailure): string {
  const { what, fix, detail } = explain(reason, message);
  return joinSentences(what, detail ?? fix);
}
