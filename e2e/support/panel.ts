import { once } from "node:events";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ClawClient, createClawClient, type RouterOutputs } from "@claw/api";
import { Child } from "./child.ts";
import { sweep } from "./docker.ts";
import type { AuditDraft, Outside, Rig } from "./memory-panel.ts";
import { ROOT } from "./places.ts";
import { ADMIN, signIn } from "./session.ts";

export type Instance = RouterOutputs["instances"]["get"];
type Status = Instance["status"];

export interface PanelOptions {
  engine?: "docker" | "memory";
  /** CLAW_IMAGE. */
  image?: string;
  env?: NodeJS.ProcessEnv;
  /** A memory engine with these times, to which `outside` can be done. */
  rig?: Rig;
  /** Nobody has an account yet, and the panel waits for its set-up code. */
  bare?: boolean;
}

/** Bundles, as administrators run the panel: see build.ts. */
const MAIN = path.join(ROOT, "packages/api/dist/main.js");
/** Of memory-panel.ts. */
const RIGGED = path.join(ROOT, "packages/api/dist-rigged/main.js");
const URL_LINE = /^ClawMultiDeploy: (https?:\S+)$/m;

/** The real panel as a process of its own, with a home, ports and networks of its own. */
export class Panel implements AsyncDisposable {
  readonly home: string;
  /** Where tests reach it. */
  readonly url: string;
  /** As it prints it: where browsers of other machines reach it. */
  readonly shownUrl: string;
  readonly client: ClawClient;
  /** Of a session of the administrator's, by which `client` works. */
  readonly token: string;
  readonly child: Child;
  readonly #usesDocker: boolean;

  private constructor(
    parts: Pick<Panel, "home" | "url" | "shownUrl" | "child" | "token"> & { usesDocker: boolean },
  ) {
    this.home = parts.home;
    this.#usesDocker = parts.usesDocker;
    this.url = parts.url;
    this.shownUrl = parts.shownUrl;
    this.child = parts.child;
    this.token = parts.token;
    this.client = createClawClient({ url: this.url, token: this.token });
  }

  static async start(options: PanelOptions = {}): Promise<Panel> {
    return Panel.#startOn(await mkdtemp(path.join(await realpath(tmpdir()), "claw-e2e-")), options);
  }

  static async #startOn(home: string, options: PanelOptions): Promise<Panel> {
    const engine = options.engine ?? process.env.CLAW_ENGINE ?? "memory";
    const argv = options.rig ? [RIGGED, JSON.stringify(options.rig)] : [MAIN];
    const child = new Child(["--enable-source-maps", ...argv], {
      ipc: options.rig !== undefined,
      env: {
        CLAW_HOME: home,
        CLAW_PORT: "0",
        CLAW_ENGINE: engine,
        CLAW_LOG_LEVEL: "warn",
        ...ownRanges(),
        ...(options.bare ? {} : { CLAW_ADMIN_PASSWORD: ADMIN.password }),
        ...(options.image === undefined ? {} : { CLAW_IMAGE: options.image }),
        ...options.env,
      },
    });
    try {
      const [, shownUrl = ""] = await child.printed(URL_LINE);
      const { protocol, port } = new URL(shownUrl);
      // With certificates of its own it answers HTTP too, for which nobody has to trust them.
      const url = protocol === "https:" ? `http://127.0.0.1:${port}` : shownUrl;
      const usesDocker = engine === "docker" && options.env?.DOCKER_HOST === undefined;
      const token = options.bare ? "" : await signIn(url);
      return new Panel({ home, usesDocker, url, shownUrl, child, token });
    } catch (error) {
      await child.end();
      await rm(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** Ends it, and starts another on its home, to which this one then leaves it. */
  async succeededBy(options: PanelOptions): Promise<Panel> {
    await this.child.end();
    return Panel.#startOn(this.home, options);
  }

  /** Makes an instance; unless `start` is false, waits until it runs. */
  async create(
    input: Partial<Parameters<ClawClient["instances"]["create"]["mutate"]>[0]> & { id: string },
  ): Promise<Instance> {
    const { id, name = id, start = true } = input;
    const made = await this.client.instances.create.mutate({ ...input, name, start });
    return start ? this.until(id, "running") : made;
  }

  /** Resolves with the instance once it has the status. */
  async until(id: string, status: Status): Promise<Instance> {
    return this.#seen((one) => one.id === id && one.status === status);
  }

  async #seen(holds: (instance: Instance) => boolean): Promise<Instance> {
    for await (const event of this.client.instances.watch.subscribe()) {
      const seen = event.type === "snapshot" ? event.instances : [];
      if (event.type === "changed") seen.push(event.instance);
      const instance = seen.find(holds);
      if (instance) return instance;
    }
    throw new Error("The panel ended before an instance was as it should be.");
  }

  /** Does to the rigged engine what happens to Docker without the panel. */
  async outside<Name extends keyof Outside>(name: Name, ...input: Parameters<Outside[Name]>) {
    const done = once(this.child.process, "message");
    this.child.process.send({ name, input } as AuditDraft);
    await done;
  }

  /** Resolves with the instance once it runs in another run than at `startedAt`. */
  async untilRestarted(id: string, startedAt: string | null): Promise<Instance> {
    return this.#seen(
      (one) => one.id === id && one.status === "running" && one.startedAt !== startedAt,
    );
  }

  /** Deletes every instance with its data. */
  async removeAll(): Promise<void> {
    for (const { id } of await this.client.instances.list.query())
      await this.client.instances.remove.mutate({ id, deleteData: true });
  }

  configFile(id: string): string {
    return path.join(this.home, "instances", id, "data/openclaw.json");
  }

  readConfig(id: string): Promise<string> {
    return readFile(this.configFile(id), "utf8");
  }

  /** Changes the file as somebody else would, beside the panel. */
  async editConfig(id: string, edit: (text: string) => string): Promise<void> {
    await writeFile(this.configFile(id), edit(await this.readConfig(id)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child.end();
    if (this.#usesDocker) await sweep(this.home);
    await rm(this.home, { recursive: true, force: true });
  }
}

/** Ranges that another panel on this machine, also one under test, is unlikely to use. */
function ownRanges(): NodeJS.ProcessEnv {
  const random = (count: number) => Math.floor(Math.random() * count);
  return {
    CLAW_BASE_PORT: String(20_000 + 20 * random(500)),
    CLAW_SUBNET_POOL: `10.${220 + random(20)}.${random(256)}.0/24`,
  };
}
