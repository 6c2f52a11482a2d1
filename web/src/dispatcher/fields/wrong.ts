/** What is wrong with a field that was sent, in the reader's language: by Pydantic's type of the error, with its limits. */

import type { Problem } from "../../shared/api/contract";
import { count, distance, duration, volume, weight, type Language } from "../../shared/format";
import { cubicCentimetres, grams, metres, seconds } from "../../shared/units";
import { speech } from "../../shared/words/index.svelte";
import { say } from "./say";

type FieldError = NonNullable<Problem["errors"]>[number];

/** The kinds of errors that have words; of a type that is not here, the first part decides, else nothing is known of it. */
const KINDS: Record<string, string> = {
  missing: "missing",
  int: "whole",
  float: "number",
  decimal: "number",
  finite_number: "number",
  greater_than_equal: "ge",
  greater_than: "gt",
  less_than_equal: "le",
  less_than: "lt",
  string_too_short: "short",
  string_too_long: "long",
  string_pattern_mismatch: "form",
  string: "text",
  too_short: "few",
  too_long: "many",
  date: "date",
  time: "time",
  datetime: "moment",
  timezone: "moment",
  bool: "truth",
  enum: "choice",
  literal_error: "choice",
  extra_forbidden: "extra",
  json_invalid: "json",
};

const NO_FIGURE: Record<string, string> = { ge: "little", gt: "little", le: "much", lt: "much" };

/** A limit as a person says it: the unit stands in the field's name. */
function limitText(field: string, value: string | number, language: Language): string {
  if (typeof value !== "number") return value;
  if (field.endsWith("_g")) return weight(grams(value), language);
  if (field.endsWith("_cm3")) return volume(cubicCentimetres(value), language);
  if (/_m(_max)?$/.test(field)) return distance(metres(value), language);
  if (/_s(_max)?$/.test(field) && value > 0) return duration(seconds(value), language);
  return count(value, language);
}

/** Money travels in cents and is entered in whole units: of such a limit no figure is said but nought. */
function kindOf(field: string, { code = "", facts = {} }: FieldError): string | undefined {
  const kind = KINDS[code] ?? KINDS[code.split("_")[0] ?? ""];
  if (kind === "short" && facts["min_length"] === 1) return "empty";
  const limit = kind && NO_FIGURE[kind] ? facts[kind] : 0;
  return limit && field.includes("minor") ? NO_FIGURE[kind ?? ""] : kind;
}

/** What is wrong, to stand beside the field. */
export function wrongText(error: FieldError): string {
  const field = error.field.split(".").at(-1) ?? "";
  const facts = Object.fromEntries(Object.entries(error.facts ?? {}).map(([name, value]) => [name, limitText(field, value, speech.language)]));
  const text = say.ifKnown(`wrong.${kindOf(field, error)}`, facts);
  return text === null || /\{\w+\}/.test(text) ? say("wrong.other", { message: error.message }) : text;
}

/** A field by the innermost part of its path that has a name: `limits.breaks[0].duration_s`, `fixed_cost.amount_minor`. */
export function fieldName(path: string): string {
  const parts = path.split(/[.[\]]+/).filter(Boolean);
  return parts.map((part) => say.ifKnown(`field.${part}`)).filter((name) => name !== null).at(-1) ?? path;
}

/** Which field is wrong, and how. */
export const fieldText = (error: FieldError): string => say("named", { field: fieldName(error.field), wrong: wrongText(error) });
