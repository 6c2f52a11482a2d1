/** The story as it is read: newest first, a day at a time, in the recipient's words. Pure. */

import { day, type Reading } from "../shared/format";
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

/** The keys that might say an item best, best first: the server's own before its status, more said before less. */
export function keysOf(item: TimelineItem): string[] {
  const own = item.key.startsWith("event.") ? item.key : `event.${item.key}`;
  const bases = [own, `event.${item.status ?? "unknown"}`];
  return bases.flatMap((base) => [
    ...(item.params?.["to_whom"] ? [`${base}.to`] : []),
    ...(item.place ? [`${base}.at`] : []),
    base,
  ]);
}

export function paramsOf(item: TimelineItem): Params {
  return { ...(item.place ? { place: item.place } : {}), ...item.params };
}
