/** From plans and runs to what a lane of the timeline and a dot on the map show. Pure. */

import type { Move, PlannedRoute, Run, RunStop } from "./model";

/** `late` broke its window or promise, `risk` is expected after it, `done` is over, `now` is where the van stands. */
export type Mark = "planned" | "now" | "done" | "risk" | "late" | "failed";

export interface Block {
  /** Tells it from every other block of its lane: two runs of a van both begin with stop 1. */
  key: string;
  /** The run it is a stop of; empty while it is planned. */
  runId: string;
  no: number;
  /** Begin and end in ms since the epoch; `waitFrom` where the van stands before its window. */
  from: number;
  to: number;
  waitFrom: number | null;
  mark: Mark;
  shipmentIds: string[];
  kind: "door" | "service_point";
}

export interface Lane {
  vehicleId: string;
  name: string;
  driver: string;
  index: number;
  from: number;
  to: number;
  blocks: Block[];
}

/** How much later than planned is worth a word: less is the ordinary unevenness of a day. */
export const LATE_AFTER_MS = 15 * 60_000;

const ms = (at: string): number => Date.parse(at);

function laneOfRoute(route: PlannedRoute, index: number): Lane {
  return {
    vehicleId: route.vehicle_id,
    name: route.vehicle_name,
    driver: route.driver_name,
    index,
    from: ms(route.start_at),
    to: ms(route.end_at),
    blocks: route.stops.map((stop) => ({
      key: String(stop.no),
      runId: "",
      no: stop.no,
      from: ms(stop.start_at),
      to: ms(stop.depart_at),
      waitFrom: stop.wait_s > 0 ? Math.max(ms(stop.arrive_at), ms(stop.start_at) - 1000 * stop.wait_s) : null, // parking is no waiting
      mark: "planned",
      shipmentIds: stop.visits.map((visit) => visit.shipment_id),
      kind: stop.kind,
    })),
  };
}

export const lanesOfRoutes = (routes: readonly PlannedRoute[]): Lane[] =>
  routes.map(laneOfRoute).filter((lane) => lane.blocks.length > 0);

const SHORTEST_MS = 60_000;

/** When a stop begins as far as is known: it has begun, or it is expected, or it is planned. */
export function beginOf(stop: RunStop): number {
  return ms(stop.actual_at ?? stop.expected_start_at ?? stop.planned_start_at);
}

export function markOf(stop: RunStop): Mark {
  if (stop.state === "done") {
    return stop.visits.some((visit) => visit.state === "failed" || visit.state === "refused") ? "failed" : "done";
  }
  const late = beginOf(stop) - ms(stop.planned_end_at);
  if (stop.state === "arrived") return "now";
  if (late > LATE_AFTER_MS) return "late";
  return late > 0 ? "risk" : "planned";
}

function blockOfStop(stop: RunStop, runId: string): Block {
  const from = beginOf(stop);
  return {
    key: `${runId} ${stop.no}`,
    runId,
    no: stop.no,
    from,
    to: from + Math.max(SHORTEST_MS, ms(stop.planned_end_at) - ms(stop.planned_start_at)),
    waitFrom: null,
    mark: markOf(stop),
    shipmentIds: stop.visits.map((visit) => visit.shipment_id),
    kind: stop.kind,
  };
}

function laneOfVan(runs: readonly Run[], index: number): Lane {
  const blocks = runs.flatMap((run) => run.stops.map((stop) => blockOfStop(stop, run.id)));
  return {
    vehicleId: runs[0]?.vehicle_id ?? "",
    name: runs[0]?.vehicle_name ?? "",
    driver: runs[0]?.driver_name ?? "",
    index,
    from: Math.min(...blocks.map((block) => block.from)),
    to: Math.max(...blocks.map((block) => block.to)),
    blocks,
  };
}

/** The day itself: a lane a van, however often it goes out, so that its whole day is read in one line. */
export function lanesOfRuns(runs: readonly Run[]): Lane[] {
  const vans = [...new Set(runs.map((run) => run.vehicle_id))];
  return vans
    .map((vehicleId, index) => laneOfVan(runs.filter((run) => run.vehicle_id === vehicleId), index))
    .filter((lane) => lane.blocks.length > 0);
}

const WEIGHT: Record<Mark, number> = { late: 1000, risk: 10, failed: 1, now: 0, planned: 0, done: 0 };

export const troubleOf = (lane: Lane): number => lane.blocks.reduce((sum, block) => sum + WEIGHT[block.mark], 0);

/** The worst lane first, as the eye should meet it. */
export const byTrouble = (lanes: readonly Lane[]): Lane[] =>
  [...lanes].sort((a, b) => troubleOf(b) - troubleOf(a) || a.index - b.index);

const HOURS_MIN = 3;

/** The hours the timeline spans: whole hours around everything, at least three. */
export function spanOf(lanes: readonly Lane[]): [number, number] {
  const hour = 3_600_000;
  if (!lanes.length) return [0, HOURS_MIN * hour];
  const from = Math.floor(Math.min(...lanes.map((lane) => lane.from)) / hour) * hour;
  const to = Math.ceil(Math.max(...lanes.map((lane) => lane.to)) / hour) * hour;
  return [from, Math.max(to, from + HOURS_MIN * hour)];
}

/** Where a shipment would go that is let go at a moment of a lane: behind all that begins before, not counting itself. */
export function positionAt(lane: Lane, at: number, moved: readonly string[]): number {
  const before = lane.blocks.filter((block) => block.from < at).flatMap((block) => block.shipmentIds);
  return before.filter((id) => !moved.includes(id)).length;
}

/**
 * The changes by hand that put a whole stop at a position. What leaves a place on the same lane is taken off first, all of
 * it: done one by one, those still ahead would count, and others would come to stand between. The server remembers the way
 * of whom it takes off.
 */
export function movesTo(lane: Lane, position: number, moved: readonly string[]): Move[] {
  const together = moved.length > 1 && lane.blocks.some((block) => block.shipmentIds.some((id) => moved.includes(id)));
  const off = together ? moved.map((shipment_id) => ({ shipment_id, vehicle_id: null })) : [];
  return [...off, ...moved.map((shipment_id, index) => ({ shipment_id, vehicle_id: lane.vehicleId, position: position + index }))];
}
