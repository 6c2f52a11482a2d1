import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { speech } from "../shared/words/index.svelte";
import type { PlanHead } from "./model";
import { failureText, problemText } from "./refusing";
import { say } from "./say";

const LOGISTICS = new URL("../../../logistics/", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, LOGISTICS), "utf8");
const inFolder = (folder: string): string => readdirSync(new URL(folder, LOGISTICS)).filter((name) => name.endsWith(".py")).map((name) => read(`${folder}/${name}`)).join("\n");

/** What the server says no with where this screen asks: by its source. */
const SOURCE = [inFolder("routing/edge"), inFolder("delivery/edge/replan"), read("delivery/edge/release.py"), read("delivery/edge/quotas.py"), read("delivery/replanning.py"), read("kit/edge/http.py")].join("\n");
const CODES = [...SOURCE.matchAll(/(?<!Out\()\bcode="(\w+)"/g)].map(([, code]) => code ?? "");
const STATES = [...(read("routing/lifecycle.py").split("class PlanState")[1]?.split("class")[0] ?? "").matchAll(/ = "(\w+)"/g)].map(([, state]) => `plan_${state}`);

const READING = { language: "en", timeZone: "Asia/Shanghai" } as const;
const problem = (code: string, more = {}) => ({ type: `urn:logistics:problem:${code}`, title: "", status: 409, detail: "The server says.", ...more });
const busy = (vehicle: string) => ({ field: "veh_1", message: "", expected: "", code: "busy", facts: { vehicle, start_at: "2026-11-24T12:00:00Z", end_at: "2026-11-24T17:00:00+00:00" } });

afterEach(() => (speech.language = "en"));

describe("every refusal of the server has words", () => {
  it("finds the codes where the server keeps them", () => {
    expect(CODES).toEqual(expect.arrayContaining(["vehicle_busy", "quota_used_up", "plan_outdated", "mixed_currencies", "no_runs", "runs_moved_on", "not_waiting", "name_taken", "travel_unavailable"]));
    expect(STATES).toHaveLength(7);
  });

  it("by its code", () => {
    expect([...CODES, ...STATES, "unavailable", "our_fault", "broke_off", "invalid"].filter((code) => say.ifKnown(`problem.${code}`) === null)).toEqual([]);
  });
});

describe("a refusal", () => {
  it.each([
    ["en", "Van 1 has a run from 20:00 to 01:00 already."],
    ["zh-CN", "Van 1 在 20:00 至 01:00 已有车次。"],
    ["zh-TW", "Van 1 在 20:00 至 01:00 已有車次。"],
  ] as const)("names van and hours in %s", (language, said) => {
    speech.language = language;
    const text = problemText(problem("vehicle_busy", { errors: [busy("Van 1")] }), { ...READING, language });
    expect(text).toEqual({ title: say("problem.vehicle_busy"), text: said });
  });

  it("is said in the server's words where its code is new, or where what it names did not come along", () => {
    expect(problemText(problem("brand_new"), READING)).toBeNull();
    expect(problemText(problem("mixed_currencies"), READING)).toBeNull();
    expect(problemText(problem("mixed_currencies", { facts: { currencies: "CNY, EUR" } }), READING)?.title).toContain("(CNY, EUR)");
    expect(problemText(problem("plan_outdated", { errors: [{ field: "x", message: "What is new.", code: "new", facts: {} }] }), READING)?.text).toBe("What is new.");
    expect(problemText(null, READING)).toBeNull();
  });

  it.each([
    ["en", "What was entered cannot be taken as it is. Nothing was changed.", "Time to search: must be 600 or less."],
    ["zh-CN", "填写的内容有误，没有做任何更改。", "计算时间：不得大于 600。"],
    ["zh-TW", "填寫的內容有誤，沒有做任何變更。", "計算時間：不得大於 600。"],
  ] as const)("of fields names them in %s", (language, title, text) => {
    speech.language = language;
    const errors = [{ field: "seconds", message: "Input should be", expected: "le 600", code: "less_than_equal", facts: { le: 600 } }];
    expect(problemText(problem("invalid", { errors, facts: { field: "seconds" } }), { ...READING, language })).toEqual({ title, text });
  });

  it("does not list a hundred vans", () => {
    const { text } = problemText(problem("vehicle_busy", { errors: Array.from({ length: 7 }, (_, number) => busy(`Van ${number}`)) }), READING) ?? { text: "" };
    expect([text.match(/Van \d/g)?.length, text.endsWith("And 2 more.")]).toEqual([5, true]);
  });
});

describe("why a search came to nothing", () => {
  const failed = (error_code: string, error_facts = {}): PlanHead => ({ id: "p", state: "failed", depot_ids: [], error: "The server says.", error_code, error_facts });

  it.each([
    ["en", "Its search was begun 3 times and broke off each time; ask for a smaller plan."],
    ["zh-CN", "计算开始了 3 次，每次都中断；请缩小方案范围。"],
    ["zh-TW", "計算開始了 3 次，每次都中斷；請縮小方案範圍。"],
  ] as const)("is said in %s", (language, said) => {
    speech.language = language;
    expect(failureText(failed("broke_off", { times: 3 }), { ...READING, language })).toBe(said);
  });

  it.each([
    ["en", "The day cannot be planned as it was entered: Depot. (The server says.)", "The day cannot be planned as it was entered. (The server says.)"],
    ["zh-CN", "按现有资料无法规划这一天：仓库。（The server says.）", "按现有资料无法规划这一天。（The server says.）"],
    ["zh-TW", "依現有資料無法規劃這一天：倉庫。（The server says.）", "依現有資料無法規劃這一天。（The server says.）"],
  ] as const)("names what was entered wrongly in %s", (language, named, unnamed) => {
    speech.language = language;
    const reading = { ...READING, language };
    expect([failureText(failed("invalid", { field: "depot_id" }), reading), failureText(failed("invalid"), reading)]).toEqual([named, unnamed]);
  });

  it("is said in the server's words where the code is new", () => {
    expect([failureText(failed("brand_new"), READING), failureText(failed(""), READING)]).toEqual(["The server says.", "The server says."]);
  });
});
