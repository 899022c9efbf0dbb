import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "node:tls";
import type { Browser } from "playwright-core";
import { launchChromium, launchChromiumAt } from "./browser.ts";
import type { Panel } from "./panel.ts";

/** Stands for the DNS of a colleague's machine. */
export const RESOLVED = "--host-resolver-rules=MAP *.internal 127.0.0.1";

/** How a panel is started that colleagues reach from their machines. */
export const ON_THE_NETWORK = { CLAW_HOST: "0.0.0.0", CLAW_PUBLIC_NAMES: "panel.internal" };

/** The browser of a machine that trusts the panel's authority. */
export interface AnotherMachine extends AsyncDisposable {
  readonly browser: Browser;
}

/** By the import that docs/network.md describes, or by the key where the program for it is missing. */
export async function anotherMachine(panel: Panel): Promise<AnotherMachine> {
  const home = mkdtempSync(path.join(tmpdir(), "claw-home-"));
  const browser = spawnSync("certutil", ["-H"]).error
    ? await launchChromium(
        RESOLVED,
        `--ignore-certificate-errors-spki-list=${await keyOf(panel.shownUrl)}`,
      )
    : await importAuthority(panel, home).then(() => launchChromiumAt(home, RESOLVED));
  return {
    browser,
    async [Symbol.asyncDispose]() {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function importAuthority(panel: Panel, home: string): Promise<void> {
  const [file, database] = [path.join(home, "claw-ca.crt"), path.join(home, ".pki/nssdb")];
  writeFileSync(file, await (await fetch(`${panel.url}/ca.crt`)).text());
  mkdirSync(database, { recursive: true });
  const certutil = (...args: string[]) =>
    execFileSync("certutil", ["-d", `sql:${database}`, ...args], { stdio: "pipe" });
  certutil("-A", "-t", "C,,", "-n", "ClawMultiDeploy", "-i", file);
}

/** The hash of the key that all certificates of the panel are for. */
async function keyOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({
    host: "127.0.0.1",
    port: Number(port),
    servername: hostname,
    rejectUnauthorized: false,
  });
  await once(socket, "secureConnect");
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
  socket.destroy();
  return createHash("sha256")
    .update(key ?? "")
    .digest("base64");
}
