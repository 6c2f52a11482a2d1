/**
 * The live feed's protocol without any socket: messages in, story out. Mirrors the server's.
 *
 * The network may lose, double and reorder. What holds here, whatever it does:
 * - an event is applied once and in the order of `seq`; what was seen before is dropped;
 * - after a gap, or in another epoch, nothing is guessed: the story is asked for anew;
 * - an older snapshot or position never overwrites a newer one.
 */

import type { Story, TimelineItem, Vehicle } from "./story";

interface Numbered {
  epoch: string;
  seq: number;
}

/** What may change with an event or a position besides the timeline. */
type Changes = Partial<Omit<Story, "timeline" | "seq" | "epoch">>;

export type Message =
  | ({ type: "snapshot" } & Story)
  | ({ type: "event"; event: TimelineItem | null } & Numbered & Changes)
  | ({ type: "position"; vehicle: Vehicle | null } & Numbered & Changes)
  | ({ type: "heartbeat" } & Numbered & { as_of?: string });

export interface FeedState {
  readonly story: Story | null;
  /** Set when only a new snapshot helps; whoever drives the feed fetches one. */
  readonly wantsSnapshot: boolean;
}

export const EMPTY: FeedState = { story: null, wantsSnapshot: true };

/** Said before: by the platform's clock, which says it with everything it sends. */
const isBefore = (one: { as_of?: string }, other: { as_of?: string }): boolean =>
  one.as_of !== undefined && other.as_of !== undefined && Date.parse(one.as_of) < Date.parse(other.as_of);

const keep = (story: Story): FeedState => ({ story, wantsSnapshot: false });
const ask = (state: FeedState): FeedState => ({ ...state, wantsSnapshot: true });

function takeSnapshot(state: FeedState, story: Story): FeedState {
  const ours = state.story;
  const older = ours && ours.epoch === story.epoch && (story.seq < ours.seq || (story.seq === ours.seq && isBefore(story, ours)));
  // Where the feed is to be had is said over HTTP only.
  return older ? { ...state, wantsSnapshot: false } : keep({ ...story, feed: story.feed ?? ours?.feed ?? null });
}

/** Leaves out what belongs to the message and not to the story. */
function changesOf(message: Extract<Message, { type: "event" | "position" }>): Changes {
  const changes: Record<string, unknown> = { ...message };
  for (const name of ["type", "epoch", "seq", "event", "timeline"]) delete changes[name];
  return changes as Changes;
}

function takeEvent(state: FeedState, story: Story, message: Extract<Message, { type: "event" }>): FeedState {
  if (message.seq <= story.seq) return state;
  if (message.seq > story.seq + 1) return ask(state);
  // An event that is nobody's business but the merchant's counts, and tells nothing.
  const timeline = message.event ? [...story.timeline, message.event] : story.timeline;
  return { ...state, story: { ...story, ...changesOf(message), timeline, seq: message.seq } };
}

function takePosition(state: FeedState, story: Story, message: Extract<Message, { type: "position" }>): FeedState {
  if (message.seq > story.seq) return ask(state);
  return message.seq < story.seq || isBefore(message, story) ? state : { ...state, story: { ...story, ...changesOf(message) } };
}

function takeHeartbeat(state: FeedState, story: Story, message: Extract<Message, { type: "heartbeat" }>): FeedState {
  if (message.seq > story.seq) return ask(state);
  return message.as_of && isBefore(story, message) ? { ...state, story: { ...story, as_of: message.as_of } } : state;
}

/** Takes one message and says what is known now. */
export function receive(state: FeedState, message: Message): FeedState {
  if (message.type === "snapshot") {
    const { type: _, ...story } = message;
    return takeSnapshot(state, story);
  }
  const { story } = state;
  if (!story || message.epoch !== story.epoch) return ask(state);
  if (message.type === "event") return takeEvent(state, story, message);
  if (message.type === "position") return takePosition(state, story, message);
  return takeHeartbeat(state, story, message);
}

const KINDS = new Set(["snapshot", "event", "position", "heartbeat"]);

/** Reads a frame; `null` for what we do not understand, which a newer server may well send. */
export function parse(text: string): Message | null {
  try {
    const message = JSON.parse(text) as Message;
    return KINDS.has(message?.type) && typeof message.seq === "number" ? message : null;
  } catch {
    return null;
  }
}
