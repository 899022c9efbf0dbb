import type { Invitation } from "@claw/core/access/user";
import { batch, createMemo, createSignal, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import type { Invited } from "../../api/client.ts";
import { failureFrom, type ItemFailure, type ItemState } from "../../bulk/batch.ts";

export interface Inviting {
  invitation: Invitation;
  state: ItemState;
  failure: ItemFailure | undefined;
  link: Invited | undefined;
}

/**
 * Invites one after another, so that a stop leaves a single call under way. A failure concerns its
 * own line only; repeating it is safe, because the panel continues the invitation that it had begun.
 */
export function createInviting(
  invite: (invitation: Invitation) => Promise<Invited>,
  invitations: readonly Invitation[],
) {
  const [progress, setProgress] = createStore<{ all: Inviting[] }>({
    all: invitations.map((invitation) => ({
      invitation,
      state: "waiting",
      failure: undefined,
      link: undefined,
    })),
  });
  const [running, setRunning] = createSignal(false);
  const [stopping, setStopping] = createSignal(false);

  const one = async (index: number, invitation: Invitation): Promise<void> => {
    setProgress("all", index, { state: "running", failure: undefined });
    try {
      const link = await invite(invitation);
      setProgress("all", index, { state: "done", link });
    } catch (error) {
      setProgress("all", index, { state: "failed", failure: failureFrom(error) });
    }
  };

  /** Invites those in this state, and ends when none of them is left. */
  const run = async (state: "waiting" | "failed" | "skipped"): Promise<void> => {
    if (running()) return;
    batch(() => {
      setRunning(true);
      setStopping(false);
      setProgress("all", (each) => each.state === state, { state: "waiting" });
    });
    for (const [index, { invitation, state: now }] of progress.all.entries()) {
      if (stopping()) break;
      if (now === "waiting") await one(index, invitation);
    }
    batch(() => {
      setProgress("all", ({ state: now }) => now === "waiting", { state: "skipped" });
      setRunning(false);
      setStopping(false);
    });
  };
  const stop = () => void setStopping(true);
  onCleanup(stop);

  const counts = createMemo(() => {
    const all = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0 };
    for (const { state } of progress.all) all[state] += 1;
    return all;
  });
  return {
    all: () => progress.all,
    /** Those with a link. */
    invited: createMemo(() =>
      progress.all.flatMap(({ invitation, link }) => (link ? [{ invitation, link }] : [])),
    ),
    counts,
    running,
    stopping,
    run,
    stop,
  };
}

export type InvitingState = ReturnType<typeof createInviting>;
