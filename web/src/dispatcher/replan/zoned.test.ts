import { describe, expect, it } from "vitest";
import { momentIn } from "./zoned";

describe("a time of day in a place", () => {
  it.each([
    ["2026-11-24", "14:10", "Asia/Shanghai", "2026-11-24T06:10:00.000Z"],
    ["2026-11-24", "00:00", "UTC", "2026-11-24T00:00:00.000Z"],
    ["2026-07-01", "09:00", "Europe/Lisbon", "2026-07-01T08:00:00.000Z"],
    ["2026-12-01", "09:00", "Europe/Lisbon", "2026-12-01T09:00:00.000Z"],
    ["2026-11-24", "23:30", "America/New_York", "2026-11-25T04:30:00.000Z"],
  ])("%s %s in %s", (day, time, zone, moment) => {
    expect(momentIn(day, time, zone)).toBe(moment);
  });
});
