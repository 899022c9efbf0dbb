import type { Certificates } from "./certificates/certificates.ts";
import type { ConfigChecker } from "./checker/config-checker.ts";
import type { Config } from "./config.ts";
import type { ContainerEngine } from "./engine/engine.ts";
import type { ArchiveCodec } from "./files/archive-codec.ts";
import type { BackupRepository } from "./files/backup-repository.ts";
import type { Files } from "./files/files.ts";
import type { InstanceStorage } from "./files/instance-storage.ts";
import type { Gateways } from "./gateway/gateway.ts";
import type { Host } from "./host/host.ts";
import type { Log } from "./log.ts";
import type { Network } from "./network-config.ts";
import type { AccessControl } from "./services/access/access-control.ts";
import type { InstanceSessions } from "./services/opening/instance-sessions.ts";
import type { Addresses } from "./services/runtime/addresses.ts";
import type { BackupBoard } from "./services/runtime/backup-board.ts";
import type { BlockedSockets } from "./services/runtime/blocked-sockets.ts";
import type { Conditions } from "./services/runtime/conditions.ts";
import type { DownloadTickets } from "./services/runtime/download-tickets.ts";
import type { ImageOffers } from "./services/runtime/image-offers.ts";
import type { ImageSchemas } from "./services/runtime/image-schemas.ts";
import type { ImageWord } from "./services/runtime/image-word.ts";
import type { Jobs } from "./services/runtime/jobs.ts";
import type { LiveInstances } from "./services/runtime/live-instances.ts";
import type { LiveNetwork } from "./services/runtime/live-network.ts";
import type { Migrations } from "./services/runtime/migrations.ts";
import type { OpenTickets } from "./services/runtime/open-tickets.ts";
import type { Probes } from "./services/runtime/probes.ts";
import type { UploadBoard } from "./services/runtime/upload-board.ts";
import type { Store } from "./store/store.ts";

/** Parts that begin and end with the process; most hold state in memory. */
export interface Runtime {
  readonly addresses: Addresses;
  readonly checker: ConfigChecker;
  readonly gateways: Gateways;
  readonly imageWord: ImageWord;
  readonly instanceSessions: InstanceSessions;
  readonly live: LiveInstances;
  readonly network: LiveNetwork;
  readonly jobs: Jobs;
  readonly backups: BackupBoard;
  readonly blockedSockets: BlockedSockets;
  readonly conditions: Conditions;
  readonly tickets: DownloadTickets;
  readonly openTickets: OpenTickets;
  readonly migrations: Migrations;
  readonly offers: ImageOffers;
  readonly probes: Probes;
  readonly schemas: ImageSchemas;
  readonly uploads: UploadBoard;
  /** Null: the panel serves plain HTTP. */
  readonly certificates: Certificates | null;
}

/** Storage outside the database. */
export interface Disk {
  readonly files: Files;
  readonly archives: ArchiveCodec;
  readonly storage: InstanceStorage;
  readonly repository: BackupRepository;
}

/** Everything that services may use. */
export interface AppContext {
  /** Without what can change while the panel runs: `runtime.network` has it. */
  readonly config: Omit<Config, keyof Network>;
  readonly engine: ContainerEngine;
  readonly store: Store;
  readonly disk: Disk;
  readonly host: Host;
  readonly log: Log;
  readonly runtime: Runtime;
  readonly access: AccessControl;
}

type Part = Exclude<keyof AppContext, "runtime" | "disk"> | keyof Runtime | keyof Disk;

type Group<Name extends string, Parts, Used> = [Used & keyof Parts] extends [never]
  ? unknown
  : { readonly [Key in Name]: Pick<Parts, Used & keyof Parts> };

/** The parts of the context that a function touches, where the context has them. */
export type Uses<Used extends Part> = Pick<AppContext, Used & keyof AppContext> &
  Group<"runtime", Runtime, Used> &
  Group<"disk", Disk, Used>;
