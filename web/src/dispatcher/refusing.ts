/** What the platform refused, or why a search came to nothing, in the reader's language: by code, with the figures and names beside it. */

import type { Problem } from "../shared/api/contract";
import { clock, type Reading } from "../shared/format";
import { speech } from "../shared/words/index.svelte";
import { fieldName, fieldText } from "./fields/wrong";
import type { PlanHead } from "./model";
import { say } from "./say";

type Facts = Record<string, string | number>;

const SAID_MAX = 5; // of what stands in the way one by one; the rest is counted

/** Moments become times of day; everything else is said as it came. */
function readable(facts: Facts, reading: Reading): Facts {
  const one = ([name, value]: [string, string | number]) => [name, name.endsWith("_at") ? clock(String(value), reading) : value] as const;
  return Object.fromEntries(Object.entries(facts).map(one));
}

/** The sentence of a code; none if it is not known, or if the answer left out what the sentence names. */
function sentenceOf(key: string, facts: Facts, reading: Reading): string | null {
  const text = say.ifKnown(key, readable(facts, reading));
  return text === null || /\{\w+\}/.test(text) ? null : text;
}

/** What was refused, and what stands in the way one by one. */
export interface Said {
  title: string;
  text: string;
}

/** What was refused; none where the code is not known, so that the server's own words are shown. */
export function problemText(problem: Problem | null, reading: Reading): Said | null {
  const code = problem?.type?.split(":").at(-1) ?? "";
  const said = problem && sentenceOf(`problem.${code}`, { ...problem.facts, detail: problem.detail ?? "" }, reading);
  if (!said) return null;
  const errors = (problem.errors ?? []).map((each) => sentenceOf(`problem.each.${each.code}`, each.facts ?? {}, reading) ?? (code === "invalid" ? fieldText(each) : each.message));
  const rest = errors.length - SAID_MAX;
  const shown = [...errors.slice(0, SAID_MAX), ...(rest > 0 ? [say("problem.rest", { count: rest })] : [])];
  return { title: said, text: shown.join(say("between")) };
}

/** Why a search came to nothing. */
export function failureText({ error, error_code: code = "", error_facts: facts = {} }: PlanHead, reading: Reading): string {
  if (code === "invalid") return enteredWrongly(facts["field"], error);
  return sentenceOf(`problem.${code}`, { ...facts, detail: error }, reading) ?? error;
}

/** A search has no form whose field could be shown: what was entered for the day is wrong. */
function enteredWrongly(path: string | number | undefined, detail: string): string {
  return path ? say("failed.invalid", { field: fieldName(String(path)), detail }) : say("failed.invalid.unnamed", { detail });
}

/** Of vehicles nothing is refused by the hour: no time zone is needed to say it. */
export const refusal = (problem: Problem): Said | null => problemText(problem, { language: speech.language, timeZone: "UTC" });
