import { start } from "../shared/start";
import type { Story } from "../shared/feed/story";
import App from "./App.svelte";

/** What the server wrote for us; `null` where the page came without (an empty slot keeps its comment). */
function written(): Story | null {
  const text = document.getElementById("snapshot")?.textContent?.trim() ?? "";
  return text.startsWith("{") ? (JSON.parse(text) as Story) : null;
}

/** `/t/{token}` */
const token = decodeURIComponent(location.pathname.split("/")[2] ?? "");

start(App, { token, written: written() }, document.getElementById("story"));
