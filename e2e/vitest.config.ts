import { defineConfig } from "vitest/config";

/** Each file starts its own panel and its own Chromium. `docker` needs a Docker Engine and both images. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "memory",
          include: ["tests/**/*.test.ts"],
          exclude: ["**/*.docker.test.ts"],
          env: { CLAW_ENGINE: "memory" },
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "docker",
          include: ["tests/**/*.docker.test.ts"],
          env: { CLAW_ENGINE: "docker" },
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
