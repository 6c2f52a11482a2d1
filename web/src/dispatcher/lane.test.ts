import { describe, expect, it } from "vitest";
import { byTrouble, lanesOfRoutes, lanesOfRuns, markOf, movesTo, positionAt, spanOf } from "./lane";
import type { PlannedRoute, Run, RunStop } from "./model";

const at = (clock: string): string => `2026-11-24T${clock}:00+08:00`;

const stop = (over: Partial<RunStop>): RunStop => ({
  no: 1,
  kind: "door",
  state: "open",
  point: { lat: 30, lon: 120 },
  address: "",
  planned_start_at: at("10:00"),
  planned_end_at: at("10:05"),
  expected_start_at: null,
  actual_at: null,
  visits: [],
  ...over,
});

const run = (name: string, stops: RunStop[], over: Partial<Run> = {}): Run => ({
  id: name, plan_id: "p", vehicle_id: name, vehicle_name: name, driver_name: "", depot_id: "d", state: "underway",
  planned_start_at: at("09:30"), stops_count: stops.length, stops_done: 0, stops, ...over,
});

describe("what a stop shows", () => {
  it.each([
    [{}, "planned"],
    [{ expected_start_at: at("10:05") }, "planned"],
    [{ expected_start_at: at("10:06") }, "risk"],
    [{ expected_start_at: at("10:20") }, "risk"],
    [{ expected_start_at: at("10:21") }, "late"],
    [{ state: "arrived", expected_start_at: at("11:00") }, "now"],
    [{ state: "done" }, "done"],
    [{ state: "done", visits: [{ state: "refused" }] }, "failed"],
  ] as [Partial<RunStop>, string][])("%j is %s", (over, mark) => {
    expect(markOf(stop(over))).toBe(mark);
  });
});

describe("lanes", () => {
  it("puts the lane with the late stop first and keeps the others in order", () => {
    const late = stop({ expected_start_at: at("12:00") });
    const lanes = byTrouble(lanesOfRuns([run("a", [stop({})]), run("b", [stop({})]), run("c", [late])]));
    expect(lanes.map((lane) => lane.name)).toEqual(["c", "a", "b"]);
  });

  it("shows two runs of a van in one lane, each block with a key and its own run", () => {
    const early = run("a", [stop({})], { id: "early" });
    const late = run("a", [stop({ planned_start_at: at("15:00") })], { id: "late" });
    const lanes = lanesOfRuns([early, run("b", [stop({})]), late]);
    expect(lanes.map((lane) => [lane.vehicleId, lane.index])).toEqual([["a", 0], ["b", 1]]);
    expect(lanes[0]?.blocks.map((block) => [block.runId, block.no])).toEqual([["early", 1], ["late", 1]]);
    expect(new Set(lanes[0]?.blocks.map((block) => block.key)).size).toBe(2);
    expect(new Date(lanes[0]?.to ?? 0).toISOString()).toBe("2026-11-24T07:01:00.000Z");
  });

  it("leaves out a van whose only run has lost all its stops", () => {
    expect(lanesOfRuns([run("a", []), run("b", [stop({})])]).map((lane) => lane.name)).toEqual(["b"]);
  });

  it("hatches the wait before a window and leaves vans without work out", () => {
    const base = { vehicle_id: "v", vehicle_name: "v", driver_name: "", start_at: at("08:00"), end_at: at("12:00") };
    const visit = { no: 1, kind: "door", arrive_at: at("08:40"), start_at: at("09:00"), depart_at: at("09:04"), wait_s: 1080, visits: [] };
    const next = { ...visit, no: 2, arrive_at: at("09:08"), start_at: at("09:10"), depart_at: at("09:14"), wait_s: 0 };
    const [lane, ...rest] = lanesOfRoutes([{ ...base, stops: [visit, next] }, { ...base, stops: [] }] as unknown as PlannedRoute[]);
    expect(rest).toEqual([]);
    expect(lane?.blocks[0]?.waitFrom).toBe(Date.parse(at("08:42")));
    expect(lane?.blocks[1]?.waitFrom).toBeNull(); // two minutes of parking
  });

  it("spans whole hours, three at least", () => {
    const lanes = lanesOfRuns([run("a", [stop({})])]);
    const [from, to] = spanOf(lanes);
    expect(new Date(from).toISOString()).toBe("2026-11-24T02:00:00.000Z");
    expect(to - from).toBe(3 * 3_600_000);
  });
});

describe("letting go", () => {
  const visits = (...ids: string[]) => ids.map((shipment_id) => ({ shipment_id, state: "open" })) as RunStop["visits"];
  const [lane] = lanesOfRuns([
    run("a", [
      stop({ planned_start_at: at("09:00"), visits: visits("one", "two") }),
      stop({ no: 2, planned_start_at: at("10:00"), visits: visits("three") }),
    ]),
  ]);

  it.each([
    ["08:00", [], 0],
    ["09:30", [], 2],
    ["11:00", [], 3],
    ["11:00", ["two"], 2],
    ["09:30", ["three"], 2],
  ] as [string, string[], number][])("at %s, moving %j, is behind %i", (clock, moved, position) => {
    expect(lane && positionAt(lane, Date.parse(at(clock)), moved)).toBe(position);
  });

  it("takes a stop of two off before it is put anew: one by one, 'three' would come to stand between them", () => {
    expect(lane && movesTo(lane, 1, ["one", "two"])).toEqual([
      { shipment_id: "one", vehicle_id: null },
      { shipment_id: "two", vehicle_id: null },
      { shipment_id: "one", vehicle_id: "a", position: 1 },
      { shipment_id: "two", vehicle_id: "a", position: 2 },
    ]);
  });

  it.each([
    ["a stop of one", ["three"]],
    ["what comes from elsewhere", ["new", "newer"]],
  ] as [string, string[]][])("only puts %s", (_, moved) => {
    const put = moved.map((shipment_id, index) => ({ shipment_id, vehicle_id: "a", position: index }));
    expect(lane && movesTo(lane, 0, moved)).toEqual(put);
  });
});
