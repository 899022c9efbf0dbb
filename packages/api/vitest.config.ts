import { defineConfig } from "vitest/config";

/** Every worker samples by the same seed: see tests/support/sample.ts. */
const env = { CLAW_TEST_SEED: process.env.CLAW_TEST_SEED ?? String(Date.now() % 1_000_000) };

/** Tests that start many panels start them from the bundle: see tests/support/panel-process.ts. */
const fromBundle = {
  globalSetup: "tests/support/build-panel.ts",
  env: { ...env, CLAW_TEST_PANEL: "bundle" },
};

/** They measure their whole process: its memory, its timers, its open files. */
const ALONE = [
  "src/app.test.ts",
  "src/store/libsql/libsql-store.test.ts",
  "tests/slow-viewer.test.ts",
];

/**
 * `unit` and `unit-process` need nothing; `docker` needs a Docker Engine and runs one file at a
 * time; `dockerd` stops and starts one that `npm test` starts for it. `proxies` needs nginx and
 * Caddy. `soak` takes an hour (`npm run soak`).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          env,
          // Much of it waits: for the disk, for children, for what must not happen.
          maxWorkers: 2,
          // A worker loads the modules once. They hold no state, and fake clocks end with their test.
          isolate: false,
          include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: [
            ...ALONE,
            "**/*.docker.test.ts",
            "**/*.dockerd.test.ts",
            "**/*.proxies.test.ts",
            "node_modules/**",
          ],
          testTimeout: 20_000,
        },
      },
      { test: { name: "unit-process", env, maxWorkers: 2, include: ALONE, testTimeout: 20_000 } },
      {
        test: {
          name: "docker",
          ...fromBundle,
          include: ["src/**/*.docker.test.ts", "tests/**/*.docker.test.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: "proxies", env, include: ["tests/*.proxies.test.ts"], testTimeout: 60_000 } },
      { test: { name: "soak", include: ["tests/soak/*.soak.ts"] } },
      {
        test: {
          name: "dockerd",
          ...fromBundle,
          include: ["tests/**/*.dockerd.test.ts"],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
