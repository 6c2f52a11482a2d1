/**
 * What travels between the platform and its screens, as far as more than one screen reads it.
 *
 * The shapes come from the API's description (`schema.d.ts`, `npm run types`); here they get the names that screens use,
 * and words that the description knows only as text get their vocabulary.
 */

import type { components } from "./schema";

export type Schemas = components["schemas"];

export type Money = Schemas["MoneyWire"];
export type Point = Schemas["PointWire"];
export type TimeWindow = Schemas["WindowWire"];
export type Mode = Schemas["Mode"];
export type Role = Schemas["Role"];

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
export type Problem = Pick<Schemas["Problem"], "status"> & Partial<Schemas["Problem"]>;

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** `GET /v1/me`: the principal behind the cookie or the key. Empty is none. */
export type Me = Schemas["Me"];
export type Session = Schemas["SessionOut"];

/** `GET /v1/config`, public. */
export type Config = Schemas["Config"];

/** Its mode is empty until chosen; so are the place and the carrier. */
export type Shipment = Omit<Schemas["ShipmentOut"], "status" | "mode"> & { status: Status; mode: Mode | "" };
export type Recipient = Schemas["RecipientOut"];
