import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Instance } from "@claw/core/instance";
import { type ClawClient, createClawClient } from "../src/client.ts";
import type { BenchContext } from "./bench.ts";

/** Where nobody else of this machine should be. */
const BASE_PORT = 31_000;
const SUBNET_POOL = "10.219.0.0/16";
const PASSWORD = "lobsters of the bench";
const START_WITHIN_MS = 60_000;
const END_WITHIN_MS = 30_000;

export interface PanelOptions {
  image: string;
  /** Name of the folder in the bench's own folder. */
  home?: string;
  /** Another folder of templates than the panel's own; such a panel runs from source. */
  templates?: string;
  /** Without it, the bundle. */
  code?: PanelCode;
  /** Any free one without it. */
  port?: number;
  env?: Record<string, string>;
}

/** As `npm start` runs the panel, or as tests do. */
export type PanelCode = "bundle" | "source";

/** A panel in a process of its own. */
export interface Panel extends AsyncDisposable {
  url: string;
  home: string;
  pid: number;
  /** From its start until /healthz answered. */
  startMs: number;
  token: string;
  client: ClawClient;
}

const processes = new Set<ChildProcess>();

/** Ends all panels at once, for a bench that is broken off. */
export function killPanels(): void {
  for (const child of processes) child.kill("SIGKILL");
}

/** Starts the real panel and waits until it serves. */
export async function startPanel(context: BenchContext, options: PanelOptions): Promise<Panel> {
  const home = path.join(context.folder, options.home ?? "home");
  await mkdir(home, { recursive: true });
  const started = performance.now();
  const child = spawn(process.execPath, command(context, options), {
    env: environment(home, options),
    stdio: ["ignore", "pipe", "pipe"],
  });
  processes.add(child);
  child.once("exit", () => processes.delete(child));
  const log = createWriteStream(path.join(home, "panel.log"), { flags: "a" });
  child.stderr.pipe(log, { end: false });
  const url = await addressOf(child, log);
  const health = await fetch(`${url}/healthz`);
  if (!health.ok) throw new Error(`/healthz answers ${health.status}`);
  const startMs = performance.now() - started;
  const login = { username: "admin", password: PASSWORD };
  const { token } = await createClawClient({ url }).auth.login.mutate(login);
  return {
    url,
    home,
    pid: child.pid as number,
    startMs,
    token,
    client: createClawClient({ url, token }),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill("SIGKILL"), END_WITHIN_MS);
      child.kill("SIGTERM");
      await once(child, "exit");
      clearTimeout(timer);
    },
  };
}

function command(context: BenchContext, options: PanelOptions): string[] {
  const file = (name: string) => path.join(import.meta.dirname, name);
  const profile = context.profiles ? ["--cpu-prof", `--cpu-prof-dir=${context.profiles}`] : [];
  if (options.templates) return [...profile, file("panel-with-templates.ts"), options.templates];
  return options.code === "source"
    ? [...profile, file("../src/main.ts")]
    : [...profile, "--enable-source-maps", file("../dist/main.js")];
}

function environment(home: string, { image, port = 0, env }: PanelOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    CLAW_HOME: home,
    CLAW_HOST: "127.0.0.1",
    CLAW_ADMIN_PASSWORD: PASSWORD,
    CLAW_PORT: String(port),
    CLAW_ENGINE: "docker",
    CLAW_IMAGE: image,
    CLAW_BASE_PORT: String(BASE_PORT),
    CLAW_SUBNET_POOL: SUBNET_POOL,
    ...env,
  };
}

async function addressOf(child: ChildProcess, log: NodeJS.WritableStream): Promise<string> {
  if (!child.stdout) throw new Error("the panel has no output");
  const lines = createInterface({ input: child.stdout });
  const found = Promise.withResolvers<string>();
  lines.on("line", (line) => {
    log.write(`${line}\n`);
    const url = /^ClawMultiDeploy: https?:(\S+)/.exec(line)?.[1];
    // Plain HTTP is answered beside HTTPS.
    if (url) found.resolve(`http:${url}`);
  });
  child.once("error", found.reject);
  child.once("exit", (code) => found.reject(new Error(`the panel ended with ${code}`)));
  const timer = setTimeout(
    () => found.reject(new Error("the panel does not listen")),
    START_WITHIN_MS,
  );
  try {
    return await found.promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves with the instance as soon as the panel shows `holds` to be true of it. */
export function untilInstance(
  client: ClawClient,
  id: string,
  holds: (instance: Instance) => boolean,
): Promise<Instance> {
  return new Promise((resolve, reject) => {
    const subscription = client.instances.watch.subscribe(undefined, {
      onData(event) {
        const seen =
          event.type === "snapshot"
            ? event.instances
            : event.type === "changed"
              ? [event.instance]
              : [];
        const match = seen.find((instance) => instance.id === id && holds(instance));
        if (!match) return;
        subscription.unsubscribe();
        resolve(match);
      },
      onError: reject,
    });
  });
}

export const isRunning = (instance: Instance) => instance.status === "running";

/** The compose file of a panel, as if its home were another folder. */
export async function composeTextFor(panel: Panel, home: string): Promise<string> {
  const text = await readFile(path.join(panel.home, "docker-compose.yml"), "utf8");
  return text.replaceAll(panel.home, home);
}
