/** nginx and Caddy for the tests that run the samples of the documentation. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { aptUpdate } from "./apt.mjs";
import { findProgram } from "./find-program.mjs";
import { CACHE } from "./paths.mjs";
import { mustRun } from "./run.mjs";
import { Sentence } from "./words.mjs";

const FOLDER = path.join(CACHE, "reverse-proxies");
const PROXIES = ["nginx", "caddy"];

/** Debian's packages, unpacked into our cache folder: installed, they would begin to serve. */
async function fetchProxies() {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await aptUpdate();
  const options = ["-qq", "-o", "APT::Sandbox::User=root"];
  await mustRun("apt-get download", "apt-get", [...options, "download", ...PROXIES], {
    cwd: FOLDER,
  });
  for (const archive of (await readdir(FOLDER)).filter((file) => file.endsWith(".deb"))) {
    await mustRun("dpkg -x", "dpkg", ["-x", archive, "."], { cwd: FOLDER });
    await rm(path.join(FOLDER, archive));
  }
}

const unpacked = (name) =>
  [path.join(FOLDER, "usr/sbin", name), path.join(FOLDER, "usr/bin", name)].find((file) =>
    existsSync(file),
  );
const find = () => PROXIES.map((name) => findProgram(name) ?? unpacked(name));

/** The paths of both programs: this machine's, else Debian's. */
export async function reverseProxies() {
  if (find().every(Boolean)) return find();
  if (!findProgram("apt-get")) throw new Sentence("no nginx or no Caddy on this machine");
  await fetchProxies();
  const [nginx, caddy] = find();
  await mustRun("nginx -v", nginx, ["-v"]);
  await mustRun("caddy version", caddy, ["version"]);
  return [nginx, caddy];
}
