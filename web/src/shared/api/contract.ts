/** What travels between the platform and its screens, as far as more than one screen reads it. */

import type { Money } from "../format";
import type { Point } from "../units";

export type { Money, Point };

export interface TimeWindow {
  start: string;
  end: string;
}

export type Mode = "own_fleet" | "pickup" | "carrier";

/** The public words of the story; overlays and `unknown` may also arrive. */
export type Status =
  | "pending"
  | "picked_up"
  | "in_transit"
  | "out_for_delivery"
  | "delivery_failed"
  | "ready_for_pickup"
  | "return_to_sender"
  | "delivered"
  | "returned"
  | "cancelled"
  | "lost"
  | "on_hold"
  | "delayed"
  | "unknown";

/** RFC 9457, with the fields that are wrong. */
export interface Problem {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  errors?: { field: string; message: string; expected?: string }[];
}

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

export type Role = "operator" | "dispatcher" | "depot" | "clerk" | "merchant" | "driver";

/** `GET /v1/me`: the principal behind the cookie or the key. Empty is none. */
export interface Me {
  role: Role;
  name: string;
  merchant_id: string;
  site_id: string;
  vehicle_id: string;
}

export interface Session extends Me {
  token: string;
  expires_at: string | null;
}

/** `GET /v1/config`, public. */
export interface Config {
  ws_url: string | null;
  map_style_url: string | null;
  product_name: string;
  locales: string[];
  demo: boolean;
  now: string;
}

/** A parcel's destination person as its merchant gave it. */
export interface Recipient {
  name: string;
  phone: string;
  address: string;
  point?: Point | null;
}

export interface Shipment {
  id: string;
  merchant_id: string;
  tracking_no: string;
  order_ref: string;
  state: string;
  status: Status;
  status_at: string | null;
  /** Empty until chosen; so are the place and the carrier. */
  mode: Mode | "";
  site_id: string;
  carrier: string;
  waybill_no: string;
  recipient: Recipient;
  parcels: { id: string; label: string; weight_g: number; volume_cm3: number }[];
  cod_due: Money | null;
  deliver_on: string | null;
  window: TimeWindow | null;
  promise: TimeWindow | null;
  created_at: string;
  ended_at: string | null;
  tracking_url?: string | null;
}
