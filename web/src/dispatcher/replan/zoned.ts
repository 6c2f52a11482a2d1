/** A time of day in a place, as a moment. Pure. */

/** By how much the place's clocks are ahead of UTC at a moment, in ms. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - Math.floor(at / 1000) * 1000;
}

/** `2026-11-24`, `14:10` in a time zone, as RFC 3339 in UTC. An hour that clocks skip becomes the one after it. */
export function momentIn(day: string, time: string, timeZone: string): string {
  const naive = Date.parse(`${day}T${time}:00Z`);
  const guess = naive - offsetMs(naive, timeZone);
  return new Date(naive - offsetMs(guess, timeZone)).toISOString();
}
