import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "unit",
    include: ["src/**/*.test.ts"],
    // The code is pure, so one file changes nothing for the next; its modules load once a worker.
    isolate: false,
    testTimeout: 20_000,
  },
});
