/** The public story of one shipment, as `GET /v1/track/{token}` tells it and the live feed keeps it fresh. */

import type { Schemas, Status } from "../api/contract";

type Told = Schemas["TrackOut"];
type Line = Told["timeline"][number];

/** `key` names the sentence; `params` fill its holes. */
export type TimelineItem = Omit<Line, "status" | "place" | "params"> & {
  status: Status | null;
  place?: string | null;
  params?: Record<string, string | number>;
};

export type Vehicle = NonNullable<Told["vehicle"]>;
export type PickupPlace = Omit<NonNullable<Told["pickup"]>, "point"> & { point: Told["destination"] };

/**
 * `milestone_no`: 0 announced, 1 on its way, 2 with the driver or at the store, 3 over. `headline_key`: `headline.` and the
 * status, or what says it better (an overlay, `at_the_door`, `part_delivered`, `refused`). `seq` is that of the last event,
 * dense per shipment within an `epoch`: another epoch means that our `seq` says nothing any more.
 */
export type Story = Omit<Told, "status" | "timeline" | "pickup"> & {
  status: Status;
  timeline: TimelineItem[];
  pickup: PickupPlace | null;
};
