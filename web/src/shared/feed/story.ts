/** The public story of one shipment, as `GET /v1/track/{token}` tells it and the live feed keeps it fresh. */

import type { Money, Status, TimeWindow } from "../api/contract";
import type { Point } from "../units";

export interface TimelineItem {
  seq: number;
  at: string;
  status: Status | null;
  /** Names the sentence; its parameters fill the sentence's holes. */
  key: string;
  place?: string | null;
  params?: Record<string, string | number>;
}

export interface Eta extends TimeWindow {
  as_of: string;
  /** Why the window moved, as a key of a sentence. */
  moved_reason?: string | null;
}

export interface Vehicle extends Point {
  as_of: string;
}

export interface PickupPlace {
  code: string | null;
  site_name: string;
  address: string;
  point: Point | null;
  open_until: string | null;
  keep_until: string | null;
}

export interface Story {
  tracking_no: string;
  /** `null` for who knows only the number. */
  merchant_name: string | null;
  status: Status;
  /** `headline.` and the status, or what says it better: an overlay, `next_stop`, `at_the_door`, `part_delivered`, `refused`. */
  headline_key: string;
  reason: string | null;
  /** The public step reached: 0 announced, 1 on its way, 2 with the driver or at the store, 3 handed over. */
  milestone_no: number;
  promise: TimeWindow | null;
  eta: Eta | null;
  stops_before: number | null;
  vehicle: Vehicle | null;
  destination: Point | null;
  cod: { due: Money; paid: boolean } | null;
  pickup: PickupPlace | null;
  timeline: TimelineItem[];
  /** Of the last event in this story; dense per shipment within an epoch. */
  seq: number;
  /** Names the server's numbering; another epoch means that our `seq` says nothing any more. */
  epoch: string;
  feed: { ws_url: string | null; sse_url: string | null } | null;
  as_of: string;
  time_zone: string;
  ended_at: string | null;
  disclosure: "full" | "masked" | "milestones";
}
