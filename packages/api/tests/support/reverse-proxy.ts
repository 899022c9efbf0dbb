import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { eventually } from "./deadline.ts";

const DOCUMENT = path.join(import.meta.dirname, "../../../../docs/network.md");
/** The names, the port and the files of the samples. */
export const PANEL_NAME = "panel.example.com";
export const INSTANCE_DOMAIN = "claw.example.org";
const PANEL_ADDRESS = "127.0.0.1:8000";
const CERTIFICATE = ["/etc/claw/cert.pem", "/etc/claw/key.pem"] as const;

interface Place {
  folder: string;
  port: number;
}

interface Start {
  port: number;
  panelPort: number;
  /** Breaks the sample, as a mistake in setting up the proxy does. */
  spoil?: (sample: string) => string;
}

interface Kind {
  /** The language of the sample in the document. */
  language: string;
  /** Adapts the sample to ports of this test. */
  configure(sample: string, place: Place): string;
  command(config: string, place: Place): readonly [file: string, ...args: string[]];
}

const KINDS = {
  nginx: {
    language: "nginx",
    // Its worker may write nowhere, so it can buffer nothing on the disk.
    configure: (sample, { folder, port }) => `
      daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr warn;
      events { worker_connections 64; }
      http {
        access_log off;
        ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((each) => `${each}_temp_path ${folder}/${each};`).join(" ")}
        ${replaced(sample, "listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`)}
      }`,
    command: (config, { folder }) => [
      process.env.CLAW_TEST_NGINX ?? "nginx",
      ...["-p", folder, "-e", "stderr", "-c", config],
    ],
  },
  caddy: {
    language: "caddyfile",
    configure: (sample, { port }) => `{
        admin off
        auto_https disable_redirects
        default_bind 127.0.0.1
        https_port ${port}
      }
      ${sample}`,
    command: (config) => [
      process.env.CLAW_TEST_CADDY ?? "caddy",
      ...["run", "--adapter", "caddyfile", "--config", config],
    ],
  },
} satisfies Record<string, Kind>;
export type ProxyKind = keyof typeof KINDS;

/** A real reverse proxy with TLS in front of a panel, configured by the sample of docs/network.md. */
export class ReverseProxy implements AsyncDisposable {
  readonly port: number;
  /** The certificate of the proxy, which signed itself. */
  readonly ca: string;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(place: Place, ca: string, child: ChildProcess) {
    this.port = place.port;
    this.ca = ca;
    this.#folder = place.folder;
    this.#child = child;
  }

  static async start(
    kind: ProxyKind,
    { port, panelPort, spoil = (sample) => sample }: Start,
  ): Promise<ReverseProxy> {
    const { language, configure, command }: Kind = KINDS[kind];
    const place = { folder: await mkdtemp(path.join(tmpdir(), "claw-proxy-")), port };
    const certificate = makeCertificate(place.folder);
    let sample = replaced(spoil(await sampleIn(language)), PANEL_ADDRESS, `127.0.0.1:${panelPort}`);
    for (const [index, file] of CERTIFICATE.entries())
      sample = replaced(sample, file, certificate[index] ?? "");
    const config = path.join(place.folder, "config");
    await writeFile(config, configure(sample, place));
    const [file, ...args] = command(config, place);
    const home = { HOME: place.folder, XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder };
    const child = spawn(file, args, {
      env: { ...process.env, ...home },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const said = text(child.stderr);
    const ended = once(child, "exit").then(async () => {
      throw new Error(`${kind} ended: ${await said}`);
    });
    await Promise.race([ended, eventually(() => accepts(port), 15_000)]);
    ended.catch(() => undefined);
    return new ReverseProxy(place, await readFile(certificate[0], "utf8"), child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
    await rm(this.#folder, { recursive: true });
  }
}

async function sampleIn(language: string): Promise<string> {
  const document = await readFile(DOCUMENT, "utf8");
  const sample = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(document)?.[1];
  if (sample === undefined) throw new Error(`${DOCUMENT} has no sample for ${language}`);
  return sample;
}

/** The text with another part. Throws where it has no such part. */
export function replaced(text: string, what: string, by: string): string {
  if (!text.includes(what)) throw new Error(`the sample has no ${what}`);
  return text.replaceAll(what, by);
}

function makeCertificate(folder: string): readonly [cert: string, key: string] {
  const [cert, key] = [path.join(folder, "cert.pem"), path.join(folder, "key.pem")] as const;
  const names = `subjectAltName=DNS:${PANEL_NAME},DNS:*.${INSTANCE_DOMAIN}`;
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-days", "2", "-subj", `/CN=${PANEL_NAME}`, "-addext", names],
      ...["-keyout", key, "-out", cert],
    ],
    { stdio: "ignore" },
  );
  return [cert, key];
}

async function accepts(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
}
