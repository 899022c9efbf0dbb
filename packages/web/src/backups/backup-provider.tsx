import { createSignal, Match, type ParentProps, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Backup } from "../api/client.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { BackupContext, type Replaced, type useBackups } from "./backup-context.ts";
import { createBackupFeed } from "./create-backup-feed.ts";
import { createUploads } from "./create-uploads.ts";

/** All contain validation schemas, and are loaded on demand. */
const CreateBackupDialog = lazyPart(
  () => import("./create-backup-dialog.tsx"),
  "CreateBackupDialog",
);
const RestoreDialog = lazyPart(() => import("./restore-dialog.tsx"), "RestoreDialog");
const RevertDialog = lazyPart(() => import("./revert-dialog.tsx"), "RevertDialog");

/** The dialog that is open, if any. */
interface Asking {
  create?: { preset: readonly string[] | undefined };
  restore?: { backup: Backup; preset: readonly string[] | undefined };
  revert?: { copy: Replaced };
}

/** Makes and restores backups from every page; uploads continue after leaving it. */
export function BackupProvider(props: ParentProps) {
  const api = useApi();
  const [asking, setAsking] = createSignal<Asking>({});
  const close = () => setAsking({});
  const value: ReturnType<typeof useBackups> = {
    feed: createBackupFeed(api),
    uploads: createUploads(api),
    create: (preset) => setAsking({ create: { preset } }),
    restore: (backup, preset) => setAsking({ restore: { backup, preset } }),
    revert: (copy) => setAsking({ revert: { copy } }),
  };
  return (
    <BackupContext.Provider value={value}>
      {props.children}
      <Switch>
        <Match when={asking().create}>
          {(one) => <CreateBackupDialog preset={one().preset} onClose={close} />}
        </Match>
        <Match when={asking().restore}>
          {(one) => <RestoreDialog backup={one().backup} preset={one().preset} onClose={close} />}
        </Match>
        <Match when={asking().revert}>
          {(one) => <RevertDialog copy={one().copy} onClose={close} />}
        </Match>
      </Switch>
    </BackupContext.Provider>
  );
}
