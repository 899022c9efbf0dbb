/** Docker Compose v2 for the tests that compare our containers with Compose's for the same file. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { debianMirror } from "./debian-mirror.mjs";
import { CACHE } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { Sentence } from "./words.mjs";

const FOLDER = path.join(CACHE, "compose-v2");
const PLUGIN = ["docker", "cli-plugins", "docker-compose"];
const UNPACKED = path.join(FOLDER, "usr", "libexec", ...PLUGIN);
const SUITE = "trixie"; // the first Debian release with Compose v2
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

const installed = () =>
  [
    path.join("/usr", "libexec", ...PLUGIN),
    path.join("/usr", "lib", ...PLUGIN),
    path.join("/usr", "local", "lib", ...PLUGIN),
    path.join(os.homedir(), ".docker", "cli-plugins", "docker-compose"),
  ].find((file) => existsSync(file));

/** Debian's package, unpacked into our cache folder, not installed. */
async function fetchCompose() {
  const lists = path.join(FOLDER, "lists");
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(path.join(lists, "partial"), { recursive: true });
  const sources = path.join(FOLDER, "sources.list");
  await writeFile(sources, `deb [signed-by=${KEYRING}] ${await debianMirror()} ${SUITE} main\n`);
  const apt = [
    "-qq",
    "-o",
    `Dir::Etc::sourcelist=${sources}`,
    "-o",
    "Dir::Etc::sourceparts=/dev/null",
    "-o",
    `Dir::State::Lists=${lists}`,
    "-o",
    "APT::Sandbox::User=root",
  ];
  await mustRun("apt-get update", "apt-get", [...apt, "update"], { cwd: FOLDER });
  await mustRun("apt-get download", "apt-get", [...apt, "download", "docker-compose"], {
    cwd: FOLDER,
  });
  const archive = (await readdir(FOLDER)).find((file) => file.endsWith(".deb"));
  await mustRun("dpkg -x", "dpkg", ["-x", archive, "."], { cwd: FOLDER });
  await rm(lists, { recursive: true });
  await rm(path.join(FOLDER, archive));
}

/** The path of a Compose v2 binary: this machine's, else Debian's. */
export async function composeV2() {
  const here = installed();
  if (here) return here;
  if (!existsSync(UNPACKED)) {
    if (!existsSync(KEYRING)) throw new Sentence("no Docker Compose v2 on this machine");
    await fetchCompose();
  }
  await mustRun("docker-compose version", UNPACKED, ["version"]);
  return UNPACKED;
}
