import { createSignal, lazy, Match, type ParentProps, Suspense, Switch } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Backup, SafetyCopy } from "../api/client.ts";
import { BackupContext, type useBackups } from "./backup-context.ts";
import { createBackupFeed } from "./create-backup-feed.ts";
import { createUploads } from "./create-uploads.ts";

/** All hold the schemas of what they ask for, which are loaded when first needed. */
const CreateBackupDialog = lazy(async () => ({
  default: (await import("./create-backup-dialog.tsx")).CreateBackupDialog,
}));
const RestoreDialog = lazy(async () => ({
  default: (await import("./restore-dialog.tsx")).RestoreDialog,
}));
const BringBackDialog = lazy(async () => ({
  default: (await import("./bring-back-dialog.tsx")).BringBackDialog,
}));

type Asking =
  | { what: "create"; preset: readonly string[] | undefined }
  | { what: "restore"; backup: Backup; preset: readonly string[] | undefined }
  | { what: "bring back"; copy: Pick<SafetyCopy, "id" | "name"> };

/** Backups can be made and restored from wherever one is; uploads go on when one leaves the page. */
export function BackupProvider(props: ParentProps) {
  const api = useApi();
  const [asking, setAsking] = createSignal<Asking>();
  const close = () => setAsking(undefined);
  const asked = <What extends Asking["what"]>(what: What) => {
    const current = asking();
    return current?.what === what ? (current as Extract<Asking, { what: What }>) : undefined;
  };
  const value: ReturnType<typeof useBackups> = {
    feed: createBackupFeed(api),
    uploads: createUploads(api),
    create: (preset) => setAsking({ what: "create", preset }),
    restore: (backup, preset) => setAsking({ what: "restore", backup, preset }),
    bringBack: (copy) => setAsking({ what: "bring back", copy }),
  };
  return (
    <BackupContext.Provider value={value}>
      {props.children}
      <Suspense>
        <Switch>
          <Match when={asked("create")}>
            {(one) => <CreateBackupDialog preset={one().preset} onClose={close} />}
          </Match>
          <Match when={asked("restore")}>
            {(one) => <RestoreDialog backup={one().backup} preset={one().preset} onClose={close} />}
          </Match>
          <Match when={asked("bring back")}>
            {(one) => <BringBackDialog copy={one().copy} onClose={close} />}
          </Match>
        </Switch>
      </Suspense>
    </BackupContext.Provider>
  );
}
