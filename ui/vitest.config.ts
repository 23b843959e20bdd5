import { defineConfig } from "vitest/config"

export default defineConfig({
  // The manual lies in app/, beside ui/.
  server: { fs: { allow: [".."] } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://127.0.0.1:8000/" } },
    setupFiles: ["test/setup.ts"],
    include: ["test/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
})
