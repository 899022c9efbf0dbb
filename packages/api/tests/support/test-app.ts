import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Viewer } from "@claw/core/access/viewer";
import type { Instance, InstanceId, InstanceStatus } from "@claw/core/instance";
import type { AddressRanges } from "@claw/core/subnet-allocation";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { createApp } from "../../src/app.ts";
import type { GivenCertificate } from "../../src/certificates/certificates.ts";
import type { ConfigChecker } from "../../src/checker/config-checker.ts";
import { type ClawClient, createClawClient } from "../../src/client.ts";
import type { Config } from "../../src/config.ts";
import type { AppContext } from "../../src/context.ts";
import { MemoryEngine, type MemoryEngineOptions } from "../../src/engine/memory/memory-engine.ts";
import type { BackupRepository } from "../../src/files/backup-repository.ts";
import { createDiskCodec } from "../../src/files/disk/archive/disk-codec.ts";
import { createDiskFiles } from "../../src/files/disk/disk-files.ts";
import { createFolderRepository } from "../../src/files/disk/repository/folder-repository.ts";
import { openDiskStorage } from "../../src/files/disk/storage/disk-storage.ts";
import type { InstanceStorage } from "../../src/files/instance-storage.ts";
import { createMemoryCodec } from "../../src/files/memory/memory-codec.ts";
import { createMemoryStorage } from "../../src/files/memory/memory-storage.ts";
import type { Gateways } from "../../src/gateway/gateway.ts";
import { createMemoryGateways } from "../../src/gateway/memory/memory-gateways.ts";
import { openReserve } from "../../src/reserve.ts";
import { createServer, type Server } from "../../src/server/server.ts";
import { openLibsqlStore } from "../../src/store/libsql/libsql-store.ts";
import { eventually, settled } from "./deadline.ts";
import { FakeHost } from "./fake-host.ts";
import { Faults, faulty } from "./faulty-engine.ts";
import { haveUser, signIn, userOf, viewerOf } from "./sign-in.ts";
import { requireWholeOutputs } from "./whole-outputs.ts";

export const TEST_IMAGE = "openclaw:test";
/** What test panels allocate from, also with an engine of the test's own. */
export const TEST_RANGES: AddressRanges = {
  basePort: 20_000,
  publishHost: "127.0.0.1",
  subnetPool: "10.99.0.0/16",
};
const TEMPLATES = path.join(import.meta.dirname, "../../../../templates");

export interface TestAppOptions {
  /** Used and kept; without it, a folder that is removed at the end. */
  home?: string;
  /** Used and left running; without it, one that ends with the app. */
  engine?: MemoryEngine;
  host?: FakeHost;
  /** Copies, unpacks and packs in workers and in the real format, as a panel of users does. */
  onDisk?: boolean;
  repository?: BackupRepository;
  /** Without it, the real one. */
  checker?: ConfigChecker;
  /** Missing ones default to gateways in memory, which take the panel for their proxy. */
  gateways?: Partial<Gateways>;
  config?: Partial<Config>;
  /** Served with; without it, plain HTTP. */
  tls?: GivenCertificate | undefined;
  timing?: Partial<MemoryEngineOptions>;
  /** Starts without any account. */
  empty?: boolean;
  /** Returned immediately, while the panel still works on what it found. */
  busy?: boolean;
}

/** A whole panel on real files, a real database and an engine in memory; nothing listens. */
export class TestPanel implements AsyncDisposable {
  readonly context: AppContext;
  readonly home: string;
  readonly engine: MemoryEngine;
  readonly host: FakeHost;
  readonly faults: Faults;
  /** The panel's own log. */
  readonly logged: string[];
  /** An administrator's session. */
  readonly token: string;
  readonly viewer: Viewer;
  readonly #end: (() => Promise<void>)[];

  constructor(parts: Omit<TestPanel, "until" | "crash" | "defer" | typeof Symbol.asyncDispose>) {
    this.context = parts.context;
    this.home = parts.home;
    this.engine = parts.engine;
    this.host = parts.host;
    this.faults = parts.faults;
    this.logged = parts.logged;
    this.token = parts.token;
    this.viewer = parts.viewer;
    this.#end = [];
  }

  /** Runs `action` when the panel ends, in reverse order of the calls. */
  defer(action: () => Promise<void>): void {
    this.#end.unshift(action);
  }

  /** Waits until an instance has this status. */
  async until(id: InstanceId, status: InstanceStatus, withinMs = 5_000): Promise<Instance> {
    const { board } = this.context.runtime.live;
    try {
      const instance = await board.until(
        id,
        (now) => now?.status === status,
        AbortSignal.timeout(withinMs),
      );
      return instance as Instance;
    } catch (error) {
      const now = JSON.stringify(board.find(id));
      throw new Error(`${id} is not ${status}: ${now}`, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const action of this.#end.splice(0)) await action();
  }
}

export async function createTestPanel(options: TestAppOptions = {}): Promise<TestPanel> {
  const home = options.home ?? (await makeHome());
  const config = { ...testConfig(home), tls: options.tls !== undefined, ...options.config };
  const engine =
    options.engine ??
    new MemoryEngine({
      home,
      ranges: config,
      images: [TEST_IMAGE],
      startDelayMs: 10,
      heartbeatMs: 1_000,
      restartDelayMs: 10,
      ...options.timing,
    });
  const host = options.host ?? new FakeHost();
  const faults = new Faults();
  const logged: string[] = [];
  const log = pino({ level: "debug", base: null }, { write: (line) => void logged.push(line) });
  const reserve = openReserve(path.join(home, "data"));
  const store = await openLibsqlStore(path.join(home, "data/claw.db"), reserve);
  const files = createDiskFiles({ home, templates: config.templates, reserve });
  const admin = options.empty ? userOf() : await haveUser(store, "admin", "administrator");
  const repository = options.repository ?? createFolderRepository(home);
  const disk = await openDiskStorage({ home, owner: null, reserve });
  const storage = options.onDisk ? disk : withoutWorkers(disk, home);
  const archives = options.onDisk
    ? createDiskCodec({ home, owner: null })
    : createMemoryCodec(home, repository);
  // Before the panel, which it receives as it begins.
  const { token, viewer } = options.empty
    ? { token: "", viewer: viewerOf(admin) }
    : await signIn({ store, host }, admin);
  const app = await createApp(config, {
    engine: withoutDispose(faulty("engine", engine, faults)),
    store: withoutDispose(faulty("store", store, faults)),
    files: faulty("files", files, faults),
    archives: faulty("archives", archives, faults),
    storage: faulty("storage", storage, faults),
    repository: faulty("repository", repository, faults),
    gateways: { ...createMemoryGateways(), ...options.gateways },
    ...(options.checker && { checker: options.checker }),
    host,
    log,
    tls: options.tls ?? null,
  });
  const panel = new TestPanel({
    context: app.context,
    home,
    engine,
    host,
    faults,
    logged,
    token,
    viewer,
  });
  if (!options.busy) await firstLook(panel);
  if (options.home === undefined)
    panel.defer(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  panel.defer(async () => {
    // A dead panel is not shut down in order.
    if (!faults.isDead) await app[Symbol.asyncDispose]();
    if (options.engine === undefined) await engine[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });
  return panel;
}

/** Folders and configurations as on the disk; copies and swaps as the memory driver does them. */
function withoutWorkers(disk: InstanceStorage, home: string): InstanceStorage {
  const { measure, copyOut, dropCopy, ...memory } = createMemoryStorage(home);
  const { swapIn, swapBack, dropStaged, readStagedConfig, writeStagedConfig } = memory;
  const { stageSnapshot, snapshotSize, dropSnapshot, sweep, space } = memory;
  return {
    ...disk,
    ...{ measure, copyOut, dropCopy, swapIn, swapBack, dropStaged },
    ...{ readStagedConfig, writeStagedConfig, stageSnapshot, snapshotSize, dropSnapshot },
    ...{ sweep, space },
  };
}

/** Waits until a panel that started idle is idle again. */
async function firstLook(panel: TestPanel): Promise<void> {
  await eventually(() => {
    if (!panel.context.runtime.live.board.isReachable())
      throw new Error("the engine was not looked at");
  });
  await settled();
}

/** A panel that serves on a port of its own, with clients. */
export class TestApp extends TestPanel {
  readonly server: Server;
  readonly url: string;
  /** Subscribes over WebSocket. */
  readonly client: ClawClient;
  /** Subscribes over SSE. */
  readonly sse: ClawClient;

  constructor(panel: TestPanel, server: Server, url: string) {
    super(panel);
    this.server = server;
    this.url = url;
    const { token } = panel;
    this.client = createClawClient({ url, token });
    this.sse = createClawClient({ url, token, subscriptions: "sse" });
    this.defer(async () => requireWholeOutputs());
    this.defer(() => panel[Symbol.asyncDispose]());
    this.defer(async () => void (await server.close()));
  }
}

export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const panel = await createTestPanel(options);
  const server = await createServer(panel.context);
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  return new TestApp(panel, server, url);
}

/** A home with characters that could break paths, URLs and YAML. */
export async function makeHome(): Promise<string> {
  return mkdtemp(path.join(await realpath(tmpdir()), "claw 家 %41 #1 $x-"));
}

/** A home that is removed after the test. */
export async function homeOfTest(): Promise<string> {
  const home = await makeHome();
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

function testConfig(home: string): Config {
  return {
    home,
    hostHome: home,
    environment: {},
    host: "127.0.0.1",
    port: 0,
    publicNames: [],
    instanceSite: { domain: "localhost", scheme: "http" },
    trustedProxies: [],
    trustsProxy: () => false,
    publicPort: null,
    tls: false,
    ownAuthority: false,
    engine: "memory",
    image: TEST_IMAGE,
    ...TEST_RANGES,
    uploadIdleMs: 60_000,
    logLevel: "silent",
    dockerHost: undefined,
    templates: TEMPLATES,
    webRoot: path.join(home, "no web page"),
    timezone: "UTC",
  };
}

/** The test ends what outlives the app. */
function withoutDispose<T extends AsyncDisposable>(part: T): T {
  return new Proxy(part, {
    get: (target, key) =>
      key === Symbol.asyncDispose ? async () => {} : Reflect.get(target, key, target),
  });
}
