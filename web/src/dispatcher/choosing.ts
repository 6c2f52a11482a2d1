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
  const isTold = last?.state === "failed" || last?.id === watchedId; // who opens the day later need not hear of a search given up
  return { shown: ours.find((plan) => !isVoid(plan)) ?? null, ended: isTold ? last : null };
}

/** A plan of this day that was found after everything that is under way, and that nobody has released yet. Ids sort by time. */
export const isNews = (plan: PlanHead | null, runs: readonly Run[]): boolean =>
  plan !== null && ["done", "stopped"].includes(plan.state) && runs.every((run) => !run.plan_id.startsWith("pln_") || run.plan_id < plan.id);

/** The plan that those on the road drive by: the newest released one of these depots. */
export const releasedPlan = (plans: readonly PlanHead[], depotIds: readonly string[]): PlanHead | null =>
  ofDepots(plans.filter((plan) => plan.state === "released"), depotIds)[0] ?? null;

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
