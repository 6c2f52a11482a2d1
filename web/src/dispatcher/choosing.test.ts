import { describe, expect, it } from "vitest";
import { choosePlan, chooseRun } from "./choosing";
import type { PlanHead, PlanState, Run } from "./model";

const plan = (id: string, state: PlanState, ...depot_ids: string[]): PlanHead => ({ id, state, depot_ids, error: "" });

describe("the plan of a day", () => {
  const other = plan("other", "done", "south");
  it.each([
    ["the newest of the chosen depots, whoever planned after it", [other, plan("b", "done", "north"), plan("a", "done", "north")], "", "b", null],
    ["no plan that has another depot besides", [plan("both", "done", "north", "south")], "", null, null],
    ["the one before a search that was cancelled", [plan("b", "cancelled", "north"), plan("a", "stopped", "north")], "b", "a", "b"],
    ["the same for who opens the day later, without a word", [plan("b", "cancelled", "north"), plan("a", "stopped", "north")], "", "a", null],
    ["the one before a search that failed, though others failed between", [plan("c", "failed", "north"), plan("b", "failed", "north"), plan("a", "released", "north")], "", "a", "c"],
    ["none where all were cancelled", [plan("a", "cancelled", "north")], "a", null, "a"],
    ["the one that was watched, though somebody asked for another since", [plan("b", "queued", "north"), plan("a", "done", "north")], "a", "a", null],
    ["the newest where the watched one was cancelled", [plan("b", "queued", "north"), plan("a", "cancelled", "north")], "a", "b", "a"],
    ["none where none was asked for", [other], "", null, null],
  ] as [string, PlanHead[], string, string | null, string | null][])("is %s", (_, plans, watched, shown, ended) => {
    const chosen = choosePlan(plans, ["north"], watched);
    expect([chosen.shown?.id ?? null, chosen.ended?.id ?? null]).toEqual([shown, ended]);
  });

  it("is one of some depots where all are chosen and none was planned for all", () => {
    const north = plan("north", "done", "north");
    expect(choosePlan([other, north], ["north", "south"]).shown?.id).toBe("other");
    expect(choosePlan([other, plan("both", "done", "south", "north")], ["north", "south"]).shown?.id).toBe("both");
    expect(choosePlan([plan("far", "done", "east")], ["north", "south"]).shown).toBeNull();
  });

  it("is of the same depots in whatever order", () => {
    expect(choosePlan([plan("a", "done", "south", "north")], ["north", "south"]).shown?.id).toBe("a");
  });
});

describe("the run of a van", () => {
  const run = (id: string, vehicle_id: string, state: Run["state"], ...ids: string[]): Run =>
    ({ id, vehicle_id, state, stops: [{ visits: ids.map((shipment_id) => ({ shipment_id })) }] }) as unknown as Run;
  const runs = [run("early", "v", "back", "one"), run("late", "v", "released", "one", "two"), run("else", "w", "closed")];

  it.each([
    ["the one that was clicked", { vehicleId: "v", runId: "early", shipmentId: "one" }, "early"],
    ["the last with the order", { vehicleId: "v", runId: "", shipmentId: "one" }, "late"],
    ["the one that comes next", { vehicleId: "v", runId: "", shipmentId: null }, "late"],
    ["the last where all are over", { vehicleId: "w", runId: "", shipmentId: null }, "else"],
    ["none where no van is chosen", { vehicleId: null, runId: "", shipmentId: "two" }, undefined],
  ])("is %s", (_, selection, id) => {
    expect(chooseRun(runs, selection)?.id).toBe(id);
  });
});
