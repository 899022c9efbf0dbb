/**
 * Requirements of the suites on the machine: each is met once, and adds to the environment or says
 * why it cannot be met.
 */
import { existsSync } from "node:fs";
import { aptInstall, aptKnows, aptUpdate } from "./apt.mjs";
import { buildIfChanged } from "./builds.mjs";
import { composeV2 } from "./compose-v2.mjs";
import { ensureDocker } from "./docker.mjs";
import { dockerRequest } from "./docker-api.mjs";
import { isDebian } from "./docker-plan.mjs";
import { findProgram } from "./find-program.mjs";
import { findNpm } from "./npm-cli.mjs";
import { panelEnvironment } from "./panel-command.mjs";
import { inRoot } from "./paths.mjs";
import { reverseProxies } from "./reverse-proxies.mjs";
import { run } from "./run.mjs";
import { readIfThere } from "./stamp.mjs";
import { Sentence } from "./words.mjs";

export const STUB = "openclaw:stub";
const REAL = "openclaw:local";
/** Chromium without a window system: a page costs half the processor time of `chromium --headless`. */
const HEADLESS_SHELL = "chromium-headless-shell";
const CHROMIUM = [
  HEADLESS_SHELL,
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const FONT = "fonts-noto-cjk"; // for screenshots of Chinese pages

async function isDebianRoot() {
  return process.getuid?.() === 0 && isDebian((await readIfThere("/etc/os-release")) ?? "");
}

/** Not every Debian, and no Ubuntu, has a package of the shell. */
async function installChromium() {
  await aptUpdate();
  await aptInstall([(await aptKnows(HEADLESS_SHELL)) ? HEADLESS_SHELL : "chromium", FONT]);
}

/** Builds take minutes: shows their output live. */
export async function buildImage(script, tag, env) {
  const { code } = await run("bash", [inRoot("templates", "image", script), tag], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  if (code !== 0) throw new Sentence(`${script} failed`);
}

async function hasImage(tag) {
  return (await dockerRequest("GET", `/images/${encodeURIComponent(tag)}/json`)).status === 200;
}

const MEET = {
  async docker() {
    if (!(await ensureDocker())) throw new Sentence("no Docker Engine answers");
    return { CLAW_TEST_DOCKER: "1" };
  },
  async stub() {
    await buildImage("build-stub-image.sh", STUB, {});
    return { CLAW_TEST_STUB_IMAGE: STUB };
  },
  async openclaw({ node }) {
    if (!(await hasImage(REAL))) {
      const env = { CLAW_NODE: node, CLAW_NPM: findNpm().cli };
      await buildImage("build-openclaw-image.sh", REAL, env);
    }
    return { CLAW_TEST_OPENCLAW_IMAGE: REAL };
  },
  async compose() {
    return { CLAW_TEST_COMPOSE: process.env.CLAW_TEST_COMPOSE ?? (await composeV2()) };
  },
  async chromium() {
    const find = () => CHROMIUM.map((name) => findProgram(name)).find(Boolean);
    let file = process.env.CLAW_TEST_CHROMIUM ?? find();
    if (!file && (await isDebianRoot())) {
      await installChromium();
      file = find();
    }
    if (!file || !existsSync(file)) {
      throw new Sentence("no Chromium: install it, or set CLAW_TEST_CHROMIUM to its path");
    }
    return { CLAW_TEST_CHROMIUM: file };
  },
  /** The program, as a reference: the panel itself needs none. */
  async zstd() {
    if (!findProgram("zstd") && (await isDebianRoot())) await aptInstall(["zstd"]);
    if (!findProgram("zstd")) throw new Sentence("no zstd: install it");
    return {};
  },
  /** nginx and Caddy, to follow the documentation with. */
  async proxies() {
    const [nginx, caddy] = await reverseProxies();
    return { CLAW_TEST_NGINX: nginx, CLAW_TEST_CADDY: caddy };
  },
  async web({ node }) {
    await buildIfChanged("web", node);
    return {};
  },
  async bundle({ node }) {
    await buildIfChanged("api", node);
    return panelEnvironment({});
  },
  /** The panel of the browser tests. */
  async rigged({ node }) {
    await buildIfChanged("rigged", node);
    return {};
  },
};

/** → meet(names): {env} or {missing: "why"}; remembers each result. */
export function createNeeds(context, table = MEET) {
  const known = new Map();
  async function meetOne(name) {
    try {
      return { env: await table[name](context) };
    } catch (error) {
      return { missing: `${name}: ${error.message}` };
    }
  }
  return async (names) => {
    const env = {};
    for (const name of names) {
      if (!known.has(name)) known.set(name, await meetOne(name));
      const result = known.get(name);
      if (result.missing) return result;
      Object.assign(env, result.env);
    }
    return { env };
  };
}
