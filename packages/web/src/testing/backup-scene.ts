import { DEFAULT_BACKUP_POLICY } from "@claw/core/backup/backup";
import { vi } from "vitest";
import type { Backup } from "../api/client.ts";
import { renderApp } from "./render-app.tsx";

/** A schedule that nobody has turned on yet. */
export const POLICY = {
  policy: DEFAULT_BACKUP_POLICY,
  nextRun: null,
  lastRun: null,
  waiting: null,
};

type Scene = Parameters<typeof renderApp>[0];

/** The whole page over a panel whose backups are told by `show`, once somebody asks for them. */
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
    // The page may still be loading what asks for them.
    await vi.waitUntil(() => view.fake.subscribed("backups.watch").length > 0, 5000);
    view.fake.push("backups.watch", { type: "snapshot", backups });
  };
  return { ...view, show };
}

/** The page of backups, unless `path` says otherwise, that shows these. */
export async function renderWithBackups(backups: readonly Backup[], scene: Scene = {}) {
  const view = renderOverBackups({ path: "/backups", ...scene });
  await view.show(backups);
  return view;
}
