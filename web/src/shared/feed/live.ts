/**
 * Keeps a story live: by WebSocket, else by server-sent events, else by asking every twenty seconds.
 *
 * This file only moves bytes and timers. What a message means is decided in `feed.ts`, when and how to try again in
 * `patience.ts`.
 */

import { get, withQuery } from "../api/client";
import { EMPTY, parse, receive, type FeedState, type Message } from "./feed";
import { failed, FRESH, polled, spoke, waitMs, type Attempts } from "./patience";
import { openSocket, SILENCE_MS_MAX, type Line } from "./socket";
import type { Story } from "./story";

const POLL_MS = 20_000;
/** After a refused snapshot: a gap may be noticed with every message, and a server in trouble must not be asked each time. */
const ASK_PAUSE_MS = 3_000;

export type Liveness = "connecting" | "live" | "polling" | "lost";

export interface Watcher {
  onStory: (story: Story) => void;
  onLiveness: (liveness: Liveness) => void;
  /** The link is over or never was. */
  onTrouble: (error: unknown) => void;
}

function openStream(url: string, onText: (text: string) => void, onEnd: () => void): Line {
  const stream = new EventSource(url);
  let silence = setTimeout(end, SILENCE_MS_MAX);
  let over = false;

  function end() {
    if (over) return;
    close();
    onEnd();
  }
  function close() {
    over = true;
    clearTimeout(silence);
    stream.close();
  }
  const heard = (message: MessageEvent<string>) => {
    clearTimeout(silence);
    silence = setTimeout(end, SILENCE_MS_MAX);
    onText(message.data);
  };
  for (const kind of ["message", "snapshot", "event", "position", "heartbeat"]) stream.addEventListener(kind, heard);
  // EventSource would try again by itself; how often is ours to decide.
  stream.onerror = end;
  return { close };
}

export class Live {
  #state: FeedState;
  #attempts: Attempts = FRESH;
  #line: Line | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #closed = false;

  constructor(
    private readonly token: string,
    known: Story | null,
    private readonly watcher: Watcher,
  ) {
    this.#state = known ? { story: known, wantsSnapshot: false } : EMPTY;
    addEventListener("online", this.#again);
    document.addEventListener("visibilitychange", this.#again);
    void this.#begin();
  }

  close(): void {
    this.#closed = true;
    removeEventListener("online", this.#again);
    document.removeEventListener("visibilitychange", this.#again);
    clearTimeout(this.#timer);
    this.#line?.close();
  }

  /** The page is looked at again, or the phone has a connection again: no need to wait any longer. */
  #again = (): void => {
    if (this.#closed || document.hidden) return;
    if (this.#line && this.#attempts.failures === 0) return;
    clearTimeout(this.#timer);
    this.#line?.close();
    this.#attempts = FRESH;
    void this.#ask().then(() => this.#connect());
  };

  async #begin(): Promise<void> {
    if (this.#state.wantsSnapshot) await this.#ask();
    this.#connect();
  }

  #take(message: Message): void {
    const before = this.#state.story;
    this.#state = receive(this.#state, message);
    if (this.#state.story && this.#state.story !== before) this.watcher.onStory(this.#state.story);
    if (this.#state.wantsSnapshot) void this.#ask();
  }

  /** Asks for the whole story; one question at a time. */
  async #ask(): Promise<boolean> {
    if (this.#asking || this.#closed) return false;
    this.#asking = true;
    try {
      const story = await get<Story>(`/v1/track/${encodeURIComponent(this.token)}`);
      this.#asking = false;
      this.#take({ type: "snapshot", ...story });
      return true;
    } catch (error) {
      setTimeout(() => (this.#asking = false), ASK_PAUSE_MS);
      this.watcher.onTrouble(error);
      return false;
    }
  }

  #connect(): void {
    if (this.#closed) return;
    const feed = this.#state.story?.feed;
    const since = this.#state.story?.seq ?? 0;
    if (this.#attempts.way === "socket" && feed?.ws_url) {
      const url = withQuery(feed.ws_url, { token: this.token, since, epoch: this.#state.story?.epoch });
      this.#line = openSocket(url, this.#heard, this.#lost);
    } else if (this.#attempts.way !== "poll" && feed?.sse_url) {
      this.#attempts = { ...this.#attempts, way: "stream" };
      this.#line = openStream(withQuery(feed.sse_url, { since: `${this.#state.story?.epoch}:${since}` }), this.#heard, this.#lost);
    } else {
      this.#attempts = { ...this.#attempts, way: "poll" };
      this.#poll();
    }
  }

  #heard = (text: string): void => {
    this.#attempts = spoke(this.#attempts);
    this.watcher.onLiveness("live");
    const message = parse(text);
    if (message) this.#take(message);
  };

  #lost = (): void => {
    this.#line = undefined;
    this.#attempts = failed(this.#attempts);
    this.watcher.onLiveness("lost");
    this.#later(() => this.#connect(), waitMs(this.#attempts.failures, Math.random()));
  };

  #poll(): void {
    this.#later(async () => {
      const answered = await this.#ask();
      this.watcher.onLiveness(answered ? "polling" : "lost");
      this.#attempts = answered ? polled(this.#attempts) : failed(this.#attempts);
      this.#connect();
    }, POLL_MS + waitMs(this.#attempts.failures, Math.random()));
  }

  #later(what: () => void, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(what, ms);
  }
}
