import { DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { vi } from "vitest";
import type { Backup } from "../api/client.ts";
import { renderApp } from "./render-app.tsx";

/** A disabled schedule. */
export const POLICY = {
  policy: DEFAULT_BACKUP_POLICY,
  nextRun: null,
  lastRun: null,
  waiting: null,
};

type Scene = Parameters<typeof renderApp>[0];

/** The whole page over a panel that sends backups through `show` once they are subscribed to. */
export function renderOverBackups(scene: Scene) {
  const view = renderApp({
    ...scene,
    answers: {
      "backups.snapshots": () => [],
      "backups.policy": () => POLICY,
      ...scene?.answers,
    },
  });
  const show = async (backups: readonly Backup[]) => {
    // The page may still be loading the subscriber.
    await vi.waitUntil(() => view.fake.subscribed("backups.watch").length > 0, 5000);
    view.fake.push("backups.watch", { type: "snapshot", backups });
  };
  return { ...view, show };
}

/** The backups page, or `path`, with these backups. */
export async function renderWithBackups(backups: readonly Backup[], scene: Scene = {}) {
  const view = renderOverBackups({ path: "/backups", ...scene });
  await view.show(backups);
  return view;
}
