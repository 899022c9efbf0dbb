import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { type ClawClient, createClawClient } from "../../src/client.ts";

const PASSWORD = "lobsters of the tests";
const ROOT = path.join(import.meta.dirname, "../../../..");
const SOURCES = [path.join(ROOT, "packages/api/src/main.ts")];
/** The command of `npm start`. */
const BUNDLE = ["--enable-source-maps", path.join(ROOT, "packages/api/dist/main.js")];
/** As the project of vitest.config.ts says; a bundle starts in a third of the time of the sources. */
const MAIN = process.env.CLAW_TEST_PANEL === "bundle" ? BUNDLE : SOURCES;

/** Builds the panel when its sources have changed, and returns the command of `npm start`. */
export function builtPanel(): string[] {
  execFileSync(process.execPath, [path.join(ROOT, "scripts/build.mjs"), "api"]);
  return BUNDLE;
}

/** The panel as a process of its own: from its sources, or from the bundle where there are many starts. */
export class PanelProcess implements AsyncDisposable {
  readonly url: string;
  readonly client: ClawClient;
  /** The administrator's session. */
  readonly token: string;
  /** Its output so far. */
  readonly lines: readonly string[];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;

  private constructor(
    child: ChildProcess,
    { url, token, lines }: Pick<PanelProcess, "url" | "token" | "lines">,
  ) {
    this.#child = child;
    this.#ended = once(child, "exit");
    this.lines = lines;
    this.url = url;
    this.token = token;
    this.client = createClawClient({ url, token });
  }

  /**
   * Resolves when it serves and its administrator has logged in. Rejects with its output when it
   * ends instead.
   */
  static async start(env: Record<string, string>, main = MAIN): Promise<PanelProcess> {
    const { child, output } = spawnPanel({ CLAW_ADMIN_PASSWORD: PASSWORD, ...env }, main);
    const url = await Promise.race([
      output.url,
      once(child, "exit").then(() => {
        throw new Error(`the panel ended: ${output.lines.join("\n")}`);
      }),
    ]);
    const { token } = await createClawClient({ url }).auth.login.mutate(ADMINISTRATOR);
    return new PanelProcess(child, { url, token, lines: output.lines });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Kills it, and resolves when it is gone. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  /** Asks it to end; resolves with its exit code. */
  async end(signal: "SIGINT" | "SIGTERM"): Promise<number | null> {
    this.#child.kill(signal);
    const [code] = (await this.#ended) as [number | null];
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

/** Starts the panel without this process's own settings. */
export function spawnPanel(env: Record<string, string>, main = MAIN) {
  const child = spawn(process.execPath, main, {
    env: panelEnv(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const url = Promise.withResolvers<string>();
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on("line", (line) => {
      lines.push(line);
      const match = /(http:\/\/\S+)$/.exec(line);
      if (match) url.resolve(match[1] as string);
    });
  return { child, output: { lines, url: url.promise } };
}

/** Starts the panel with its output and errors in the file `output`. */
export function spawnPanelOnto(output: number, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, MAIN, {
    env: panelEnv({ CLAW_ADMIN_PASSWORD: PASSWORD, ...env }),
    stdio: ["ignore", output, output],
  });
}

/** Credentials of such a panel's administrator. */
export const ADMINISTRATOR = { username: "admin", password: PASSWORD };

/** The environment of a panel's process, without this process's own settings. */
export function panelEnv(env: Record<string, string>): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(CLAW_|VITEST|NODE_(?!COMPILE_CACHE$))/.test(name),
  );
  return { ...Object.fromEntries(own), CLAW_PORT: "0", CLAW_LOG_LEVEL: "warn", ...env };
}
