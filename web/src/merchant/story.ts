/** The full story as the merchant reads it: every event, with who said it. Pure but for the words. */

import { moment, money, span, type Reading } from "../shared/format";
import type { Params } from "../shared/words/plain";
import type { SourcedEvent } from "./contract";
import { say } from "./say";

function saidOf({ kind, params, place }: SourcedEvent, now: Date, reading: Reading): Params {
  const said: Params = { kind, place, to_whom: "", ...params };
  const { start, end, keep_until, amount_minor, currency, mode } = params;
  if (start && end) said["window"] = span(String(start), String(end), now, reading);
  if (keep_until) said["until"] = moment(String(keep_until), now, reading);
  if (amount_minor !== undefined && currency) said["money"] = money({ amount_minor: Number(amount_minor), currency: String(currency) }, reading.language);
  if (params["means"]) said["means"] = say.ifKnown(`means.${params["means"]}`) ?? params["means"];
  if (mode) said["mode"] = say.ifKnown(`mode.${mode}`) ?? mode;
  return said;
}

/** The sentence for an event: by its kind; a carrier's by its public word; what we have no sentence for by its kind's name. */
export function sentenceOf(event: SourcedEvent, now: Date, reading: Reading): string {
  const params = saidOf(event, now, reading);
  const own = say.ifKnown(`event.${event.kind}`, params);
  return own ?? (event.status ? say.ifKnown(`status.${event.status}`, params) : null) ?? say("event.unknown", params);
}

export function sourceOf({ source }: SourcedEvent): string {
  return say.ifKnown(`source.${source}`) ?? source.replace(/^carrier:/, "");
}
