/**
 * Serves the built screens with a small pretend platform, for looking at them and for browser tests only.
 *
 *   node tests/mock-server.mjs [port]
 *
 * `/t/{name}` shows the story of that name from `stories.mjs`; the merchant's data come from `merchant-data.mjs`.
 * `?delay=ms` on no request: set MOCK_DELAY_MS to see the skeletons, MOCK_EMPTY=1 for a merchant's first day.
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { answerMerchant } from "./merchant-data.mjs";
import { stories } from "./stories.mjs";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const port = Number(process.argv[2] ?? 5199);
const delayMs = Number(process.env.MOCK_DELAY_MS ?? 0);

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };
const POLICY = [
  "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "worker-src 'self' blob:",
  "connect-src 'self' ws: wss:", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join("; ");

const DOORS = { "/": "index.html", "/track": "lookup.html", "/login": "login.html", "/merchant": "merchant.html", "/dispatch": "dispatch.html" };

function send(response, status, body, type = "application/json", headers = {}) {
  const text = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": type, "content-security-policy": POLICY, "referrer-policy": "no-referrer", ...headers });
  response.end(text);
}

function problem(response, status, title, errors = []) {
  send(response, status, { type: "about:blank", title, status, detail: title, errors }, "application/problem+json");
}

async function sendFile(response, path) {
  const file = normalize(join(DIST, path));
  if (!file.startsWith(DIST)) return problem(response, 404, "not found");
  try {
    return send(response, 200, await readFile(file), TYPES[extname(file)] ?? "application/octet-stream");
  } catch {
    return problem(response, 404, "not found");
  }
}

/** The page as the server writes it: the answer and the story in HTML, and the snapshot for the script. */
async function sendTrack(response, name) {
  const story = stories[name];
  if (!story) return problem(response, 404, "not found");
  const page = await readFile(join(DIST, "track.html"), "utf8");
  const told = `<div class="told"><h1>${story.merchant_name}</h1><p>${story.status}</p></div>`;
  const safe = JSON.stringify(story).replaceAll("<", "\\u003c");
  return send(response, 200, page.replace("<!--story-->", told).replace("<!--snapshot-->", safe), TYPES[".html"]);
}

function bodyOf(request) {
  return new Promise((resolve) => {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => resolve(text));
  });
}

async function api(request, response, url) {
  if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
  const path = url.pathname;
  if (path === "/v1/config") {
    return send(response, 200, { ws_url: null, map_style_url: null, product_name: "Logistics", locales: ["en", "zh-CN", "zh-TW"], demo: true, now: "2026-11-24T05:58:00Z" });
  }
  if (path === "/v1/track/lookup") {
    const { tracking_no, phone_last4 } = JSON.parse(await bodyOf(request));
    if (tracking_no !== "LG7H2K4M9Q") return problem(response, 404, "no such parcel");
    return send(response, 200, { ...stories.near, vehicle: null, destination: null, stops_before: null, disclosure: phone_last4 ? "masked" : "milestones" });
  }
  const track = path.match(/^\/v1\/track\/(\w+)$/);
  if (track) return stories[track[1]] ? send(response, 200, stories[track[1]]) : problem(response, 404, "not found");
  if (path === "/v1/sessions" && request.method === "POST") {
    const { password } = JSON.parse(await bodyOf(request));
    if (password !== "right") return problem(response, 401, "login or password is wrong");
    return send(response, 201, { token: "t", role: "merchant", name: "Lin", merchant_id: "mer_1", site_id: null, expires_at: "2026-11-25T00:00:00Z" });
  }
  const answer = answerMerchant(request.method, url, await bodyOf(request));
  return answer ? send(response, answer.status ?? 200, answer.body ?? "", answer.type) : problem(response, 404, `nothing at ${path}`);
}

createServer(async (request, response) => {
  const url = new URL(request.url, `http://localhost:${port}`);
  if (url.pathname.startsWith("/v1/")) return api(request, response, url);
  const track = url.pathname.match(/^\/t\/(\w+)$/);
  if (track) return sendTrack(response, track[1]);
  const door = DOORS[url.pathname] ?? (url.pathname.startsWith("/merchant/") ? "merchant.html" : null);
  return sendFile(response, door ?? url.pathname);
}).listen(port, () => console.log(`http://localhost:${port}`));
