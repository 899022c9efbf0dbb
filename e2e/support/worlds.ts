import { ON_THE_NETWORK } from "./another-machine.ts";
import { CuttableProxy } from "./cuttable-proxy.ts";
import { Panel } from "./panel.ts";
import { settlePeople } from "./people.ts";
import { provisionBackups } from "./provision-backups.ts";

/** A state of things that pages are looked at in. */
export interface World extends AsyncDisposable {
  readonly panel: Panel;
  /** Between the browser and the panel. */
  readonly proxy: CuttableProxy;
}

async function openWorld(panel: Panel): Promise<World> {
  const proxy = await CuttableProxy.open(panel.url);
  return {
    panel,
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await panel[Symbol.asyncDispose]();
    },
  };
}

export const WORLDS = {
  empty: async () => openWorld(await Panel.start({ rig: {} })),

  /** Beyond loopback, with an authority of its own. */
  network: async () => openWorld(await Panel.start({ rig: {}, env: ON_THE_NETWORK })),

  /** One instance in each state that lasts, and a job. */
  provisioned: async () => {
    const panel = await Panel.start({ rig: { startDelayMs: 100, heartbeatMs: 3_600_000 } });
    await panel.create({ id: "zhangsan", name: "张三", group: "销售", tags: ["VIP", "试用"] });
    await panel.create({ id: "anna", name: "Anna Berg", tags: ["Sales team EMEA"] });
    await panel.create({ id: "lisi", name: "李四", start: false });
    await panel.create({ id: "wangwu", name: "王五", start: false });
    await panel.editConfig("wangwu", (text) => `// STUB_INVALID\n${text}`);
    await panel.client.instances.start.mutate({ id: "wangwu" });
    await panel.until("wangwu", "error");
    await panel.client.instances.init.mutate({ id: "zhangsan" });
    for (let line = 1; line <= 60; line += 1)
      await panel.outside(
        "write",
        "zhangsan",
        line % 9 ? "stdout" : "stderr",
        `[gateway] line ${line}`,
      );
    const json = { level: "warn", subsystem: "channels", message: "telegram: no token" };
    await panel.outside("write", "anna", "stdout", JSON.stringify({ ...json, attempt: 3 }));
    return openWorld(panel);
  },

  /** Instances from before they opened through the panel, and one from after. */
  upgraded: async () => {
    const rig = { startDelayMs: 50, heartbeatMs: 3_600_000, openclawVersion: "2026.9.6" };
    const former = await Panel.start({ rig, env: { CLAW_INSTANCE_DOMAIN: "none" } });
    await former.create({ id: "zhangsan", name: "张三" });
    await former.create({ id: "lisi", name: "李四", start: false });
    const panel = await former.succeededBy({ rig });
    await panel.create({ id: "anna", name: "Anna Berg", start: false });
    await panel.until("zhangsan", "running");
    return openWorld(panel);
  },

  /** Starts take long enough to see a backup at work. */
  "backed-up": async () => {
    const panel = await Panel.start({ rig: { startDelayMs: 2_500, heartbeatMs: 3_600_000 } });
    await panel.create({ id: "anna", name: "Anna Berg" });
    await panel.create({ id: "lisi", name: "李四", start: false });
    await provisionBackups(panel);
    return openWorld(panel);
  },

  /** Nobody has an account yet. */
  bare: async () => openWorld(await Panel.start({ bare: true })),

  /** Users of each kind. */
  people: async () => {
    const panel = await Panel.start({ rig: { startDelayMs: 100, heartbeatMs: 3_600_000 } });
    await panel.create({ id: "zhangsan", name: "张三" });
    await panel.create({ id: "anna", name: "Anna Berg", start: false });
    await settlePeople(panel);
    return openWorld(panel);
  },

  "no-docker": async () =>
    openWorld(
      await Panel.start({ engine: "docker", env: { DOCKER_HOST: "unix:///nowhere/docker.sock" } }),
    ),

  "no-image": async () =>
    openWorld(await Panel.start({ image: "registry.invalid/openclaw:1", rig: { images: [] } })),
} satisfies Record<string, () => Promise<World>>;

export type WorldName = keyof typeof WORLDS;
