/** What the merchant's page asks the platform and what it is told. */

import type { Money, Shipment, Status } from "../shared/api/contract";

export type { Money, Shipment };

export interface MerchantName {
  id: string;
  name: string;
  time_zone: string;
  currency?: string;
}

/** `GET /v1/merchants/{id}/cod`: where the money collected for a merchant is. */
export interface CodState {
  /** What buyers were asked for; with `overpaid` it is the sum of all the rest but `taken`. */
  accepted: Money;
  due: Money;
  taken: Money;
  in_custody: { holder: string; amount: Money }[];
  banked: Money;
  remitted: Money;
  fees: Money;
  void: Money;
  overpaid: Money;
}

export interface StatementLine {
  /** Empty for what belongs to no single shipment. */
  shipment_id: string;
  kind: string;
  /** How `exact` comes about. */
  text: string;
  quantity: string;
  /** The exact amount before rounding, in major units: a decimal number or a fraction. */
  exact: string;
  amount: Money;
  /** The happenings it follows from. */
  event_seqs: number[];
}

export interface Statement {
  lines: StatementLine[];
  total: Money;
}

/** What a statement line follows from, as it was booked; numbered per merchant. */
export interface Happening {
  seq: number;
  kind: string;
  booked_at: string;
  shipment_id: string;
  parcels_count: number;
  weight_g: number;
  price: Money | null;
  taken: Money | null;
  stored: { volume_cm3: number; days: number }[];
}

/** One event of a shipment with its source, as merchants and staff see it. */
export interface SourcedEvent {
  seq: number;
  occurred_at: string;
  received_at: string;
  source: string;
  kind: string;
  status: Status | "";
  reason: string;
  place: string;
  params: Record<string, string | number>;
}

/** `GET /v1/shipments/{id}/timeline` */
export interface FullStory {
  events: SourcedEvent[];
}

export interface Endpoint {
  id: string;
  url: string;
  types: string[];
  description: string;
  state?: string;
  created_at: string;
  /** Only in the answer that creates it. */
  secret?: string;
}

export interface Attempt {
  at: string;
  status: number | null;
  ms: number | null;
  error: string | null;
}

export interface Delivery {
  endpoint_id?: string;
  state: "pending" | "delivered" | "gave_up";
  attempts: Attempt[];
}

export interface Message {
  id: string;
  type: string;
  shipment_id: string;
  created_at: string;
  deliveries: Delivery[];
}

export interface ImportRow {
  row: number;
  order_ref: string;
  status: "created" | "duplicate" | "rejected";
  shipment_id: string;
  tracking_no: string;
  errors: { field: string; message: string; expected: string }[];
}

export interface ImportAnswer {
  created: number;
  duplicates: number;
  rejected: number;
  dry_run: boolean;
  results: ImportRow[];
  findings: { field: string; message: string; expected: string }[];
}
