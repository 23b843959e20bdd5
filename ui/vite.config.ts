import { defineConfig } from "vite"

// The manual and the sentences about failures live in app/, beside ui/: one catalogue for commands, failure page and window.
export default defineConfig({
  base: "/",
  publicDir: false,
  server: { fs: { allow: [".."] } },
  build: {
    outDir: "dist",
    // Never inline: the content security policy lets fonts come from 'self' only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // WebKitGTK, Qt WebEngine and the browsers of the last three years (BUILD.md, gotcha 8).
    target: ["chrome111", "safari16.4", "firefox115"],
    rolldownOptions: {
      output: {
        // The icon keeps its plain name: the failure page and the desktop entry know it by that.
        assetFileNames: ({ names }) => (names.includes("icon.svg") ? "icon.svg" : "assets/[name]-[hash][extname]"),
      },
    },
  },
})
