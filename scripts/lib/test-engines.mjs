/** The engines that suites of one run use beside the machine's, each started on first use. */
import { currentEngineRoot } from "./current-engine.mjs";
import { buildImage, STUB } from "./needs.mjs";
import { ROOT } from "./paths.mjs";
import { startTestEngine } from "./test-engine.mjs";

const KINDS = {
  /** A second copy of the machine's Docker Engine, for tests that stop it. */
  own: async () => ({}),
  /** The Docker Engine that users install today. */
  current: async () => ({ root: await currentEngineRoot() }),
};

/** `folder`: this run's. → use(kind): {env, wrap} or {missing: "why"}; stop() ends them all. */
export function createTestEngines({
  folder,
  kinds = KINDS,
  start = startTestEngine,
  build = buildImage,
}) {
  const known = new Map();

  async function begin(kind) {
    try {
      const options = await kinds[kind]();
      const engine = await start(kind, { folder, folders: [ROOT, folder], ...options });
      known.set(kind, engine);
      await build("build-stub-image.sh", STUB, engine.env);
      const env = { ...engine.env, CLAW_TEST_DOCKER: "1", CLAW_TEST_STUB_IMAGE: STUB };
      return { env, wrap: engine.wrap };
    } catch (error) {
      return { missing: `a Docker Engine of its own (${kind}): ${error.message}` };
    }
  }

  const asked = new Map();
  return {
    async use(kind) {
      if (kind === undefined) return { env: {}, wrap: [] };
      if (!asked.has(kind)) asked.set(kind, begin(kind));
      return asked.get(kind);
    },
    async stop() {
      await Promise.all(asked.values());
      for (const engine of known.values()) await engine.stop();
      known.clear();
    },
  };
}
