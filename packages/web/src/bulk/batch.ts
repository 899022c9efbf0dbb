import type { Api, Instance } from "../api/client.ts";

/** What a batch is about; the rest of an instance may not exist yet, or no longer. */
export interface BatchItem {
  id: string;
  name: string;
  /** For a creation: the port that it asks for. */
  port?: number;
  /** For a creation: whose it shall be. */
  owner?: string;
  /** For a creation: differs from what the batch says. */
  start?: boolean;
}

/** The same thing done to many instances. */
export type Batch =
  | { kind: "start" | "stop" | "restart"; items: readonly BatchItem[] }
  | { kind: "remove"; items: readonly BatchItem[]; deleteData: boolean }
  | { kind: "create"; items: readonly BatchItem[]; start: boolean };

export type BatchKind = Batch["kind"];

/** Does the batch's one thing to one of its instances. */
export async function runItem(api: Api, batch: Batch, item: BatchItem): Promise<void> {
  const { id, name, port, owner } = item;
  switch (batch.kind) {
    case "start":
    case "stop":
    case "restart":
      await api.trpc.instances[batch.kind].mutate({ id });
      return;
    case "remove":
      await api.trpc.instances.remove.mutate({ id, deleteData: batch.deleteData });
      return;
    case "create":
      await api.trpc.instances.create.mutate({
        id,
        name,
        start: bringsUp(batch, item),
        ...(port === undefined ? {} : { port }),
        ...(owner === undefined ? {} : { owner }),
      });
  }
}

/** Whether an instance has still to come up after the panel has answered. */
function bringsUp(batch: Batch, item: BatchItem): boolean {
  if (batch.kind === "create") return item.start ?? batch.start;
  return batch.kind === "start" || batch.kind === "restart";
}

/** Whether a batch takes down more than one instance, and nobody was asked yet: deleting asks by itself. */
export function asksFirst({ kind, items }: Batch): boolean {
  return (kind === "stop" || kind === "restart") && items.length > 1;
}

/** What takes a batch back for `items`, or null where nothing does. */
export function undoOf(batch: Batch, items: readonly BatchItem[]): Batch | null {
  switch (batch.kind) {
    case "start":
      return { kind: "stop", items };
    case "stop":
      return { kind: "start", items };
    case "remove":
      return batch.deleteData ? null : { kind: "create", items, start: false };
    case "restart":
    case "create":
      return null;
  }
}

export type ItemState = "waiting" | "running" | "done" | "failed" | "skipped";

export interface ItemProgress {
  item: BatchItem;
  state: ItemState;
  /** Why the panel refused. */
  error: unknown;
}

/** A start counts when the instance has come up, not when the panel has taken the order. */
export function outcomeOf(
  batch: Batch,
  progress: ItemProgress,
  instance: Pick<Instance, "status"> | undefined,
): ItemState {
  if (progress.state !== "done" || !bringsUp(batch, progress.item) || !instance)
    return progress.state;
  if (instance.status === "starting") return "running";
  return instance.status === "error" ? "failed" : "done";
}
