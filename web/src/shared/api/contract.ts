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

export type Role = "operator" | "dispatcher" | "clerk" | "merchant" | "driver" | "finance";

export interface Session {
  token: string;
  role: Role;
  name: string;
  merchant_id: string | null;
  site_id: string | null;
  expires_at: string;
}

/** `GET /v1/me`: the principal behind the cookie or the key. */
export interface Me {
  kind: string;
  id: string;
  role: Role;
  name: string;
  merchant_id: string | null;
  site_id: string | null;
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
  phone: string | null;
  address: string | null;
  point?: Point | null;
}

export interface Shipment {
  id: string;
  merchant_id: string;
  tracking_no: string;
  order_ref: string;
  state: string;
  status: Status;
  mode: Mode | null;
  site_id: string | null;
  carrier: string | null;
  waybill_no: string | null;
  recipient: Recipient;
  parcels: { id: string; label: string; weight_g: number; volume_cm3: number | null }[];
  cod_due: Money | null;
  deliver_on: string | null;
  window: TimeWindow | null;
  promise: TimeWindow | null;
  created_at: string;
  last_event_at?: string | null;
}
