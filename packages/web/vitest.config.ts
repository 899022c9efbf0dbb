import solid from "vite-plugin-solid";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [solid()],
  test: {
    name: "web",
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    // One jsdom for all files: making one takes longer than most tests. The set-up file resets it.
    isolate: false,
    testTimeout: 15_000,
    expect: { poll: { timeout: 5000 } },
  },
});
