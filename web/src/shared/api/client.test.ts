import { afterEach, expect, it, vi } from "vitest";
import { call, get, Trouble, withQuery } from "./client";

afterEach(() => vi.unstubAllGlobals());

const answering = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/problem+json", ...headers } }));

const troubleOf = (promise: Promise<unknown>) => promise.then(() => expect.unreachable(), (error: Trouble) => error);

it.each([
  [401, "login"], [403, "refused"], [404, "missing"], [410, "missing"], [409, "changed"], [412, "changed"],
  [422, "invalid"], [400, "invalid"], [429, "many"], [500, "server"], [503, "server"],
])("%d is trouble of kind %s", async (status, kind) => {
  answering(status);
  expect((await troubleOf(get("/v1/x"))).kind).toBe(kind);
});

it("keeps what the server says is wrong with a field, and how long to wait", async () => {
  answering(422, { status: 422, errors: [{ field: "recipient.phone", message: "too short" }] }, { "retry-after": "7" });
  const trouble = await troubleOf(get("/v1/x"));
  expect(trouble.about("phone")).toBe("too short");
  expect(trouble.about("name")).toBeUndefined();
  expect(trouble.retryAfterS).toBe(7);
});

it("is offline when nothing answers, and says that it comes from our pages", async () => {
  const sent = vi.fn(async (_path: string, _request: RequestInit): Promise<Response> => Promise.reject(new TypeError("failed")));
  vi.stubGlobal("fetch", sent);
  expect((await troubleOf(call("POST", "/v1/x", { body: { a: 1 }, idempotencyKey: "k" }))).kind).toBe("offline");
  expect(sent.mock.calls[0]?.[1].headers).toMatchObject({ "x-requested-by": "web", "idempotency-key": "k", "content-type": "application/json" });
});

it("leaves empty questions out of the address", () => {
  expect(withQuery("/v1/shipments", { q: "", status: "delivered", cursor: null, limit: 50 })).toBe("/v1/shipments?status=delivered&limit=50");
});
