import { describe, expect, it } from "vitest";
import { isReleasable, runsIn, type Plan, type PlanState } from "./model";

const plan = (state: PlanState, routes: number[][], carried = 0): Plan =>
  ({ state, routes: routes.map((trips) => ({ stops: trips.map((trip) => ({ trip })) })), to_carrier: Array(carried).fill({}) }) as unknown as Plan;

describe("releasing", () => {
  it.each([
    ["done", [[1, 1], [1]], 0, 2, true],
    ["done", [[1, 1, 2]], 0, 2, true], // a second trip is a run of its own
    ["stopped", [], 3, 0, true], // everything goes to carriers
    ["done", [[]], 0, 0, false],
    ["solving", [[1]], 0, 1, false],
    ["released", [[1]], 2, 1, false],
  ] as [PlanState, number[][], number, number, boolean][])("a plan that is %s with trips %j and %i for carriers: %i runs, %s", (state, trips, carried, runs, may) => {
    expect([runsIn(plan(state, trips, carried)), isReleasable(plan(state, trips, carried))]).toEqual([runs, may]);
  });
});
