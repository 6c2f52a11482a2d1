/** What five sentences about a month need: counted from the shipments themselves. Pure. */

import { dayOf } from "../shared/format";
import type { Shipment } from "./contract";

export interface Month {
  taken: number;
  delivered: number;
  /** Delivered, and not after the end of what was promised (or nothing was promised). */
  kept: number;
  open: number;
  /** Of the open ones: failed at the door, or on their way back. */
  trouble: number;
  /** Refused, expired, cancelled or lost: they will not arrive any more. */
  notArriving: number;
}

const GONE = new Set(["return_to_sender", "returned", "cancelled", "lost"]);

export function keptPromise({ promise, status_at }: Pick<Shipment, "promise" | "status_at">): boolean {
  return !promise || !status_at || Date.parse(status_at) <= Date.parse(promise.end);
}

export function monthOf(shipments: readonly Shipment[]): Month {
  const delivered = shipments.filter((each) => each.status === "delivered");
  const gone = shipments.filter((each) => GONE.has(each.status));
  return {
    taken: shipments.length,
    delivered: delivered.length,
    kept: delivered.filter(keptPromise).length,
    open: shipments.length - delivered.length - gone.length,
    trouble: shipments.filter((each) => each.status === "delivery_failed").length,
    notArriving: gone.length,
  };
}

/** The first day of the month a moment lies in, at a place: `2026-11-01`. */
export function firstOfMonth(now: Date, timeZone: string): string {
  return `${dayOf(now, timeZone).slice(0, 8)}01`;
}

/** The last day of the month that begins on `first`. */
export function lastOfMonth(first: string): string {
  const [year, month] = first.split("-").map(Number);
  return new Date(Date.UTC(year ?? 1970, month ?? 1, 0)).toISOString().slice(0, 10);
}

/** Whether its promise is broken, however it ended. */
export const isLate = (shipment: Shipment, now: Date): boolean => markOf(shipment, now) === "broken" && shipment.status !== "lost";

/** The state of a shipment for the eye: late is broken, a failed try is at risk. */
export function markOf(shipment: Shipment, now: Date): "on_time" | "at_risk" | "broken" | "done" {
  const { status, promise } = shipment;
  if (status === "lost") return "broken";
  if (GONE.has(status)) return "done";
  if (status === "delivered") return keptPromise(shipment) ? "done" : "broken";
  if (promise && now.getTime() > Date.parse(promise.end) && status !== "ready_for_pickup") return "broken";
  return status === "delivery_failed" || status === "delayed" || status === "on_hold" ? "at_risk" : "on_time";
}
