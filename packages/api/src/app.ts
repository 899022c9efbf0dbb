import path from "node:path";
import { messageOf } from "@claw/core/errors";
import { labelOfName, PROBE_LABEL } from "@claw/core/instance-address";
import type { Certificates, GivenCertificate } from "./certificates/certificates.ts";
import { openGivenCertificates } from "./certificates/pem/given-certificates.ts";
import type { OwnCertificatesOptions } from "./certificates/x509/own-certificates.ts";
import { createAjvChecker } from "./checker/ajv/ajv-checker.ts";
import type { ConfigChecker } from "./checker/config-checker.ts";
import type { Config } from "./config.ts";
import type { AppContext } from "./context.ts";
import { createDockerEngine } from "./engine/docker/docker-engine.ts";
import type { ContainerEngine } from "./engine/engine.ts";
import { isPortFree } from "./engine/host-ports.ts";
import { MemoryEngine } from "./engine/memory/memory-engine.ts";
import type { ArchiveCodec } from "./files/archive-codec.ts";
import type { BackupRepository } from "./files/backup-repository.ts";
import { createDiskCodec } from "./files/disk/archive/disk-codec.ts";
import { createAuthorityFile } from "./files/disk/authority-file.ts";
import { createDiskFiles } from "./files/disk/disk-files.ts";
import { createFolderRepository } from "./files/disk/repository/folder-repository.ts";
import { openDiskStorage } from "./files/disk/storage/disk-storage.ts";
import type { Files } from "./files/files.ts";
import type { InstanceStorage } from "./files/instance-storage.ts";
import type { Gateways } from "./gateway/gateway.ts";
import { createHttpGateways } from "./gateway/http/http-gateways.ts";
import type { Host } from "./host/host.ts";
import { createNodeHost, folderOwner } from "./host/node/node-host.ts";
import { createLog, type Log } from "./log.ts";
import { panelNames } from "./network-config.ts";
import { openReserve } from "./reserve.ts";
import { createAccessControl } from "./services/access/access-control.ts";
import { makeFirstAccount } from "./services/access/first-account.ts";
import { recoverBackups, sweepBackups } from "./services/backup/catalogue/recover-backups.ts";
import { createBackup } from "./services/backup/create/create-backup.ts";
import { dropExpiredSnapshots } from "./services/backup/restore/snapshots.ts";
import { createBackupScheduler } from "./services/backup/schedule/backup-scheduler.ts";
import { OFFICIAL_IMAGE } from "./services/image/get-image.ts";
import { followConfigs } from "./services/instance/follow-configs.ts";
import { openInstanceSessions } from "./services/opening/instance-sessions.ts";
import { canServe } from "./services/opening/new-ingress.ts";
import { proveIngresses } from "./services/opening/prove-ingress.ts";
import { createAddresses } from "./services/runtime/addresses.ts";
import { createBackupBoard } from "./services/runtime/backup-board.ts";
import { createBlockedSockets } from "./services/runtime/blocked-sockets.ts";
import { createConditions } from "./services/runtime/conditions.ts";
import { createDownloadTickets } from "./services/runtime/download-tickets.ts";
import { createImageOffers } from "./services/runtime/image-offers.ts";
import { createImageSchemas } from "./services/runtime/image-schemas.ts";
import { createImageWord } from "./services/runtime/image-word.ts";
import { createJobs } from "./services/runtime/jobs.ts";
import { createLiveInstances } from "./services/runtime/live-instances.ts";
import type { LiveNetwork } from "./services/runtime/live-network.ts";
import { createMigrations } from "./services/runtime/migrations.ts";
import { createOpenTickets } from "./services/runtime/open-tickets.ts";
import { createProbes } from "./services/runtime/probes.ts";
import { createUploadBoard } from "./services/runtime/upload-board.ts";
import { factsAtHand, readFacts } from "./services/system/condition-facts.ts";
import { followConditions } from "./services/system/follow-conditions.ts";
import { keepReconciled } from "./services/system/keep-reconciled.ts";
import { keepRoom } from "./services/system/keep-room.ts";
import { openLiveNetwork, openWithSaved } from "./services/system/saved-network.ts";
import { watchFolders } from "./services/system/watch-folders.ts";
import { watchLoads } from "./services/system/watch-loads.ts";
import { openLibsqlStore } from "./store/libsql/libsql-store.ts";
import type { Store } from "./store/store.ts";

/** Parts that tests replace. */
export interface AppOverrides {
  engine?: ContainerEngine;
  checker?: ConfigChecker;
  gateways?: Gateways;
  store?: Store;
  files?: Files;
  archives?: ArchiveCodec;
  storage?: InstanceStorage;
  repository?: BackupRepository;
  host?: Host;
  log?: Log;
}

export interface AppOptions extends AppOverrides {
  /** Creates the account `admin` with it, if there is none. */
  adminPassword?: string | undefined;
  /** The certificate that the administrator gave, if any. */
  tls?: GivenCertificate | null;
}

export interface App extends AsyncDisposable {
  readonly context: AppContext;
}

/** Assembles the panel and starts observing the engine; nothing listens yet. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { adminPassword, tls = null, ...overrides } = options;
  const log = overrides.log ?? createLog(config.logLevel);
  const host = overrides.host ?? createNodeHost({ templates: config.templates });
  const reserve = openReserve(path.join(config.home, "data"));
  const store =
    overrides.store ?? (await openLibsqlStore(path.join(config.home, "data/claw.db"), reserve));
  const owner = config.engine === "docker" ? folderOwner() : null;
  const { home, templates } = config;
  const files = overrides.files ?? createDiskFiles({ home, templates, reserve });
  const storage =
    overrides.storage ??
    (await openDiskStorage({
      home,
      owner,
      reserve,
      onRest: (error) => log.warn(`of a removed instance something is left: ${error.message}`),
    }));
  const archives = overrides.archives ?? createDiskCodec({ home, owner });
  const repository = overrides.repository ?? createFolderRepository(home);
  const disk = { files, archives, storage, repository };
  // Before any write: leftovers of a crash may be what fills the disk.
  const backupFiles = await sweepBackups({ store, disk, log });
  const engine = overrides.engine ?? createEngine(config, log);
  const jobs = await createJobs({ store, host, log });
  const access = await createAccessControl({ store, host, log });
  const network = await openLiveNetwork({ config, store, log });
  const addresses = createAddresses(config, network.now);
  const certificates = await openWithSaved({ config, network, log }, () =>
    openCertificates({ home, network }, tls, {
      clock: host,
      onNotice: (message) => log.warn(message),
      isServed(name) {
        const site = addresses.site();
        const label = site && labelOfName(name, site);
        if (label === null) return false;
        return label === PROBE_LABEL || live.board.findByLabel(label) !== undefined;
      },
    }),
  );
  const live = createLiveInstances({
    engine,
    log,
    specs: await store.listInstances(),
    home: config.hostHome,
    onConnected: (isAnew) => reconciler.wake(isAnew ? "all" : "unfinished"),
    onOwed: (what) => reconciler.owe(what),
    onChange: () => conditions.notify(),
    urlOf: addresses.urlOf,
    servesInstances: () => addresses.site() !== null,
    canServe: (spec, version) => canServe({ addresses, engine }, spec, version),
    nameOf: (userId) => access.people.nameOf(userId),
  });
  const checker = overrides.checker ?? createAjvChecker();
  const backups = createBackupBoard();
  const conditions = createConditions({
    host,
    log,
    atHand: () => factsAtHand(context),
    toRead: () => readFacts(context),
  });
  const context: AppContext = {
    config,
    engine,
    store,
    disk,
    host,
    log,
    runtime: {
      addresses,
      checker,
      gateways: overrides.gateways ?? createHttpGateways(),
      instanceSessions: await openInstanceSessions({ store, host }),
      live,
      network,
      jobs,
      backups,
      blockedSockets: createBlockedSockets(() => conditions.notify()),
      conditions,
      tickets: createDownloadTickets(host),
      openTickets: createOpenTickets(host),
      migrations: createMigrations(),
      offers: createImageOffers({ engine, host, signal: live.signal }),
      probes: createProbes(host),
      schemas: createImageSchemas({
        ...{ engine, files, host, signal: live.signal },
        onWarning: (message) => log.warn(message),
        isReachable: () => live.board.isReachable(),
      }),
      imageWord: createImageWord({
        ...{ engine, host, signal: live.signal },
        isReachable: () => live.board.isReachable(),
      }),
      uploads: createUploadBoard(),
      certificates,
    },
    access,
  };
  if (adminPassword !== undefined) await makeFirstAccount(context, adminPassword);
  const recovery = recoverBackups(context, backupFiles);
  const reconciler = keepReconciled(context);
  const follower = followConditions(context);
  const prover = proveIngresses(context);
  const versions = followConfigs(context);
  live.observer.start();
  const folders = watchFolders(context);
  const loads = watchLoads(context);
  const room = keepRoom(context);
  const scheduler = createBackupScheduler(context, {
    create: createBackup,
    tidy: dropExpiredSnapshots,
  });

  return {
    context,
    async [Symbol.asyncDispose]() {
      // First the parts that begin work, then the jobs, whose resources the remaining parts wait
      // for.
      for (const part of [
        folders,
        loads,
        scheduler,
        room,
        recovery,
        follower,
        prover,
        versions,
        conditions,
        jobs,
        reconciler,
        live,
        checker,
        access.trail,
        ...(certificates ? [certificates] : []),
        engine,
        store,
      ]) {
        try {
          await part[Symbol.asyncDispose]();
        } catch (error) {
          log.error(`ending the panel: ${messageOf(error)}`);
        }
      }
    },
  };
}

/** By the administrator's files, by an authority of the panel's own, or none. */
async function openCertificates(
  { home, network }: { home: string; network: LiveNetwork },
  tls: GivenCertificate | null,
  options: Pick<OwnCertificatesOptions, "clock" | "onNotice" | "isServed">,
): Promise<Certificates | null> {
  if (tls) return openGivenCertificates(tls, options);
  const { ownAuthority, instanceSite: site } = network.now();
  if (!ownAuthority || !site) return null;
  // Its library is loaded by the panels alone that need it.
  const { openOwnCertificates } = await import("./certificates/x509/own-certificates.ts");
  return openOwnCertificates({
    ...options,
    names() {
      const now = network.now();
      return { panel: panelNames(now), domain: (now.instanceSite ?? site).domain };
    },
    file: createAuthorityFile(home, () => options.clock.now()),
  });
}

function createEngine(config: Config, log: Log): ContainerEngine {
  const home = config.hostHome;
  if (config.engine === "memory")
    return new MemoryEngine({
      home,
      ranges: config,
      isPortFree: (port) => isPortFree(config.publishHost, port),
      images: [config.image],
      registry: [OFFICIAL_IMAGE],
    });
  return createDockerEngine({
    home,
    ranges: config,
    dockerHost: config.dockerHost,
    onWarning: (message) => log.warn(message),
  });
}
