import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type ProxyOptions } from "vite";
import solid from "vite-plugin-solid";
import { adoptEditorStyles } from "./vite-adopt-styles.ts";
import { precompress } from "./vite-precompress.ts";

const PANEL = "http://127.0.0.1:8000";

/** Awaits parts of the page, which import the shell: within it, each would wait for the other. */
const ENTRY = /\/(?:src\/main\.tsx|index\.html)$/;

/** The panel refuses a request whose Origin is not its own address, so the proxy rewrites it. */
const panel: ProxyOptions = {
  target: PANEL,
  changeOrigin: true,
  ws: true,
  rewriteWsOrigin: true,
  configure(proxy) {
    proxy.on("proxyReq", (request) => {
      if (request.getHeader("origin")) request.setHeader("origin", PANEL);
    });
  },
};

export default defineConfig({
  plugins: [solid(), tailwindcss(), adoptEditorStyles(), precompress()],
  build: {
    manifest: true,
    target: "es2023",
    cssTarget: ["chrome123", "firefox128", "safari17.5"],
    /** Inlined assets would need `data:` in the content security policy. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Forty small files are larger when compressed, and each costs a request.
      output: {
        codeSplitting: {
          groups: [{ name: "shell", tags: ["$initial"], test: (id) => !ENTRY.test(id) }],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      "/trpc": panel,
      "/healthz": panel,
      "/backups/download/": panel,
      "/backups/upload": panel,
      "/schemas/": panel,
    },
  },
});
