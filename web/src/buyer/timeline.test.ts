import { expect, it } from "vitest";
import { stories } from "../../tests/stories.mjs";
import type { Story, TimelineItem } from "../shared/feed/story";
import type { Reading } from "../shared/format";
import { byDay, keysOf, paramsOf } from "./timeline";

const READING: Reading = { language: "en", timeZone: "Asia/Shanghai" };
const NOW = new Date("2026-11-24T15:00:00+08:00");
const done = (stories as unknown as Record<string, Story>)["done"] as Story;

it("tells the newest first, a day at a time", () => {
  const days = byDay([...done.timeline].reverse(), NOW, READING);
  expect(days.map(({ name, items }) => [name, items.map((item) => item.seq)])).toEqual([
    ["today", [6, 5, 4, 3]],
    ["yesterday", [2, 1]],
  ]);
});

it("says as much as is known", () => {
  const item: TimelineItem = { seq: 1, at: NOW.toISOString(), status: "delivered", key: "event.delivered", place: "Home", params: { to_whom: "J. Li" } };
  expect(keysOf(item)).toEqual(["event.delivered.to", "event.delivered.at", "event.delivered", "status.delivered"]);
});

it("turns amounts and times into words", () => {
  const paid: TimelineItem = { seq: 1, at: NOW.toISOString(), status: null, key: "event.paid", params: { amount_minor: 12800, currency: "CNY", means: "qr" } };
  expect(keysOf(paid)[0]).toBe("event.paid.qr");
  expect(paramsOf(paid, NOW, READING)["money"]).toBe("¥128.00");
  const planned: TimelineItem = { ...paid, params: { start: "2026-11-25T09:00:00+08:00", end: "2026-11-25T11:00:00+08:00" } };
  expect(paramsOf(planned, NOW, READING)["window"]).toBe("tomorrow, 09:00–11:00");
});
