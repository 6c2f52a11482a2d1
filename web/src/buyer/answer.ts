/**
 * The first line of the buyer's page: what she came to ask. Pure: story and now in, keys and times out; the page finds
 * the words. Decides also the state (its colour and shape) and why it is not "on time".
 */

import type { TimeWindow } from "../shared/api/contract";
import type { Story, TimelineItem } from "../shared/feed/story";
import type { State } from "../shared/ui/StateMark.svelte";

export type Headline = ({ kind: "window" } & TimeWindow) | { kind: "moment"; key: string; at: string } | { kind: "words"; key: string };

export interface Sentence {
  key: string;
  params?: Record<string, string | number>;
}

export interface Answer {
  headline: Headline;
  /** What lies under the headline, one line each. */
  lines: Sentence[];
  state: State | null;
  /** Why the state is not "on time", the cause first. */
  reasons: Sentence[];
}

const words = (key: string): Headline => ({ kind: "words", key });

export function lastOf(story: Story, status: string): TimelineItem | undefined {
  return story.timeline.filter((item) => item.status === status).sort((a, b) => a.seq - b.seq).at(-1);
}

function windowOf(story: Story): TimeWindow | null {
  return story.eta ?? story.promise;
}

const isLater = (left: string, right: string): boolean => Date.parse(left) > Date.parse(right);

/** The promise does not move; the ETA does. Their difference is what colours the first line. */
function punctuality({ eta, promise }: Story, now: Date): Pick<Answer, "state" | "reasons"> {
  const cause: Sentence[] = eta?.moved_reason ? [{ key: `moved.${eta.moved_reason}` }] : [];
  if (promise && eta && isLater(eta.start, promise.end)) return { state: "broken", reasons: [...cause, { key: "late.promise" }] };
  const last = eta?.end ?? promise?.end;
  if (last && now.getTime() > Date.parse(last)) return { state: "broken", reasons: [...cause, { key: "late.now" }] };
  if (promise && eta && isLater(eta.end, promise.end)) return { state: "at_risk", reasons: [...cause, { key: "late.maybe" }] };
  if (cause.length && eta?.moved_reason !== "ahead") return { state: "at_risk", reasons: cause };
  return { state: last ? "on_time" : null, reasons: cause };
}

/** What lies over a status until it moves. */
const OVERLAYS = ["on_hold", "delayed"];
const headlineOf = (story: Story): string => story.headline_key.replace("headline.", "");

function underway(story: Story, now: Date): Answer {
  const answer = onTheWay(story, now);
  const overlay = headlineOf(story);
  if (!OVERLAYS.includes(overlay) || answer.state === "broken") return answer;
  return { ...answer, state: "at_risk", reasons: [{ key: `now.${overlay}` }] };
}

function onTheWay(story: Story, now: Date): Answer {
  const window = windowOf(story);
  const headline: Headline = window ? { kind: "window", start: window.start, end: window.end } : words(`now.${story.status}`);
  const lines: Sentence[] = window ? [{ key: `now.${story.status}` }] : [];
  if (story.pickup) lines.push({ key: "now.to_store", params: { site: story.pickup.site_name } });
  return { headline, lines, ...punctuality(story, now) };
}

function withDriver(story: Story, now: Date): Answer {
  const answer = underway(story, now);
  if (headlineOf(story) === "at_the_door") return { ...answer, headline: words("stops.here"), lines: [] };
  if (story.stops_before === null) return answer;
  const stops: Sentence = story.stops_before === 0 ? { key: "stops.next" } : { key: "stops.before", params: { count: story.stops_before } };
  return { ...answer, lines: [stops] };
}

function notDelivered(story: Story, now: Date): Answer {
  const failure = lastOf(story, "delivery_failed");
  if (headlineOf(story) === "refused") return { headline: words("now.refused"), lines: [{ key: "after.refused" }], state: "done", reasons: [] };
  const reason = story.reason ?? failure?.params?.["reason"];
  // The old promise says nothing about the next try; an ETA made since then does.
  const again = story.eta && (!failure || isLater(story.eta.as_of, failure.at)) && isLater(story.eta.end, now.toISOString());
  return {
    headline: words("now.delivery_failed"),
    lines: [{ key: again ? "failed.again_at" : "failed.again" }],
    state: "at_risk",
    reasons: reason ? [{ key: `reason.${reason}` }] : [],
  };
}

/** What "delivered" is called when it went another way. */
const DELIVERED: Record<string, string> = { fetched: "now.picked_up_by", part_delivered: "now.part_delivered" };

function handedOver(story: Story): Answer {
  const item = lastOf(story, "delivered");
  const key = DELIVERED[headlineOf(story)] ?? "now.delivered";
  const who = item?.params?.["to_whom"];
  return {
    headline: item ? { kind: "moment", key, at: item.at } : words(key),
    lines: who ? [{ key: "now.delivered.to", params: { who } }] : [],
    state: "done",
    reasons: [],
  };
}

function over(story: Story, state: State): Answer {
  return { headline: words(`now.${story.status}`), lines: [{ key: `after.${story.status}` }], state, reasons: story.reason ? [{ key: `reason.${story.reason}` }] : [] };
}

export function answerOf(story: Story, now: Date): Answer {
  switch (story.status) {
    case "out_for_delivery":
      return withDriver(story, now);
    case "delivery_failed":
      return notDelivered(story, now);
    case "ready_for_pickup":
      return { headline: words("now.ready_for_pickup"), lines: [], state: "on_time", reasons: [] };
    case "delivered":
      return handedOver(story);
    case "return_to_sender":
    case "returned":
    case "cancelled":
      return over(story, "done");
    case "lost":
      return over(story, "broken");
    default:
      return underway(story, now);
  }
}

/** The four public steps by name; the third and fourth differ when she fetches it herself or it goes back. */
export function stepsOf(story: Story): string[] {
  const back = story.status === "return_to_sender" || story.status === "returned";
  if (back) return ["step.announced", "step.on_its_way", "step.going_back", "step.returned"];
  if (story.pickup) return ["step.announced", "step.on_its_way", "step.in_store", "step.picked_up"];
  return ["step.announced", "step.on_its_way", "step.with_driver", "step.delivered"];
}

/** The step that is reached, 0..3; a parcel on its way back is judged by its status, not by how far it once was. */
export function stepReached(story: Story): number {
  if (story.status === "return_to_sender") return 2;
  if (story.status === "returned") return 3;
  return Math.max(0, Math.min(3, story.milestone_no));
}

export const isOver = (story: Story): boolean => ["delivered", "returned", "cancelled", "lost"].includes(story.status);
