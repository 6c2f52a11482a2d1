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
  /** Why the state is not "on time". */
  reason: Sentence | null;
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
function punctuality({ eta, promise }: Story, now: Date): Pick<Answer, "state" | "reason"> {
  const late = (key: string): Sentence => (eta?.moved_reason ? { key: `moved.${eta.moved_reason}` } : { key });
  if (promise && eta && isLater(eta.start, promise.end)) return { state: "broken", reason: late("late.promise") };
  const last = eta?.end ?? promise?.end;
  if (last && now.getTime() > Date.parse(last)) return { state: "broken", reason: late("late.now") };
  if (promise && eta && isLater(eta.end, promise.end)) return { state: "at_risk", reason: late("late.maybe") };
  if (eta?.moved_reason) return { state: "at_risk", reason: { key: `moved.${eta.moved_reason}` } };
  return { state: last ? "on_time" : null, reason: null };
}

function underway(story: Story, now: Date): Answer {
  const window = windowOf(story);
  const headline: Headline = window ? { kind: "window", start: window.start, end: window.end } : words(`now.${story.status}`);
  const lines: Sentence[] = window ? [{ key: `now.${story.status}` }] : [];
  if (story.pickup) lines.push({ key: "now.to_store", params: { site: story.pickup.site_name } });
  return { headline, lines, ...punctuality(story, now) };
}

function withDriver(story: Story, now: Date): Answer {
  const answer = underway(story, now);
  if (story.stops_before === null) return answer;
  const stops: Sentence = story.stops_before === 0 ? { key: "stops.next" } : { key: "stops.before", params: { count: story.stops_before } };
  return { ...answer, lines: [stops] };
}

function notDelivered(story: Story, now: Date): Answer {
  const reason = lastOf(story, "delivery_failed")?.params?.["reason"];
  const window = windowOf(story);
  const ahead = window && Date.parse(window.end) > now.getTime();
  return {
    headline: words("now.delivery_failed"),
    lines: [{ key: ahead ? "failed.again_at" : "failed.again" }],
    state: "at_risk",
    reason: reason ? { key: `reason.${reason}` } : null,
  };
}

function handedOver(story: Story): Answer {
  const item = lastOf(story, "delivered");
  const key = story.pickup ? "now.picked_up_by" : "now.delivered";
  const who = item?.params?.["to_whom"];
  return {
    headline: item ? { kind: "moment", key, at: item.at } : words(key),
    lines: who ? [{ key: "delivered.to", params: { who } }] : [],
    state: "done",
    reason: null,
  };
}

function over(story: Story, state: State): Answer {
  return { headline: words(`now.${story.status}`), lines: [{ key: `after.${story.status}` }], state, reason: null };
}

export function answerOf(story: Story, now: Date): Answer {
  switch (story.status) {
    case "out_for_delivery":
      return withDriver(story, now);
    case "delivery_failed":
      return notDelivered(story, now);
    case "ready_for_pickup":
      return { headline: words("now.ready_for_pickup"), lines: [], state: "on_time", reason: null };
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
