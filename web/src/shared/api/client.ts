/** One typed door to the platform's HTTP API. Same origin, by session cookie; every refusal is a `Trouble`. */

import type { Problem } from "./contract";

/** Why a call did not end as hoped, in the five kinds a reader can do something about. */
export type TroubleKind = "offline" | "server" | "login" | "refused" | "missing" | "changed" | "many" | "invalid";

export class Trouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    readonly problem: Problem | null = null,
    /** Seconds to wait before another try makes sense, where the server said so. */
    readonly retryAfterS: number | null = null,
  ) {
    super(problem?.detail ?? problem?.title ?? kind);
  }

  /** What is wrong with one field of a form, if that is what happened. */
  about(field: string): string | undefined {
    return this.problem?.errors?.find((each) => each.field === field || each.field.endsWith(`.${field}`))?.message;
  }
}

function kindOf(status: number): TroubleKind {
  if (status === 401) return "login";
  if (status === 403) return "refused";
  if (status === 404 || status === 410) return "missing";
  if (status === 409 || status === 412) return "changed";
  if (status === 429) return "many";
  return status >= 500 ? "server" : "invalid";
}

async function problemOf(response: Response): Promise<Problem | null> {
  if (!response.headers.get("content-type")?.includes("json")) return null;
  return (await response.json().catch(() => null)) as Problem | null;
}

export async function troubleOf(response: Response): Promise<Trouble> {
  const wait = Number(response.headers.get("retry-after"));
  return new Trouble(kindOf(response.status), await problemOf(response), Number.isFinite(wait) && wait > 0 ? wait : null);
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export interface CallOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
  /** Makes a POST safe to repeat; `newKey()` once per intention, not per try. */
  idempotencyKey?: string;
  /** The version a change is based on; the server refuses (412) when it is no longer the newest. */
  ifMatch?: string | undefined;
}

/** A random key that names one intention, so that a second try cannot double it. */
export const newKey = (): string => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function requestOf(method: string, { body, signal, headers, idempotencyKey, ifMatch }: CallOptions): RequestInit {
  const sent: Record<string, string> = { accept: "application/json", "x-requested-by": "web", ...headers };
  if (idempotencyKey) sent["idempotency-key"] = idempotencyKey;
  if (ifMatch) sent["if-match"] = ifMatch;
  const request: RequestInit = { method, headers: sent, credentials: "same-origin", signal: signal ?? null };
  if (body instanceof FormData) request.body = body;
  else if (body !== undefined) {
    sent["content-type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  return request;
}

/** Sends one call and gives the raw answer if it was a good one; throws `Trouble`, or `AbortError` when cancelled. */
export async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(withQuery(path, options.query), requestOf(method, options));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Trouble("offline");
  }
  if (!response.ok) throw await troubleOf(response);
  return response;
}

async function json<Answer>(method: string, path: string, options?: CallOptions): Promise<Answer> {
  const response = await call(method, path, options);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

export const get = <Answer>(path: string, options?: CallOptions): Promise<Answer> => json("GET", path, options);
export const post = <Answer>(path: string, options?: CallOptions): Promise<Answer> => json("POST", path, options);
export const put = <Answer>(path: string, options?: CallOptions): Promise<Answer> => json("PUT", path, options);
export const patch = <Answer>(path: string, options?: CallOptions): Promise<Answer> => json("PATCH", path, options);
export const remove = (path: string, options?: CallOptions): Promise<void> => json("DELETE", path, options);

/** An answer with the version it is: what goes back as `ifMatch`. */
export async function getWithVersion<Answer>(path: string, options?: CallOptions): Promise<{ value: Answer; version: string | undefined }> {
  const response = await call("GET", path, options);
  return { value: (await response.json()) as Answer, version: response.headers.get("etag") ?? undefined };
}
