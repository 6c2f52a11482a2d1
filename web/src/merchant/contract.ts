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

export type Endpoint = Schemas["EndpointOut"] & Partial<Pick<Schemas["NewEndpointOut"], "secret">>;
export type Message = Schemas["MessageOut"];
export type Delivery = Message["deliveries"][number];
/** `status` 0 is no answer at all; `error` then says why. */
export type Attempt = Delivery["attempts"][number];

export type ImportAnswer = Schemas["BatchOut"];
export type ImportRow = ImportAnswer["results"][number];
