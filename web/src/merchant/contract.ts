/** What the merchant's page asks the platform and what it is told. */

import type { Money, Schemas, Shipment, Status } from "../shared/api/contract";

export type { Money, Shipment };

/** Always said, also where the description calls it optional because it has a default. */
export type MerchantName = Required<Pick<Schemas["MerchantOut"], "id" | "name" | "time_zone">>;

/** `GET /v1/merchants/{id}/cod`: where the money collected for a merchant is. */
export type CodState = Schemas["logistics__settlement__edge__schemas__CodOut"];

export type Statement = Schemas["StatementOut"];
/** `text` says how `exact` comes about; `event_seqs` are the happenings it follows from. */
export type StatementLine = Statement["lines"][number];
/** What a statement line follows from, as it was booked; numbered per merchant. */
export type Happening = Schemas["HappeningOut"];

/** One event of a shipment with its source, as merchants and staff see it. */
export type SourcedEvent = Omit<Schemas["TimelineOut"]["events"][number], "status" | "params"> & {
  status: Status | "";
  params: Record<string, string | number>;
};

/** `GET /v1/shipments/{id}/timeline` */
export type FullStory = Omit<Schemas["TimelineOut"], "events"> & { events: SourcedEvent[] };

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

export type ImportAnswer = Schemas["BatchOut"];
export type ImportRow = ImportAnswer["results"][number];
