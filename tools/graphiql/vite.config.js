import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { accessibleTabs } from "./accessible-tabs.js";
import { licences } from "./licences.js";
import { sources } from "./sources.js";

const { collect, write } = licences("LICENSE");

export default defineConfig({
  base: "./", // files find one another by relative addresses, so they work under any prefix
  plugins: [accessibleTabs(), collect, write, sources("sources.txt")],
  resolve: {
    alias: [{ find: /^.*\/dompurify\/dompurify\.js$/, replacement: fileURLToPath(new URL("sanitizer.js", import.meta.url)) }],
  },
  worker: { format: "es", plugins: () => [collect] },
  build: {
    outDir: "../../src/careergraph/web/vendor/graphiql",
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0, // a data: address would need a wider policy
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      input: "main.js",
      onLog(level, log, handle) {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log); // "use client" says nothing in a browser
      },
    },
  },
});
