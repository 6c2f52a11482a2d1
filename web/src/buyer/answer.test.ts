import { describe, expect, it } from "vitest";
import { stories } from "../../tests/stories.mjs";
import type { Story } from "../shared/feed/story";
import { answerOf, stepReached, stepsOf } from "./answer";

const all = stories as unknown as Record<string, Story>;
const told = (name: string, changes: Partial<Story> = {}): Story => ({ ...(all[name] as Story), ...changes });
const NOW = new Date("2026-11-24T13:58:00+08:00");
const answer = (name: string, changes?: Partial<Story>) => answerOf(told(name, changes), NOW);

describe("the first line", () => {
  it.each([
    // situation, headline, first line under it, state, reasons
    ["new", "now.pending", undefined, null, []],
    ["way", "window", "now.in_transit", "on_time", []],
    ["near", "window", "stops.before", "on_time", []],
    ["late", "window", "stops.before", "at_risk", ["moved.earlier_stops", "late.maybe"]],
    ["broken", "window", "stops.before", "broken", ["moved.traffic", "late.promise"]],
    ["failed", "now.delivery_failed", "failed.again", "at_risk", ["reason.recipient_absent"]],
    ["store", "now.ready_for_pickup", undefined, "on_time", []],
    ["done", "now.delivered", "now.delivered.to", "done", []],
    ["back", "now.return_to_sender", "after.return_to_sender", "done", []],
  ])("of %s is %s", (name, headline, line, state, reasons) => {
    const { headline: found, lines, ...rest } = answer(name);
    expect(found.kind === "window" ? "window" : found.key).toBe(headline);
    expect(lines[0]?.key).toBe(line);
    expect(rest).toEqual({ state, reasons: reasons.map((key) => ({ key })) });
  });

  it("says who is next and who is at the door", () => {
    expect(answer("near", { stops_before: 0 }).lines).toEqual([{ key: "stops.next" }]);
    expect(answer("near", { stops_before: 0, headline_key: "headline.at_the_door" }).headline).toEqual({ kind: "words", key: "stops.here" });
  });

  it("says so when the time has passed and nobody came", () => {
    expect(answerOf(told("near"), new Date("2026-11-24T14:41:00+08:00")).reasons).toEqual([{ key: "late.now" }]);
  });

  it("never offers yesterday's promise as the next try", () => {
    const eta = { start: "2026-11-25T09:00:00+08:00", end: "2026-11-25T10:00:00+08:00", as_of: "2026-11-24T13:55:00+08:00" };
    expect(answer("failed").lines).toEqual([{ key: "failed.again" }]);
    expect(answer("failed", { eta }).lines).toEqual([{ key: "failed.again_at" }]);
  });

  it("lets an overlay colour it, but not hide a broken promise", () => {
    expect(answer("way", { headline_key: "headline.on_hold" })).toMatchObject({ state: "at_risk", reasons: [{ key: "now.on_hold" }] });
    expect(answer("broken", { headline_key: "headline.delayed" }).state).toBe("broken");
  });
});

it("has four steps, other ones for the store and the way back", () => {
  expect(stepsOf(told("near"))[3]).toBe("step.delivered");
  expect(stepsOf(told("store"))[3]).toBe("step.picked_up");
  expect(stepsOf(told("back"))[3]).toBe("step.returned");
  expect(stepReached(told("back"))).toBe(2);
});
