/** Which of a day's plans the desk shows, and which run of a van. Pure. */

import type { PlanHead, Run } from "./model";

/** What was given up or found nothing: there is nothing of it to show. */
const isVoid = ({ state }: PlanHead): boolean => state === "cancelled" || state === "failed";

const isOf = (plan: PlanHead, depotIds: readonly string[]): boolean =>
  plan.depot_ids.length === depotIds.length && depotIds.every((id) => plan.depot_ids.includes(id));

export interface Choice {
  shown: PlanHead | null;
  /** The search that came to nothing, if that was the last word: the plan shown is then one before it. */
  ended: PlanHead | null;
}

/** Out of a day's plans, the newest first: those of just these depots; without any, those of some of them. */
function ofDepots(plans: readonly PlanHead[], depotIds: readonly string[]): PlanHead[] {
  const exactly = plans.filter((plan) => isOf(plan, depotIds));
  return exactly.length ? exactly : plans.filter((plan) => plan.depot_ids.every((id) => depotIds.includes(id)));
}

/** Out of a day's plans, the newest first: the one that was watched, else the newest, of these depots. */
export function choosePlan(plans: readonly PlanHead[], depotIds: readonly string[], watchedId = ""): Choice {
  const ours = ofDepots(plans, depotIds);
  const last = ours.find((plan) => plan.id === watchedId) ?? ours[0] ?? null;
  if (last && !isVoid(last)) return { shown: last, ended: null };
  const isNews = last?.state === "failed" || last?.id === watchedId; // who opens the day later need not hear of a search given up
  return { shown: ours.find((plan) => !isVoid(plan)) ?? null, ended: isNews ? last : null };
}

/** What is selected: a van, one of its runs if it has several, an order. */
export interface Selection {
  vehicleId: string | null;
  runId: string;
  shipmentId: string | null;
}

const isOver = ({ state }: Run): boolean => state === "back" || state === "closed";

/** The run that is meant, the oldest first: the one picked, the one with the order, else the one she is on or that comes next. */
export function chooseRun(runs: readonly Run[], { vehicleId, runId, shipmentId }: Selection): Run | undefined {
  const ofVan = runs.filter((run) => run.vehicle_id === vehicleId);
  const has = (run: Run) => run.stops.some((stop) => stop.visits.some((visit) => visit.shipment_id === shipmentId));
  return ofVan.find((run) => run.id === runId) ?? ofVan.filter(has).at(-1) ?? ofVan.find((run) => !isOver(run)) ?? ofVan.at(-1);
}
