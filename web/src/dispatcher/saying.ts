/** Reasons, repairs and broken rules as sentences, from the codes and figures that come over the wire. */

import { clock, distance, duration, money, type Reading } from "../shared/format";
import { metres, seconds } from "../shared/units";
import type { Finding, Reason, Repair, Violation } from "./model";
import { say } from "./say";

const IN_SECONDS = new Set(["window", "shift", "others", "break", "duration", "times"]);

export const reasonText = ({ code, text, together }: Reason): string =>
  code === "several"
    ? say("reason.several", { together: together.map((each) => say.ifKnown(`short.${each}`) ?? each).join(say("list")) })
    : (say.ifKnown(`reason.${code}`) ?? text);

export const needsText = (needs: readonly string[]): string => needs.map((code) => say.ifKnown(`need.${code}`) ?? code).join(say("list"));

/** The figure behind a rule, in its own unit. */
function amountOf(code: string, amount: number, currency: string, { language }: Reading): string {
  if (code === "cash") return money({ amount_minor: amount, currency }, language);
  if (code === "distance") return distance(metres(amount), language);
  return IN_SECONDS.has(code) ? duration(seconds(Math.ceil(amount / 60) * 60), language) : String(amount);
}

const unitOf = (name: string, count: number): string => say.ifKnown(`unit.${name}`, { count }) ?? name;

export function repairText(repair: Repair, reading: Reading): string {
  const { code, needs } = repair;
  if (code === "closed") {
    const way = repair.vehicle_name ? repair.name || say("to_door", { vehicle: repair.vehicle_name }) : say("repair.carrier", { name: repair.name });
    return say("repair.closed", { way, needs: needsText(needs) });
  }
  const at = repair.start_at ? clock(repair.start_at, reading) : "";
  const amount = amountOf(code, repair.amount, repair.price.currency, reading);
  return say.ifKnown(`repair.${code}`, { vehicle: repair.vehicle_name, amount, at, name: unitOf(repair.name, repair.amount) }) ?? repair.text;
}

/** A broken rule as it travels; a proposal for a running day does not name the unit, the skill or the store. */
export type Broken = Pick<Violation, "code" | "text" | "amount"> & { name?: string };

export function violationText({ code, text, amount: figure, name = "" }: Broken, currency: string, reading: Reading): string {
  const amount = amountOf(code, figure, currency, reading);
  const unnamed = name ? null : say.ifKnown(`rule.${code}.unnamed`, { amount });
  return unnamed ?? say.ifKnown(`rule.${code}`, { amount, name: unitOf(name, figure) }) ?? text;
}

/** What was noticed, and about whom; recipients are known by the ids of their orders. */
export function findingText(finding: Finding, recipients: ReadonlyMap<string, string>): string {
  const about = aboutText(finding.where, recipients);
  const text = noticedText(finding);
  return about ? say("finding.about", { about, text }) : text;
}

/** The code of a rule means that an order was taken off its route for it. */
function noticedText({ code, message }: Finding): string {
  const rule = say.ifKnown(`short.${code}`);
  return say.ifKnown(`finding.${code}`) ?? (rule ? say("finding.taken_off", { rule }) : message);
}

/** From "vehicle Van 1", "shipment X", "the depot of Van 1", an order by its id or the name of a store. */
function aboutText(where: string, recipients: ReadonlyMap<string, string>): string {
  if (["plan", "solver", "cluster"].includes(where)) return ""; // the sentence says it
  const [, kind, name = ""] = /^(vehicle|shipments?|task|the depot of) (.+)$/.exec(where) ?? [];
  if (kind === "the depot of") return say("finding.depot", { vehicle: name });
  const id = kind ? name : where;
  return recipients.get(id) ?? id;
}
