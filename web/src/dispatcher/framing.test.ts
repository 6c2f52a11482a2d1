import { describe, expect, it } from "vitest";
import { isAtEdge, isNearby } from "./framing";

const FRAME = { width: 800, height: 400 };

describe("a dot at the edge of the map", () => {
  it.each([
    ["in the midst", 400, 200, false],
    ["on the left edge", 0, 200, true],
    ["just within the right one", 780, 200, true],
    ["just behind the lower one", 400, 415, true],
    ["with some air above", 400, 30, false],
    ["far away", 2000, 200, false],
    ["beyond a corner", -10, -10, true],
    ["beside the frame, but far below", -10, 900, false],
  ])("%s", (_, x, y, at) => expect(isAtEdge({ x, y }, FRAME)).toBe(at));
});

describe("an order that no van goes to", () => {
  const DAY = [120, 30, 120.2, 30.1] as const;

  it.each([
    ["beside the day", 120.3, 30.05, true],
    ["as far as the day is wide", 120.4, 30.05, true],
    ["farther", 120.41, 30.05, false],
    ["in another city", 121.4, 31.2, false],
    ["farther north than the day is high", 120.1, 30.21, false],
  ])("%s", (_, lon, lat, nearby) => expect(isNearby([lon, lat], DAY)).toBe(nearby));

  it("is near a day of one stop within two kilometres", () => {
    const stop = [120, 30, 120, 30] as const;
    expect([isNearby([120.019, 30], stop), isNearby([120.03, 30], stop)]).toEqual([true, false]);
  });
});
