import { defineConfig } from "vitest/config";

/** Chromium was disturbed from outside: see support/browser.ts. No other failure is tried again. */
const retry = { count: 2, condition: /^A network of this machine came or went/ };

/**
 * With `useBrowser` first in a file, its windows close before the file's own hooks delete the shown
 * instances. Otherwise a page requests a deleted one, and the browser logs the refusal.
 */
const sequence = { hooks: "list" } as const;

const globalSetup = "support/build.ts";

const expect = { poll: { timeout: 15_000 } };

/** Each file starts its own panel and its own Chromium. `docker` needs a Docker Engine and both images. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "memory",
          include: ["tests/**/*.test.ts"],
          exclude: ["**/*.docker.test.ts"],
          globalSetup,
          env: { CLAW_ENGINE: "memory" },
          maxWorkers: 2,
          retry,
          sequence,
          expect,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "docker",
          include: ["tests/**/*.docker.test.ts"],
          globalSetup,
          env: { CLAW_ENGINE: "docker" },
          fileParallelism: false,
          retry,
          sequence,
          expect,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
