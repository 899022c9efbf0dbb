import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { LogLine } from "@claw/core/log-cursor";
import type { ObservedContainer } from "@claw/core/status";
import type { Workload } from "@claw/core/workload";
import { afterAll, beforeAll, expect } from "vitest";
import type { ContainerEngine, EngineEvent, LogQuery } from "../engine.ts";

/** Test hooks that the contract suite needs for each driver. */
export interface EngineHarness extends AsyncDisposable {
  engine: ContainerEngine;
  /** An available image that behaves as the stub image does. */
  image: string;
  /**
   * The workload of one instance, from the real template. Port and subnet are free unless given, and
   * stay the same for an id.
   */
  workload(id: InstanceId, spec?: Partial<InstanceSpec>): Promise<Workload>;
  /** Creates the instance's folders with this text as its configuration. */
  writeConfig(id: InstanceId, text: string): Promise<void>;
  /** Creates a running container of another program. */
  startForeign(name: string, port?: number): Promise<void>;
  removeForeign(name: string): Promise<void>;
  /** Listens on a port as a program without a container. */
  listen(port: number): Promise<AsyncDisposable>;
  /** Creates a network of another program. */
  addNetwork(name: string, subnet: string): Promise<AsyncDisposable>;
  /** The network of an instance as the engine shows it to others, or null. */
  subnetOf(id: InstanceId): Promise<string | null>;
  /** True when the engine shows others a container of this name. */
  exists(name: string): Promise<boolean>;
  /** Creates a container and network of another panel, named like those of instance `id`. */
  startOtherHome(id: InstanceId): Promise<void>;
  /** Acts as `docker kill`. */
  killOutside(id: InstanceId): Promise<void>;
  /** Acts as `docker rm -f`. */
  removeOutside(id: InstanceId): Promise<void>;
  /** Makes the container's process write a line. */
  write(id: InstanceId, stream: LogLine["stream"], text: string): Promise<void>;
  /** Breaks the connection to the engine and refuses new ones until `mend`. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export const PATIENCE_MS = 30_000;
export const CONFIG = "{ gateway: {} }";

export type EngineRig = ReturnType<typeof useEngine>;

/** An engine for the tests of the enclosing describe block, with their actions on it. */
export function useEngine(makeHarness: () => Promise<EngineHarness>) {
  let harness: EngineHarness;
  let engine: ContainerEngine;
  beforeAll(async () => {
    harness = await makeHarness();
    engine = harness.engine;
  });
  afterAll(async () => {
    await harness?.[Symbol.asyncDispose]();
  });

  const now = async (id: InstanceId) => (await engine.list(id)).get(id) ?? null;
  const subnetOf = ({ network }: Workload) => network?.subnet ?? "";

  /** Deploys an instance without starting it. */
  async function deployed(id: InstanceId, config = CONFIG): Promise<Workload> {
    await harness.writeConfig(id, config);
    const workload = await harness.workload(id);
    await engine.deploy(workload);
    return workload;
  }

  return {
    get harness() {
      return harness;
    },
    get engine() {
      return engine;
    },
    now,
    subnetOf,
    portOf: ({ published }: Workload) => published[0]?.port ?? 0,
    deployed,
    async started(id: InstanceId, config = CONFIG): Promise<Workload> {
      const workload = await deployed(id, config);
      await engine.start(id);
      return workload;
    },

    /** Waits until the container is as wanted, checking at each event of the engine. */
    async seen(
      id: InstanceId,
      wanted: (container: ObservedContainer | null) => boolean,
      onEvent: (event: EngineEvent) => Promise<void> = async () => {},
    ): Promise<ObservedContainer | null> {
      let container: ObservedContainer | null = null;
      for await (const event of engine.events(AbortSignal.timeout(PATIENCE_MS))) {
        await onEvent(event);
        container = await now(id);
        if (wanted(container)) return container;
      }
      throw new Error(`${id} stayed ${JSON.stringify(container)}`);
    },

    query: (options: Partial<LogQuery>): LogQuery => ({
      tail: 200,
      follow: false,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...options,
    }),

    async expectNothing(id: InstanceId): Promise<void> {
      expect(await now(id)).toBeNull();
      expect(await harness.subnetOf(id)).toBeNull();
    },
  };
}
