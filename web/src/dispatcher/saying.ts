/** Reasons, repairs and broken rules as sentences, from the codes and figures that come over the wire. */

import { clock, count, distance, duration, money, volume, weight, type Reading } from "../shared/format";
import { cubicCentimetres, grams, metres, seconds } from "../shared/units";
import type { Finding, Reason, Repair, Unit, Violation } from "./model";
import { say } from "./say";

export const reasonText = ({ code, text, together }: Reason): string =>
  code === "several"
    ? say("reason.several", { together: together.map((each) => say.ifKnown(`short.${each}`) ?? each).join(say("list")) })
    : (say.ifKnown(`reason.${code}`) ?? text);

export const needsText = (needs: readonly string[]): string => needs.map((code) => say.ifKnown(`need.${code}`) ?? code).join(say("list"));

const IN_SECONDS = new Set(["window", "shift", "others", "break", "duration", "times"]);
const LOADS = new Set<string>(["g", "cm3", "parcels"]);

/** What the figure of a rule or a repair counts where nobody says: a plan made before units travelled, a repair. */
function unitOf(code: string, name: string): Unit {
  if (code === "capacity") return LOADS.has(name) ? (name as Unit) : "";
  if (code === "cash") return "minor";
  if (code === "distance") return "m";
  return IN_SECONDS.has(code) ? "s" : "count";
}

/** Which side of a missed window; none if nobody says, or if several are missed on both sides. */
const sideOf = (code: string, name: string): string => (code === "window" && ["early", "late"].includes(name) ? `.${name}` : "");

/** A figure with its unit, as a person says it; minutes are rounded up, for less would be short. */
function figure(amount: number, unit: Unit, currency: string, { language }: Reading): string {
  if (unit === "minor" && currency) return money({ amount_minor: amount, currency }, language);
  if (unit === "m") return distance(metres(amount), language);
  if (unit === "s") return duration(seconds(Math.ceil(amount / 60) * 60), language);
  if (unit === "g") return weight(grams(amount), language);
  if (unit === "cm3") return volume(cubicCentimetres(amount), language);
  return unit === "parcels" ? say("stop.parcels", { count: amount }) : count(amount, language);
}

export function repairText(repair: Repair, reading: Reading): string {
  const { code, needs } = repair;
  if (code === "closed") {
    const way = repair.vehicle_name ? repair.name || say("to_door", { vehicle: repair.vehicle_name }) : say("repair.carrier", { name: repair.name });
    return say("repair.closed", { way, needs: needsText(needs) });
  }
  const at = repair.start_at ? clock(repair.start_at, reading) : "";
  const amount = figure(repair.amount, unitOf(code, repair.name), repair.price.currency, reading);
  const key = code === "capacity" && !LOADS.has(repair.name) ? "repair.capacity.unnamed" : `repair.${code}${sideOf(code, repair.name)}`;
  return say.ifKnown(key, { vehicle: repair.vehicle_name, amount, count: repair.amount, at, name: repair.name }) ?? repair.text;
}

/** A broken rule as it travels; one that was kept long ago does not name the unit, the skill or the store. */
export type Broken = Pick<Violation, "code" | "text" | "amount"> & { unit?: Unit | undefined; name?: string | undefined };

export function violationText({ code, text, amount: many, unit = "", name = "" }: Broken, currency: string, reading: Reading): string {
  const amount = figure(many, unit || unitOf(code, name), currency, reading);
  const unnamed = name || unit ? null : say.ifKnown(`rule.${code}.unnamed`, { amount });
  return unnamed ?? say.ifKnown(`rule.${code}${sideOf(code, name)}`, { amount, count: many, name }) ?? text;
}

/** What was noticed, and about whom; recipients are known by the ids of their orders. */
export function findingText(finding: Finding, recipients: ReadonlyMap<string, string>, currency: string, reading: Reading): string {
  const about = aboutText(finding.where, recipients);
  const text = noticedText(finding, currency, reading);
  return about ? say("finding.about", { about, text }) : text;
}

/** The code of a rule means that an order was taken off its route for it. */
function noticedText({ code, message, amount = 0, unit = "", name }: Finding, currency: string, reading: Reading): string {
  const counted = amount ? say.ifKnown(`finding.${code}.by`, { amount: figure(amount, unit, currency, reading), count: amount }) : null;
  const named = name ? say.ifKnown(`finding.${code}.at`, { name }) : null;
  const noticed = counted ?? named ?? say.ifKnown(`finding.${code}`);
  if (noticed !== null) return noticed;
  const short = say.ifKnown(`short.${code}`);
  if (short === null) return message;
  return say("finding.taken_off", { rule: amount ? violationText({ code, text: short, amount, unit, name }, currency, reading) : short });
}

/** From "vehicle Van 1", "shipment X", "the depot of Van 1", an order by its id or the name of a store. */
function aboutText(where: string, recipients: ReadonlyMap<string, string>): string {
  if (["plan", "solver", "cluster"].includes(where)) return ""; // the sentence says it
  const [, kind, name = ""] = /^(vehicle|shipments?|task|the depot of) (.+)$/.exec(where) ?? [];
  if (kind === "the depot of") return say("finding.depot", { vehicle: name });
  const id = kind ? name : where;
  return recipients.get(id) ?? id;
}
