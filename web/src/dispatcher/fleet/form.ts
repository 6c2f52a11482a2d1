/** Between a vehicle, or rules for a plan, as the platform keeps them and as a person types them. Pure. */

import type { components } from "../../shared/api/schema";
import { minorOf, plainOf } from "./amounts";

export type Vehicle = VehicleBody & { id: string; created_at: string };
export type VehicleBody = components["schemas"]["VehicleIn"];
export type Area = components["schemas"]["AreaWire"];
export type Wishes = Pick<components["schemas"]["PlanIn"], "levels" | "quotas" | "balance_cost_per_h">;

export interface BreakForm {
  earliest: string;
  latest: string;
  min: string;
}

/** Everything as text, for inputs; an empty text is "not said". */
export interface VehicleForm {
  name: string;
  driver: string;
  depotId: string;
  shiftStart: string;
  shiftEnd: string;
  capacityKg: string;
  capacityLitres: string;
  capacityParcels: string;
  cash: string;
  fixed: string;
  perKm: string;
  perHour: string;
  overtimeMin: string;
  overtimeCost: string;
  dayMin: string;
  wayKm: string;
  stops: string;
  trips: string;
  reloadMin: string;
  /** "" its own depot, "open" the last stop, else the id of a depot. */
  end: string;
  breaks: BreakForm[];
  rests: boolean;
  driveMin: string;
  restMin: string;
  skills: string;
  familiar: Area[];
  unfamiliar: string;
}

export const OPEN_END = "open";
/** (EC) No 561/2006, article 7. */
export const EU_REST = { driveMin: "270", restMin: "45" } as const;
const MINUTE_S = 60;
const RELOAD_MIN = "15";

const number = (text: string): number => Number(text.replace(",", "."));

/** What is no number goes as it was typed: the platform refuses it by name, where a `NaN` would travel as "not said". */
const sent = (value: number, text: string): number => (Number.isFinite(value) ? value : (text as unknown as number));
const whole = (text: string, factor = 1): number => sent(Math.round(number(text) * factor), text);
const maybe = (text: string, factor = 1): number | null => (text.trim() ? whole(text, factor) : null);
const texted = (value: number | null | undefined, factor = 1): string => (value == null ? "" : String(value / factor));

export function emptyForm(depotId: string): VehicleForm {
  return {
    name: "", driver: "", depotId, shiftStart: "08:00", shiftEnd: "18:00",
    capacityKg: "800", capacityLitres: "6000", capacityParcels: "150", cash: "5000", fixed: "100", perKm: "1", perHour: "30",
    overtimeMin: "", overtimeCost: "", dayMin: "", wayKm: "", stops: "", trips: "1", reloadMin: RELOAD_MIN, end: "",
    breaks: [], rests: false, ...EU_REST, skills: "", familiar: [], unfamiliar: "",
  };
}

export function formOf(vehicle: Vehicle): VehicleForm {
  const limits = vehicle.limits ?? {};
  const rest = limits.drive_rest;
  return {
    name: vehicle.name,
    driver: vehicle.driver_name ?? "",
    depotId: vehicle.depot_id,
    shiftStart: vehicle.shift_start ?? "08:00",
    shiftEnd: vehicle.shift_end ?? "18:00",
    capacityKg: texted(vehicle.capacity_g, 1000),
    capacityLitres: texted(vehicle.capacity_cm3, 1000),
    capacityParcels: texted(vehicle.capacity_parcels),
    cash: plainOf({ amount_minor: vehicle.cash_minor_max, currency: vehicle.fixed_cost.currency }),
    fixed: plainOf(vehicle.fixed_cost),
    perKm: plainOf(vehicle.cost_per_km),
    perHour: plainOf(vehicle.cost_per_h),
    overtimeMin: limits.overtime_s_max ? texted(limits.overtime_s_max, MINUTE_S) : "",
    overtimeCost: limits.overtime_cost_per_h ? plainOf(limits.overtime_cost_per_h) : "",
    dayMin: texted(limits.duration_s_max, MINUTE_S),
    wayKm: texted(limits.distance_m_max, 1000),
    stops: texted(limits.stops_max),
    trips: texted(limits.trips_max ?? 1),
    reloadMin: limits.reload_s == null ? RELOAD_MIN : texted(limits.reload_s, MINUTE_S),
    end: limits.open_end ? OPEN_END : (limits.end_depot_id ?? ""),
    breaks: (limits.breaks ?? []).map((each) => ({ earliest: each.earliest, latest: each.latest, min: texted(each.duration_s, MINUTE_S) })),
    rests: Boolean(rest),
    driveMin: rest?.drive_s_max ? texted(rest.drive_s_max, MINUTE_S) : EU_REST.driveMin,
    restMin: rest?.duration_s ? texted(rest.duration_s, MINUTE_S) : EU_REST.restMin,
    skills: (limits.skills ?? []).join(", "),
    familiar: limits.familiar ?? [],
    unfamiliar: limits.unfamiliar_cost ? plainOf(limits.unfamiliar_cost) : "",
  };
}

export function bodyOf(form: VehicleForm, currency: string): VehicleBody {
  const price = (text: string) => ({ amount_minor: sent(minorOf(text, currency), text), currency });
  const maybePrice = (text: string) => (text.trim() ? price(text) : null);
  return {
    name: form.name,
    driver_name: form.driver,
    depot_id: form.depotId,
    shift_start: form.shiftStart,
    shift_end: form.shiftEnd,
    capacity_g: whole(form.capacityKg, 1000),
    capacity_cm3: whole(form.capacityLitres, 1000),
    capacity_parcels: whole(form.capacityParcels),
    cash_minor_max: sent(minorOf(form.cash, currency), form.cash),
    fixed_cost: price(form.fixed),
    cost_per_km: price(form.perKm),
    cost_per_h: price(form.perHour),
    limits: {
      skills: form.skills.split(/[,，、]/).map((each) => each.trim()).filter(Boolean),
      overtime_s_max: maybe(form.overtimeMin, MINUTE_S) ?? 0,
      overtime_cost_per_h: maybePrice(form.overtimeCost),
      duration_s_max: maybe(form.dayMin, MINUTE_S),
      distance_m_max: maybe(form.wayKm, 1000),
      stops_max: maybe(form.stops),
      trips_max: maybe(form.trips) ?? 1,
      reload_s: maybe(form.reloadMin, MINUTE_S) ?? 0,
      breaks: form.breaks.map((each) => ({ earliest: each.earliest, latest: each.latest, duration_s: whole(each.min, MINUTE_S) })),
      drive_rest: form.rests ? { drive_s_max: whole(form.driveMin, MINUTE_S), duration_s: whole(form.restMin, MINUTE_S) } : null,
      open_end: form.end === OPEN_END,
      end_depot_id: form.end === OPEN_END ? "" : form.end,
      familiar: form.familiar,
      unfamiliar_cost: maybePrice(form.unfamiliar),
    },
  };
}

/** How many of the folded limits are set, so that nobody has to unfold them to know. */
export function limitsSet(form: VehicleForm): number {
  const texts = [form.overtimeMin, form.overtimeCost, form.dayMin, form.wayKm, form.stops, form.end, form.skills, form.unfamiliar];
  const others = [Number(form.trips) > 1, form.breaks.length > 0, form.rests, form.familiar.length > 0];
  return texts.filter((each) => each.trim()).length + others.filter(Boolean).length;
}

export interface RulesForm {
  level: string;
  balance: string;
  quotas: Record<string, string>;
}

/** Rules for a plan; what is empty is not said. */
export function wishesOf(form: RulesForm, currency: string): Wishes {
  const wishes: Wishes = {};
  const percent = maybe(form.level);
  if (percent !== null) wishes.levels = percent > 0 ? [{ preference_max: 0, percent }] : [];
  if (form.balance.trim()) wishes.balance_cost_per_h = { amount_minor: sent(minorOf(form.balance, currency), form.balance), currency };
  const quotas = Object.entries(form.quotas).filter(([, text]) => text.trim());
  if (quotas.length) wishes.quotas = Object.fromEntries(quotas.map(([code, text]) => [code, whole(text)]));
  return wishes;
}
