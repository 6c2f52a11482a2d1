import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** One build, one html door a reader. `/track.html` is also what the server answers at `/t/{token}`. */
const doors = ["index", "track", "lookup", "login", "dispatch", "merchant"];

/** Where the platform listens while screens are developed with `npm run dev`. */
const platform = process.env["LOGISTICS_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "dist",
    assetsDir: "assets",
    // The content security policy allows nothing inline, so nothing may become a data: URL.
    assetsInlineLimit: 0,
    // In-app browsers that open a buyer's link are years behind; 2022 is what we still meet.
    target: ["chrome99", "safari15.4", "firefox97"],
    // The map is the one large piece, and it is loaded only when there is something to show on it.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: Object.fromEntries(doors.map((door) => [door, `${door}.html`])),
    },
  },
  server: { proxy: { "/v1": { target: platform, ws: true }, "/map": platform } },
  test: { include: ["src/**/*.test.ts", "tests/**/*.test.ts"], environment: "node" },
});
