/** What the planning screen reads from the platform. */

import type { Money, TimeWindow } from "../shared/api/contract";
import type { Metres, Point, Seconds } from "../shared/units";

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

export interface LeftOut {
  shipment_id: string;
  tracking_no: string;
  recipient_name: string;
  point: Point | null;
  reason: { code: string; text: string };
  repair?: { text: string; price: Money | null } | null;
}

export interface ToCarrier {
  shipment_id: string;
  tracking_no: string;
  price: Money;
  carrier: string;
  reason: string;
}

export interface Violation {
  code: string;
  text: string;
  amount: number;
  vehicle_id?: string | null;
  shipment_id?: string | null;
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

export interface Plan {
  id: string;
  on: string;
  state: PlanState;
  error?: string | null;
  depot_ids?: string[];
  progress: Progress | null;
  summary: Summary | null;
  routes: PlannedRoute[];
  to_carrier: ToCarrier[];
  left_out: LeftOut[];
  violations: Violation[];
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

/** A plan that can be released. */
export const isReady = (plan: Plan | null): boolean => plan?.state === "done" || plan?.state === "stopped";
