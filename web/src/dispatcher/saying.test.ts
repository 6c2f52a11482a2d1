import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findingText, reasonText, repairText, violationText } from "./saying";
import { speech } from "../shared/words/index.svelte";
import { say } from "./say";
import { say as sayReplan } from "./replan/say";

const source = (path: string): string => readFileSync(new URL(`../../../logistics/${path}`, import.meta.url), "utf8");

/** The codes of a vocabulary, as the server's source lists them: what it can send. */
function codesIn(path: string, vocabulary: string): string[] {
  const [, body = ""] = source(path).split(`class ${vocabulary}(StrEnum):`);
  const [own = ""] = body.split(/\n\n\n/);
  return [...own.matchAll(/^ {4}[A-Z_]+ = "(\w+)"/gm)].map(([, code]) => code ?? "");
}

const REASONS = codesIn("routing/reasons.py", "Reason");
const RULES = codesIn("routing/violations.py", "Rule");
const RELAXED = [...(source("routing/reasons.py").split("RELAXED_IN_ORDER = (")[1]?.split(")")[0] ?? "").matchAll(/Reason\.(\w+)/g)].map(([, name]) => name?.toLowerCase() ?? "");
const NEEDS = [...(source("routing/edge/wording.py").split("NEEDS = {")[1]?.split("}")[0] ?? "").matchAll(/"(\w+)":/g)].map(([, code]) => code ?? "");
const FOUND_IN = [
  ...["day_planner", "off_road", "engine", "crew", "explaining"].map((file) => `routing/edge/${file}.py`),
  "delivery/edge/release.py",
].map(source).join("\n");
const FINDINGS = [...FOUND_IN.matchAll(/Finding\(\s*[^,()]*(?:\([^)]*\))?[^,()]*, "(\w+)"/g)].map(([, code]) => code ?? "");
const READING = { language: "en", timeZone: "UTC" } as const;

const wordless = (prefix: string, codes: readonly string[]) => codes.filter((code) => say.ifKnown(`${prefix}.${code}`) === null);

describe("every code the server can name has words", () => {
  it("finds the codes where the server keeps them", () => {
    expect([REASONS.length, RULES.length, RELAXED.length, NEEDS.length].every((many) => many > 3)).toBe(true);
    expect(new Set(FINDINGS)).toEqual(new Set(["shift_over", "has_runs", "no_point", "not_reached", "off_road", "died", "overdue", "away", "unexplained", "not_waiting"]));
  });

  it.each([
    ["reason", REASONS],
    ["short", [...RELAXED, ...RULES]],
    ["rule", RULES],
    ["need", NEEDS],
    ["finding", FINDINGS],
    ["repair", REASONS.filter((code) => !["pair", "unreachable", "several"].includes(code))], // these no single change mends
  ])("%s", (prefix, codes) => {
    expect(wordless(prefix, codes)).toEqual([]);
  });

  it("also of a running day", () => {
    expect(["vehicle_lost", "no_place", "several"].filter((code) => sayReplan.ifKnown(`reason.${code}`) === null)).toEqual([]);
  });
});

describe("what is not known by its code", () => {
  it("is said in the server's words", () => {
    expect(reasonText({ code: "new", text: "The server says.", together: [] })).toBe("The server says.");
    expect(violationText({ code: "new", text: "The server says.", amount: 1 }, "CNY", READING)).toBe("The server says.");
    expect(findingText({ where: "plan", code: "new", message: "The server says." }, new Map(), "CNY", READING)).toBe("The server says.");
  });
});

describe("a broken rule without a name", () => {
  it.each([
    ["skill", 1, "the van lacks what it asks for"],
    ["capacity", 500, "too much on board"],
    ["times", 90, "2 min too fast to be true"],
    ["lost", 1, "it is nowhere in the plan"],
  ])("%s %i: %s", (code, amount, said) => {
    expect(violationText({ code, text: "", amount }, "CNY", READING)).toBe(said);
  });
});

describe("a broken rule says by how much", () => {
  const cases = [
    ["capacity", 4200, "g", "g", "4.2 kg too much on board", "超载 4.2 kg", "超載 4.2 公斤"],
    ["capacity", 12_000, "cm3", "cm3", "12 l too much on board", "超载 12升", "超載 12 升"],
    ["capacity", 1, "parcels", "parcels", "1 parcel too much on board", "超载 1 件", "超載 1 件"],
    ["window", 700, "s", "", "12 min outside the time window", "超出时间窗 12分钟", "超出時段 12 分鐘"],
    ["window", 700, "s", "early", "12 min before the time window opens", "比时间窗开始早 12分钟", "比時段開始早 12 分鐘"],
    ["window", 700, "s", "late", "12 min after the time window closes", "比时间窗结束晚 12分钟", "比時段結束晚 12 分鐘"],
    ["distance", 1500, "m", "", "1.5 km too far", "里程超出 1.5公里", "里程超出 1.5 公里"],
    ["cash", 2500, "minor", "cash", "¥25.00 too much cash on board", "随车现金超出 ¥25.00", "隨車現金超出 ¥25.00"],
    ["stops", 1, "count", "", "1 stop too many", "多出 1 站", "多出 1 站"],
    ["room", 3, "count", "Corner Store", "3 too many for Corner Store", "Corner Store 超出容量 3 件", "Corner Store 超出容量 3 件"],
  ] as const;
  const languages = ["en", "zh-CN", "zh-TW"] as const;

  it.each(cases)("%s, %i %s", (code, amount, unit, name, ...said) => {
    const texts = languages.map((language) => {
      speech.language = language;
      return violationText({ code, text: "", amount, unit, name }, "CNY", { language, timeZone: "UTC" });
    });
    speech.language = "en";
    expect(texts.map((text) => text.replace(/\u00a0/g, " "))).toEqual(said);
  });
});

describe("what would help", () => {
  const repair = (name: string, amount: number) => ({ code: "capacity", text: "", price: { amount_minor: 0, currency: "CNY" }, amount, name, vehicle_name: "Van 1", start_at: null, needs: [], moves: [] });

  it.each([
    ["g", 800, "800 g more on Van 1"],
    ["parcels", 2, "2 parcels more on Van 1"],
    ["g, parcels", 802, "more room on Van 1"],
  ])("of %s", (name, amount, said) => {
    expect(repairText(repair(name, amount), READING)).toBe(said);
  });
});

describe("what was noticed with a figure", () => {
  it.each([
    ["task shp_1", "window", 700, "s", "Li: taken off its route, for it broke a rule: 12 min outside the time window"],
    ["task shp_1", "aboard", 0, "", "Li: taken off its route, for it broke a rule: where the goods are"],
    ["shipment XB1", "off_road", 640, "m", "XB1: lies 640 m from the nearest road"],
    ["shipment XB1", "not_reached", 5400, "m", "XB1: lies 5.4 km from the nearest road; no van is planned there"],
    ["plan", "unexplained", 1, "count", "1 order on no route is not explained yet; select it to see why."],
  ] as const)("at '%s', %s by %i %s", (where, code, amount, unit, said) => {
    expect(findingText({ where, code, message: "", amount, unit }, new Map([["shp_1", "Li"]]), "CNY", READING)).toBe(said);
  });
});

describe("a repair outside the window says which side", () => {
  const repair = (name: string) => ({ code: "window", text: "", price: { amount_minor: 0, currency: "CNY" }, amount: 700, name, vehicle_name: "Van 1", start_at: "2026-11-24T08:00:00Z", needs: [], moves: [] });

  it.each([
    ["early", "Van 1 at 08:00, 12 min before the window opens"],
    ["late", "Van 1 at 08:00, 12 min after the window closes"],
    ["early, late", "Van 1 at 08:00, 12 min outside the window"],
    ["", "Van 1 at 08:00, 12 min outside the window"],
  ])("%s", (name, said) => {
    expect(repairText(repair(name), READING)).toBe(said);
  });
});

it("says which side of the window took an order off its route", () => {
  const finding = { where: "task shp_1", code: "window", message: "", amount: 700, unit: "s", name: "late" } as const;
  expect(findingText(finding, new Map([["shp_1", "Li"]]), "CNY", READING)).toBe("Li: taken off its route, for it broke a rule: 12 min after the time window closes");
});

it("says in which hours a van with runs is planned", () => {
  const finding = { where: "vehicle Van 1", code: "has_runs", message: "", name: "13:00-18:00" };
  expect(findingText(finding, new Map(), "CNY", READING)).toBe("Van 1: has runs already; planned 13:00-18:00 only");
});

describe("what was noticed", () => {
  it.each([
    ["vehicle Van 1", "shift_over", "Van 1: its shift is over"],
    ["vehicle Van 1", "has_runs", "Van 1: has runs all its shift; not planned"],
    ["shipment XB1", "no_point", "XB1: its address is nowhere on the map"],
    ["shipments XB1, XB2", "off_road", "XB1, XB2: lies away from any road"],
    ["the depot of Van 1", "not_reached", "depot of Van 1: cannot be reached by road; no van is planned there"],
    ["task shp_1", "capacity", "Li: taken off its route, for it broke a rule: room on board"],
    ["shp_1", "not_waiting", "Li: waits no more, so it was not handed over."],
    ["Corner Store", "off_road", "Corner Store: lies away from any road"],
    ["solver", "died", "A search gave up; the best plan so far was taken."],
  ])("at '%s', %s: '%s'", (where, code, said) => {
    expect(findingText({ where, code, message: "" }, new Map([["shp_1", "Li"]]), "CNY", READING)).toBe(said);
  });
});
