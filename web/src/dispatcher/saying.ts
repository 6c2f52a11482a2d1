/** Reasons, repairs and broken rules as sentences, from the codes and figures that come over the wire. */

import { clock, distance, duration, money, type Reading } from "../shared/format";
import { metres, seconds } from "../shared/units";
import type { Reason, Repair, Violation } from "./model";
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

export function violationText(violation: Violation, currency: string, reading: Reading): string {
  const amount = amountOf(violation.code, violation.amount, currency, reading);
  return say.ifKnown(`rule.${violation.code}`, { amount, name: unitOf(violation.name, violation.amount) }) ?? violation.text;
}
