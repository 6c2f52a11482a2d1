import { describe, expect, it } from "vitest";
import { EMPTY, parse, receive, type FeedState, type Message } from "./feed";
import type { Story, TimelineItem } from "./story";

const minute = (n: number) => `2026-11-24T06:${String(n).padStart(2, "0")}:00Z`;
const item = (seq: number): TimelineItem => ({ seq, at: minute(seq), status: "in_transit", key: "event.received" });

function storyUpTo(seq: number, epoch = "e1"): Story {
  return {
    tracking_no: "LG1", merchant_name: "Tea", status: "in_transit", headline_key: "headline.in_transit", reason: null,
    milestone_no: 1, promise: null, eta: null, stops_before: null, vehicle: null, destination: null, cod: null, pickup: null,
    timeline: Array.from({ length: seq }, (_, index) => item(index + 1)),
    seq, epoch, feed: null, as_of: minute(seq), time_zone: "UTC", ended_at: null, disclosure: "full",
  };
}

const snapshot = (seq: number, epoch?: string): Message => ({ type: "snapshot", ...storyUpTo(seq, epoch) });
const event = (seq: number, epoch = "e1"): Message => ({ type: "event", epoch, seq, event: item(seq), as_of: minute(seq) });
const position = (seq: number, at: number): Message => ({ type: "position", epoch: "e1", seq, vehicle: { lat: 30, lon: 120, as_of: minute(at) }, as_of: minute(at) });
const heartbeat = (seq: number, epoch = "e1"): Message => ({ type: "heartbeat", epoch, seq });

const after = (...messages: Message[]): FeedState => messages.reduce(receive, EMPTY);
const seqsOf = (state: FeedState) => state.story?.timeline.map((each) => each.seq);

describe("a feed", () => {
  it("begins by asking for the story", () => {
    expect(EMPTY.wantsSnapshot).toBe(true);
    expect(after(event(1)).story).toBeNull();
    expect(after(snapshot(2))).toEqual({ story: storyUpTo(2), wantsSnapshot: false });
  });

  it("applies events in order", () => {
    expect(seqsOf(after(snapshot(1), event(2), event(3)))).toEqual([1, 2, 3]);
  });

  it("drops doubles", () => {
    expect(seqsOf(after(snapshot(2), event(2), event(3), event(3), event(1)))).toEqual([1, 2, 3]);
  });

  it("asks after a loss and guesses nothing", () => {
    const state = after(snapshot(1), event(3));
    expect(state.wantsSnapshot).toBe(true);
    expect(seqsOf(state)).toEqual([1]);
    expect(seqsOf(receive(state, snapshot(3)))).toEqual([1, 2, 3]);
    expect(receive(state, snapshot(3)).wantsSnapshot).toBe(false);
  });

  it("notices by a heartbeat what it missed at the end", () => {
    expect(after(snapshot(2), heartbeat(2)).wantsSnapshot).toBe(false);
    expect(after(snapshot(2), heartbeat(3)).wantsSnapshot).toBe(true);
  });

  it("knows nothing of another epoch", () => {
    expect(after(snapshot(5), event(6, "e2")).wantsSnapshot).toBe(true);
    expect(after(snapshot(5), heartbeat(1, "e2")).wantsSnapshot).toBe(true);
    expect(after(snapshot(5), snapshot(2, "e2")).story?.seq).toBe(2);
  });

  it("is not set back by a slow snapshot", () => {
    expect(seqsOf(after(snapshot(1), event(2), event(3), snapshot(2)))).toEqual([1, 2, 3]);
  });

  it("moves the van forward only", () => {
    const state = after(snapshot(1), position(1, 10), position(1, 8));
    expect(state.story?.vehicle?.as_of).toBe(minute(10));
    expect(after(snapshot(2), position(1, 10)).story?.vehicle).toBeNull();
    expect(after(snapshot(1), position(2, 10)).wantsSnapshot).toBe(true);
  });

  it("remembers where it came from when the socket does not say it", () => {
    const feed = { ws_url: "ws://here/v1/feed", sse_url: null };
    const first: Message = { type: "snapshot", ...storyUpTo(1), feed };
    expect(after(first, snapshot(2)).story?.feed).toEqual(feed);
  });

  it("counts an event that tells nothing", () => {
    const state = after(snapshot(1), { type: "event", epoch: "e1", seq: 2, event: null, stops_before: 4 }, event(3));
    expect(seqsOf(state)).toEqual([1, 3]);
    expect(state.story?.stops_before).toBe(4);
  });

  it("ends with the same story whatever the network does", () => {
    const sent = [event(2), event(3), event(4), event(5)];
    const orders = permutations(sent);
    expect(orders).toHaveLength(24);
    for (const order of orders) {
      // Every order, each message doubled; whenever the feed asks, it gets the story as it is at the end.
      const state = [...order, ...order].reduce(
        (now, message) => {
          const next = receive(now, message);
          return next.wantsSnapshot ? receive(next, snapshot(5)) : next;
        },
        after(snapshot(1)),
      );
      expect(seqsOf(state)).toEqual([1, 2, 3, 4, 5]);
    }
  });
});

it("lets pass what it does not understand", () => {
  expect(parse("not json")).toBeNull();
  expect(parse('{"type":"weather","epoch":"e1","seq":1}')).toBeNull();
  expect(parse('{"type":"heartbeat","epoch":"e1","seq":7}')).toMatchObject({ seq: 7 });
});

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items];
  return items.flatMap((first, index) => permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [first, ...rest]));
}
