import { useNavigate } from "@solidjs/router";
import { createMemo } from "solid-js";
import { type Action, isAllowed, useInstanceActions } from "../actions/instance-actions.tsx";
import type { Instance } from "../api/client.ts";
import { useBackups } from "../backups/backup-context.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { createRomanised } from "../search/create-romanised.ts";
import type { Entry } from "./match-entries.ts";

/** The pages of each instance, and the actions that its state allows. */
export function createInstanceEntries() {
  const navigate = useNavigate();
  const live = useLive();
  const backups = useBackups();
  const actions = useInstanceActions();
  const romanised = createRomanised(createMemo(() => live.instances.list().map((one) => one.name)));

  return (instance: Instance): Entry[] => {
    const { id, name, port, status } = instance;
    const words = `${id} ${port} ${romanised(name)}`;
    const act = (action: Action, icon: Entry["icon"], label: string): Entry[] =>
      isAllowed(action, status)
        ? [
            {
              key: `${action} ${id}`,
              group: "actions",
              icon,
              label,
              words,
              onSearch: true,
              run: () => void actions.run(instance, action),
            },
          ]
        : [];
    const go = (key: "logs" | "config" | "backups", icon: Entry["icon"], label: string): Entry => ({
      key: `${key} ${id}`,
      group: "instances",
      icon,
      label: `${name} · ${label}`,
      words,
      onSearch: true,
      run: () => navigate(paths.instance(id, key)),
    });
    return [
      {
        key: `go ${id}`,
        group: "instances",
        icon: "box",
        label: name,
        hint: `${id} · ${port}`,
        words,
        run: () => navigate(paths.instance(id)),
      },
      go("logs", "logs", t("tab.logs")),
      go("config", "file", t("tab.config")),
      go("backups", "archive", t("tab.backups")),
      ...act("open", "open", t("action.openNamed", { name })),
      ...act("start", "play", t("action.startNamed", { name })),
      ...act("stop", "stop", t("action.stopNamed", { name })),
      ...act("restart", "restart", t("action.restartNamed", { name })),
      {
        key: `backup ${id}`,
        group: "actions",
        icon: "archive",
        label: t("backup.named", { name }),
        words,
        onSearch: true,
        run: () => backups.create([id]),
      },
    ];
  };
}
