import type { ComposeProject } from "@claw/core/compose/project";
import type { InstanceId, InstanceSpec } from "@claw/core/instance";
import type { LogLine } from "@claw/core/log-cursor";
import type { ObservedContainer } from "@claw/core/status";
import { afterAll, beforeAll, expect } from "vitest";
import type { ContainerEngine, EngineEvent, LogQuery } from "../engine.ts";

/** What the contract suite needs of a driver's surroundings. */
export interface EngineHarness extends AsyncDisposable {
  engine: ContainerEngine;
  /** An image that the engine has, and that behaves as the stub image does. */
  image: string;
  /**
   * The project of one instance, from the real template. Port and subnet are free unless given,
   * and stay the same for an id.
   */
  project(id: InstanceId, spec?: Partial<InstanceSpec>): Promise<ComposeProject>;
  /** Makes the instance's folders, with this text as its configuration. */
  writeConfig(id: InstanceId, text: string): Promise<void>;
  /** A running container of somebody else. */
  startForeign(name: string, port?: number): Promise<void>;
  removeForeign(name: string): Promise<void>;
  /** A container and network of another panel, named as those of instance `id` would be. */
  startOtherHome(id: InstanceId): Promise<void>;
  /** What `docker kill` does. */
  killOutside(id: InstanceId): Promise<void>;
  /** What `docker rm -f` does. */
  removeOutside(id: InstanceId): Promise<void>;
  /** Makes the process of the container write one line. */
  write(id: InstanceId, stream: LogLine["stream"], text: string): Promise<void>;
  /** Breaks the connection to the engine, and keeps new ones out until `mend`. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export const PATIENCE_MS = 30_000;
export const CONFIG = "{ gateway: {} }";

export type EngineRig = ReturnType<typeof useEngine>;

/** An engine for the tests of the describe block that this is called in, and what they do with it. */
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
  const subnetOf = (project: ComposeProject, id: InstanceId) =>
    project.networks[id]?.ipam.config[0]?.subnet ?? "";

  /** A deployed instance, not started. */
  async function deployed(id: InstanceId, config = CONFIG): Promise<ComposeProject> {
    await harness.writeConfig(id, config);
    const project = await harness.project(id);
    await engine.deploy(project, id);
    return project;
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
    portOf: (project: ComposeProject, id: InstanceId) =>
      project.services[id]?.ports[0]?.hostPort ?? 0,
    deployed,
    async started(id: InstanceId, config = CONFIG): Promise<ComposeProject> {
      const project = await deployed(id, config);
      await engine.start(id);
      return project;
    },

    /** Waits until the container is as wanted, looking at it whenever the engine says so. */
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

    async expectNothing(project: ComposeProject, id: InstanceId): Promise<void> {
      expect(await now(id)).toBeNull();
      expect((await engine.survey()).subnets).not.toContain(subnetOf(project, id));
    },
  };
}
