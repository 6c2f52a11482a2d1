/** The story as it is read: newest first, a day at a time, in the recipient's words. Pure. */

import { day, moment, money, span, type Reading } from "../shared/format";
import type { TimelineItem } from "../shared/feed/story";
import type { Params } from "../shared/words/plain";

export interface Day {
  name: string;
  items: TimelineItem[];
}

/** Sorted by when it happened, `seq` breaking ties; grouped by the day at the place of delivery. */
export function byDay(timeline: readonly TimelineItem[], now: Date, reading: Reading): Day[] {
  const newest = [...timeline].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.seq - a.seq);
  const days: Day[] = [];
  for (const item of newest) {
    const name = day(item.at, now, reading);
    const last = days.at(-1);
    if (last?.name === name) last.items.push(item);
    else days.push({ name, items: [item] });
  }
  return days;
}

/** The keys that might say an item, the one that says most first; its plain status is the last resort. */
export function keysOf({ key, status, place, params = {} }: TimelineItem): string[] {
  return [
    ...(params["to_whom"] ? [`${key}.to`] : []),
    ...(params["means"] ? [`${key}.${params["means"]}`] : []),
    ...(place ? [`${key}.at`] : []),
    key,
    `status.${status ?? "unknown"}`,
  ];
}

/** What fills the holes of the sentence: raw times and amounts become what a person says. */
export function paramsOf({ place, params = {} }: TimelineItem, now: Date, reading: Reading): Params {
  const said: Params = { ...params };
  if (place) said["place"] = place;
  const { start, end, keep_until, amount_minor, currency } = params;
  if (start && end) said["window"] = span(String(start), String(end), now, reading);
  if (keep_until) said["until"] = moment(String(keep_until), now, reading);
  if (amount_minor !== undefined && currency) said["money"] = money({ amount_minor: Number(amount_minor), currency: String(currency) }, reading.language);
  return said;
}
