import { describe, expect, it } from "vitest";
import { day, distance, duration, money, moneyPlain, percent, sentence, span, sumMoney, weight, type Reading, namedOn } from "./format";
import { grams, metres, seconds } from "./units";

const HANGZHOU: Reading = { language: "en", timeZone: "Asia/Shanghai" };
const NOW = new Date("2026-11-24T05:58:00Z"); // 13:58 in Hangzhou
const at = (time: string, on = "2026-11-24") => `${on}T${time}:00+08:00`;

describe("times at the place of delivery", () => {
  it("says a window as a person does", () => {
    expect(sentence(span(at("14:10"), at("14:40"), NOW, HANGZHOU))).toBe("Today, 14:10–14:40");
    expect(span(at("14:10"), at("14:40"), NOW, { ...HANGZHOU, language: "zh-CN" })).toBe("今天 14:10–14:40");
  });

  it("names both days when the window passes midnight", () => {
    expect(span(at("23:30"), at("00:30", "2026-11-25"), NOW, HANGZHOU)).toBe("today, 23:30 – tomorrow, 00:30");
  });

  it("counts the days by the clock of the place, not of the reader", () => {
    // 16:30 UTC on the 24th is already the 25th in Hangzhou.
    expect(day("2026-11-24T16:30:00Z", NOW, HANGZHOU)).toBe("tomorrow");
    expect(day("2026-11-24T16:30:00Z", NOW, { language: "en", timeZone: "America/Sao_Paulo" })).toBe("today");
  });

  it("names days farther away, and the year when it is another", () => {
    expect(day(at("09:00", "2026-11-27"), NOW, HANGZHOU)).toBe("Fri 27 Nov");
    expect(day(at("09:00", "2026-11-27"), NOW, { ...HANGZHOU, language: "zh-CN" })).toBe("11月27日周五");
    expect(day(at("09:00", "2027-01-04"), NOW, HANGZHOU)).toBe("Mon 4 Jan 2027");
  });
});

describe("money", () => {
  it.each([
    [12800, "CNY", "¥128.00"],
    [-5, "CNY", "-¥0.05"],
    [1500, "JPY", "¥1,500"],
    [99950, "BRL", "R$999.50"],
  ])("%d minor units of %s read %s", (amount_minor, currency, text) => {
    expect(money({ amount_minor, currency }, "en")).toBe(text);
  });

  it("is plain in a spreadsheet", () => {
    expect(moneyPlain({ amount_minor: 123456, currency: "CNY" })).toBe("1234.56");
    expect(moneyPlain({ amount_minor: 1500, currency: "JPY" })).toBe("1500");
  });

  it("adds one currency only", () => {
    const yuan = (amount_minor: number) => ({ amount_minor, currency: "CNY" });
    expect(sumMoney([yuan(1), yuan(2)])).toEqual(yuan(3));
    expect(sumMoney([yuan(1), { amount_minor: 1, currency: "EUR" }])).toBeNull();
    expect(sumMoney([])).toBeNull();
  });
});

it("says measures in the unit a person would take", () => {
  expect(distance(metres(823), "en")).toBe("820 m");
  expect(distance(metres(12_430), "en")).toBe("12.4 km");
  expect(weight(grams(750), "en")).toBe("750 g");
  expect(weight(grams(2_400), "en")).toBe("2.4 kg");
  expect(duration(seconds(45), "en")).toBe("45 s");
  expect(duration(seconds(720), "en")).toBe("12 min");
  expect(duration(seconds(720), "zh-CN")).toBe("12分钟");
  expect(duration(seconds(11_100), "en")).toBe("3 h 05");
  expect(percent(0.923, "en")).toBe("92%");
});

describe("a calendar day", () => {
  it.each([
    ["2026-11-24", "2026-11-20", "en", "Tue 24 Nov"],
    ["2026-11-24", "2026-11-20", "zh-CN", "11月24日周二"],
    ["2026-11-24", "2026-11-20", "zh-TW", "11月24日週二"],
    ["2026-11-24", "", "en", "Tue 24 Nov 2026"],
    ["2027-01-04", "2026-12-31", "zh-CN", "2027年1月4日周一"],
    ["", "2026-12-31", "en", ""],
  ] as const)("%s on %s in %s", (on, today, language, said) => expect(namedOn(on, today, language)).toBe(said));
});
