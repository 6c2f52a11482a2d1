/** What the planning screen reads from the platform. */

import type { Money, Schemas, TimeWindow } from "../shared/api/contract";
import type { Metres, Point, Seconds } from "../shared/units";

/** What a figure counts. */
export type Unit = Schemas["ViolationOut"]["unit"];

export interface Site {
  id: string;
  name: string;
  kinds: string[];
  point: Point;
  time_zone: string;
}

export interface PoolItem {
  shipment_id: string;
  tracking_no: string;
  recipient_name: string;
  point: Point | null;
  address: string;
  window: TimeWindow | null;
  cod_due: Money | null;
  weight_g: number;
  volume_cm3: number;
  parcels_count: number;
  mode_wish: string;
  options: { kind: "door" | "service_point"; site_id?: string | null }[];
  carrier_price: Money | null;
}

export interface PlannedVisit {
  shipment_id: string;
  tracking_no: string;
  recipient_name: string;
  cod_due: Money | null;
  parcels_count: number;
}

export interface PlannedStop {
  no: number;
  /** 1 first; each becomes a run of its own. */
  trip?: number;
  kind: "door" | "service_point";
  point: Point;
  address: string;
  arrive_at: string;
  start_at: string;
  depart_at: string;
  wait_s: Seconds;
  service_s: Seconds;
  windows: TimeWindow[];
  site_id?: string | null;
  visits: PlannedVisit[];
}

export interface PlannedRoute {
  vehicle_id: string;
  vehicle_name: string;
  driver_name: string;
  depot_id: string;
  load: { g: number; cm3: number; parcels: number; cash_minor: number };
  load_percent: number;
  distance_m: Metres;
  cost: Money;
  start_at: string;
  end_at: string;
  polyline: [number, number][];
  stops: PlannedStop[];
}

export interface Reason {
  code: string;
  text: string;
  together: string[];
}

/** A change by hand: a shipment onto a vehicle, or (no vehicle) off its route. */
export interface Move {
  shipment_id: string;
  vehicle_id: string | null;
  position?: number;
  trip?: number | null;
  load?: "before" | "after" | null;
  kind?: "door" | "service_point" | null;
  site_id?: string;
}

export interface Lock {
  shipment_id: string;
  vehicle_id: string | null;
}

export interface Changes {
  moves?: Move[];
  locks?: Lock[];
}

/** What would help; `moves` does it, where a change by hand is enough. */
export interface Repair {
  code: string;
  text: string;
  price: Money;
  amount: number;
  name: string;
  vehicle_name: string;
  start_at: string | null;
  needs: string[];
  moves: Move[];
}

export interface LeftOut {
  shipment_id: string;
  tracking_no: string;
  recipient_name: string;
  point: Point | null;
  reason: Reason;
  repairs: Repair[];
  group: string[];
}

export interface ToCarrier {
  shipment_id: string;
  tracking_no: string;
  recipient_name: string;
  price: Money;
  carrier: string;
  reason: string;
  code: string;
  repairs: Repair[];
}

export interface Violation {
  code: string;
  text: string;
  amount: number;
  unit: Unit;
  name: string;
  vehicle_id?: string | null;
  shipment_id?: string | null;
}

/** What the platform noticed while it planned: about what, and a stable code. */
export interface Finding {
  where: string;
  code: string;
  message: string;
  /** By how much, where it can be counted; what was released tells no figures. */
  amount?: number;
  unit?: Unit;
  name?: string;
}

/** One way of doing a shipment: what the plan costs more with it, and why not if it cannot be. */
export interface Way {
  kind: "door" | "service_point" | "carrier";
  site_id: string | null;
  name: string;
  vehicle_name: string;
  start_at: string | null;
  price: Money | null;
  difference: Money | null;
  chosen: boolean;
  reason: Reason | null;
  needs: string[];
  moves: Move[];
}

export interface TaskWays {
  shipment_id: string;
  tracking_no: string;
  recipient_name: string;
  vehicle_id: string | null;
  locked_to: string | null;
  group: string[];
  ways: Way[];
}

export interface Preview {
  cost: Money;
  difference: Money;
  broken: Violation[];
  mended: Violation[];
}

export interface Whereabouts {
  vehicle_id: string | null;
  vehicle_name: string;
  kind: string;
  start_at: string | null;
  stop_no: number | null;
  carrier: string | null;
}

export interface Difference {
  shipment_id: string;
  recipient_name: string;
  change: string;
  before: Whereabouts | null;
  after: Whereabouts | null;
  later_s: number;
}

export interface Comparison {
  difference: Money | null;
  left_out_more: number;
  routes: { vehicle_id: string; vehicle_name: string; before: Money | null; after: Money | null }[];
  differences: Difference[];
}

export interface Progress {
  seconds: number;
  cost: number | null;
  unplanned: number | null;
  vehicles: number | null;
  curve: [number, number][];
}

export type PlanState = "queued" | "solving" | "done" | "failed" | "cancelled" | "stopped" | "released";

export interface Summary {
  cost: Money;
  distance_m: Metres;
  travel_s: Seconds;
  wait_s: Seconds;
  service_s: Seconds;
  tasks: number;
  door: number;
  service_point: number;
  carrier: number;
  left_out: number;
  vehicles: number;
}

/** A plan without its routes, as a list of plans has it. */
export interface PlanHead {
  id: string;
  state: PlanState;
  depot_ids: string[];
  /** Why it failed, in the server's words; its code and what it names say it in other languages. */
  error: string;
  error_code?: string;
  error_facts?: Record<string, string | number>;
  summary?: Summary | null;
}

export interface Plan extends PlanHead {
  on: string;
  version: number;
  step: number;
  locks: Record<string, string>;
  can_undo: boolean;
  can_redo: boolean;
  progress: Progress | null;
  summary: Summary | null;
  routes: PlannedRoute[];
  to_carrier: ToCarrier[];
  left_out: LeftOut[];
  violations: Violation[];
  findings: Finding[];
}

export interface RunVisit {
  shipment_id: string;
  tracking_no: string;
  recipient_name: string;
  cod_due: Money | null;
  state: string;
}

export interface RunStop {
  no: number;
  kind: "door" | "service_point";
  state: "open" | "arrived" | "done";
  point: Point;
  address: string;
  planned_start_at: string;
  planned_end_at: string;
  expected_start_at: string | null;
  actual_at: string | null;
  visits: RunVisit[];
}

export interface RunSummary {
  id: string;
  plan_id: string;
  vehicle_id: string;
  vehicle_name: string;
  driver_name: string;
  depot_id: string;
  planned_start_at: string;
  state: "released" | "loading" | "underway" | "back" | "closed" | "cancelled";
  stops_count: number;
  stops_done: number;
}

export interface Run extends RunSummary {
  stops: RunStop[];
}

export interface VehiclePosition {
  vehicle_id: string;
  lat: number;
  lon: number;
  fixed_at: string;
}

/** A plan's work is going on, and what is on the screen is the best so far. */
export const isWorking = (plan: Plan | null): boolean => plan?.state === "queued" || plan?.state === "solving";

/** A plan that was found, and can be changed by hand. */
export const isReady = (plan: Plan | null): boolean => plan?.state === "done" || plan?.state === "stopped";

/** How many runs a plan becomes when it is released: each trip is one. */
export const runsIn = (plan: Plan | null): number =>
  (plan?.routes ?? []).reduce((sum, route) => sum + new Set(route.stops.map((stop) => stop.trip ?? 1)).size, 0);

/** A plan that somebody would be given something by: our drivers, or a carrier. */
export const isReleasable = (plan: Plan | null): boolean => isReady(plan) && (runsIn(plan) > 0 || (plan?.to_carrier.length ?? 0) > 0);
