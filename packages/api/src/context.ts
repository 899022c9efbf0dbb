import type { Config } from "./config.ts";
import type { ContainerEngine } from "./engine/engine.ts";
import type { ArchiveCodec } from "./files/archive-codec.ts";
import type { BackupRepository } from "./files/backup-repository.ts";
import type { Files } from "./files/files.ts";
import type { InstanceStorage } from "./files/instance-storage.ts";
import type { Host } from "./host/host.ts";
import type { Log } from "./log.ts";
import type { AccessControl } from "./services/access/access-control.ts";
import type { BackupBoard } from "./services/runtime/backup-board.ts";
import type { Conditions } from "./services/runtime/conditions.ts";
import type { DownloadTickets } from "./services/runtime/download-tickets.ts";
import type { Jobs } from "./services/runtime/jobs.ts";
import type { LiveInstances } from "./services/runtime/live-instances.ts";
import type { UploadBoard } from "./services/runtime/upload-board.ts";
import type { Store } from "./store/store.ts";

/** Everything that services may use. */
export interface AppContext {
  readonly config: Config;
  readonly engine: ContainerEngine;
  readonly store: Store;
  readonly files: Files;
  readonly archives: ArchiveCodec;
  readonly storage: InstanceStorage;
  readonly repository: BackupRepository;
  readonly host: Host;
  readonly log: Log;
  readonly live: LiveInstances;
  readonly jobs: Jobs;
  readonly backups: BackupBoard;
  readonly conditions: Conditions;
  readonly tickets: DownloadTickets;
  readonly uploads: UploadBoard;
  readonly access: AccessControl;
}
