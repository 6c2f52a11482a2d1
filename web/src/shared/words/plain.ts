/** What a text may be, and how one is said. Pure. */

import type { Language } from "../format";

/** A sentence, or the forms a counted noun needs; `{name}` is replaced by the parameter of that name. */
export type Text = string | { one: string; other: string };
export type Words = Record<string, Text>;
export type Params = Record<string, string | number>;

const PLURAL_LOCALES: Record<Language, string> = { en: "en-GB", "zh-CN": "zh-CN", "zh-TW": "zh-TW" };

function formOf(text: Text, language: Language, params: Params): string {
  if (typeof text === "string") return text;
  const counted = Number(params["count"] ?? 0);
  return new Intl.PluralRules(PLURAL_LOCALES[language]).select(counted) === "one" ? text.one : text.other;
}

/** Fills the holes of a text. A hole without a parameter stays visible, so that it is found. */
export function fill(text: Text, language: Language, params: Params = {}): string {
  return formOf(text, language, params).replace(/\{(\w+)\}/g, (hole, name: string) =>
    params[name] === undefined ? hole : String(params[name]),
  );
}

/** The names of the holes in a text, sorted; of all its forms together. */
export function holes(text: Text): string[] {
  const all = typeof text === "string" ? text : `${text.one} ${text.other}`;
  return [...new Set([...all.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

const CHOICES: readonly Language[] = ["en", "zh-CN", "zh-TW"];

/** The nearest language we speak: 繁體 for Taiwan, Hong Kong and Macau, 简体 for every other Chinese, else English. */
export function nearest(asked: readonly (string | null | undefined)[]): Language {
  for (const each of asked) {
    const tag = (each ?? "").toLowerCase();
    const exact = CHOICES.find((choice) => choice.toLowerCase() === tag);
    if (exact) return exact;
    if (tag.startsWith("zh")) return /hant|tw|hk|mo/.test(tag) ? "zh-TW" : "zh-CN";
    if (tag.startsWith("en")) return "en";
  }
  return "en";
}
