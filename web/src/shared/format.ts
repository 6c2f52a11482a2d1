/** Money, times and measures as a person says them. Pure: language, time zone and now come in as arguments. */

import type { CubicCentimetres, Grams, Metres, Seconds } from "./units";

export type Language = "en" | "zh-CN" | "zh-TW";

export interface Money {
  amount_minor: number;
  currency: string;
}

/** The place whose clock is meant, and the reader's language. */
export interface Reading {
  language: Language;
  timeZone: string;
}

/** English here is British: 24-hour clock, day before month. */
const LOCALES: Record<Language, string> = { en: "en-GB", "zh-CN": "zh-CN", "zh-TW": "zh-TW" };

const kept = new Map<string, unknown>();

/** Intl objects are dear to make and cheap to use. */
function keep<T>(key: string, make: () => T): T {
  const found = kept.get(key) as T | undefined;
  if (found !== undefined) return found;
  const made = make();
  kept.set(key, made);
  return made;
}

function moneyFormat(currency: string, language: Language): Intl.NumberFormat {
  return keep(`money ${currency} ${language}`, () => {
    const options = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
    return new Intl.NumberFormat(LOCALES[language], options);
  });
}

/** `Money(12800, CNY)` is "¥128.00". The minor units a currency has are Intl's (ISO 4217). */
export function money(amount: Money, language: Language): string {
  const format = moneyFormat(amount.currency, language);
  return format.format(amount.amount_minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** The same without its sign, for columns whose head names the currency, and for spreadsheets: "128.00". */
export function moneyPlain(amount: Money): string {
  const digits = moneyFormat(amount.currency, "en").resolvedOptions().maximumFractionDigits ?? 2;
  return (amount.amount_minor / 10 ** digits).toFixed(digits);
}

/** Adds amounts of one currency; `null` when there is nothing to add or currencies are mixed. */
export function sumMoney(amounts: readonly Money[]): Money | null {
  const first = amounts[0];
  if (!first || amounts.some((each) => each.currency !== first.currency)) return null;
  return { amount_minor: amounts.reduce((sum, each) => sum + each.amount_minor, 0), currency: first.currency };
}

export function count(value: number, language: Language): string {
  return keep(`count ${language}`, () => new Intl.NumberFormat(LOCALES[language])).format(value);
}

/** `0.923` is "92 %" in English figures and "92%" in Chinese. */
export function percent(share: number, language: Language): string {
  const options = { style: "percent", maximumFractionDigits: 0 } as const;
  return keep(`percent ${language}`, () => new Intl.NumberFormat(LOCALES[language], options)).format(share);
}

export function clock(at: string | Date, { language, timeZone }: Reading): string {
  return keep(`clock ${language} ${timeZone}`, () => {
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
    return new Intl.DateTimeFormat(LOCALES[language], options);
  }).format(new Date(at));
}

/** The calendar day at a place, as `2026-11-24`; sorts and compares as text. */
export function dayOf(at: string | Date, timeZone: string): string {
  return keep(`day ${timeZone}`, () => {
    const options = { year: "numeric", month: "2-digit", day: "2-digit", timeZone } as const;
    return new Intl.DateTimeFormat("en-CA", options);
  }).format(new Date(at));
}

const DAY_MS = 86_400_000;

function daysApart(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
}

function namedDay(at: Date, { language, timeZone }: Reading, withYear: boolean): string {
  return keep(`named ${language} ${timeZone} ${withYear}`, () => {
    const year = withYear ? ({ year: "numeric" } as const) : {};
    const month = language === "en" ? "short" : "long";
    const options = { weekday: "short", day: "numeric", month, timeZone, ...year } as const;
    return new Intl.DateTimeFormat(LOCALES[language], options);
  }).format(at);
}

/** "today", "tomorrow", "yesterday", else "Tue 24 Nov"; the year only when it is another one. */
export function day(at: string | Date, now: Date, reading: Reading): string {
  const date = new Date(at);
  const theDay = dayOf(date, reading.timeZone);
  const today = dayOf(now, reading.timeZone);
  const apart = daysApart(theDay, today);
  if (Math.abs(apart) <= 1) {
    const relative = keep(
      `relative ${reading.language}`,
      () => new Intl.RelativeTimeFormat(LOCALES[reading.language], { numeric: "auto" }),
    );
    return relative.format(apart, "day");
  }
  return namedDay(date, reading, theDay.slice(0, 4) !== today.slice(0, 4)).replace(",", "");
}

const joinDay = (theDay: string, rest: string, language: Language): string =>
  language === "en" ? `${theDay}, ${rest}` : `${theDay} ${rest}`;

/** A calendar day, `2026-11-24`, as "Tue 24 Nov" wherever the reader is; its year if it is another than today's. */
export function namedOn(on: string, today: string, language: Language): string {
  const noon = new Date(`${on}T12:00:00Z`);
  if (Number.isNaN(noon.getTime())) return on;
  return namedDay(noon, { language, timeZone: "UTC" }, on.slice(0, 4) !== today.slice(0, 4)).replace(",", "");
}

/** "today, 14:10" */
export function moment(at: string | Date, now: Date, reading: Reading): string {
  return joinDay(day(at, now, reading), clock(at, reading), reading.language);
}

/** "today, 14:10–14:40"; over midnight both days are named; equal ends are one time. */
export function span(start: string | Date, end: string | Date, now: Date, reading: Reading): string {
  const from = clock(start, reading);
  const to = clock(end, reading);
  const theDay = day(start, now, reading);
  if (dayOf(start, reading.timeZone) !== dayOf(end, reading.timeZone)) {
    return `${joinDay(theDay, from, reading.language)} – ${moment(end, now, reading)}`;
  }
  return joinDay(theDay, from === to ? from : `${from}–${to}`, reading.language);
}

/** The first letter large, for a line that begins with a time. Chinese has no such letters. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function unit(value: number, name: string, digits: number, language: Language): string {
  const options = { style: "unit", unit: name, maximumFractionDigits: digits } as const;
  return keep(`unit ${name} ${digits} ${language}`, () => new Intl.NumberFormat(LOCALES[language], options)).format(value);
}

/** "820 m", "12.4 km" */
export function distance(value: Metres, language: Language): string {
  if (value < 1000) return unit(Math.round(value / 10) * 10, "meter", 0, language);
  return unit(value / 1000, "kilometer", value < 100_000 ? 1 : 0, language);
}

/** "750 g", "2.4 kg" */
export function weight(value: Grams, language: Language): string {
  return value < 1000 ? unit(value, "gram", 0, language) : unit(value / 1000, "kilogram", 1, language);
}

/** "0.4 l", "12.5 l", "130 l" */
export function volume(value: CubicCentimetres, language: Language): string {
  return unit(Math.max(value, 10) / 1000, "liter", value < 1000 ? 2 : value < 100_000 ? 1 : 0, language);
}

/** "45 s", "12 min", "3 h 05"; "45秒钟", "12分钟", "3小时5分钟". */
export function duration(value: Seconds, language: Language): string {
  if (value < 60) return spell(Math.round(value), "second", "s", language);
  const minutes = Math.round(value / 60);
  if (minutes < 60) return spell(minutes, "minute", "min", language);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (language === "en") return `${hours} h ${String(rest).padStart(2, "0")}`;
  return unit(hours, "hour", 0, language) + (rest ? unit(rest, "minute", 0, language) : "");
}

/** Intl's English says "45 secs" and "12 mins"; the signs of the units are shorter and never counted. */
const spell = (value: number, name: string, sign: string, language: Language): string =>
  language === "en" ? `${value} ${sign}` : unit(value, name, 0, language);
