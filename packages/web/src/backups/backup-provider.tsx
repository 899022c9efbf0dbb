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

type Asking =
  | { what: "create"; preset: readonly string[] | undefined }
  | { what: "restore"; backup: Backup; preset: readonly string[] | undefined }
  | { what: "revert"; copy: Replaced };

/** Makes and restores backups from every page; uploads continue after leaving it. */
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
    revert: (copy) => setAsking({ what: "revert", copy }),
  };
  return (
    <BackupContext.Provider value={value}>
      {props.children}
      <Switch>
        <Match when={asked("create")}>
          {(one) => <CreateBackupDialog preset={one().preset} onClose={close} />}
        </Match>
        <Match when={asked("restore")}>
          {(one) => <RestoreDialog backup={one().backup} preset={one().preset} onClose={close} />}
        </Match>
        <Match when={asked("revert")}>
          {(one) => <RevertDialog copy={one().copy} onClose={close} />}
        </Match>
      </Switch>
    </BackupContext.Provider>
  );
}
