import { afterEach, describe, expect, it } from "vitest";
import { speech } from "../../shared/words/index.svelte";
import { fieldName, fieldText, wrongText } from "./wrong";

const error = (field: string, code: string, facts: Record<string, string | number> = {}) => ({ field, code, facts, message: "The server says", expected: "" });

afterEach(() => (speech.language = "en"));

describe("a wrong field is said in the reader's language", () => {
  it.each([
    [error("limits.stops_max", "int_parsing"), "Most stops: must be a whole number.", "最多站数：须为整数。", "最多站數：須為整數。"],
    [error("name", "string_too_short", { min_length: 1 }), "Name: must not be empty.", "名称：不能为空。", "名稱：不得為空。"],
    [error("name", "string_too_long", { max_length: 100 }), "Name: must have 100 characters or fewer.", "名称：不得超过 100 个字符。", "名稱：不得超過 100 個字元。"],
    [error("capacity_g", "greater_than_equal", { ge: 0 }), "Weight: must be 0 g or more.", "载重：不得小于 0 g。", "載重：不得小於 0 克。"],
    [error("limits.breaks[0].duration_s", "greater_than_equal", { ge: 60 }), "Length of the rest: must be 1 min or more.", "休息时长：不得小于 1分钟。", "休息時間：不得小於 1 分鐘。"],
    [error("fixed_cost.amount_minor", "greater_than_equal", { ge: 0 }), "Cost of a day: must be 0 or more.", "每天成本：不得小于 0。", "每天成本：不得小於 0。"],
    [error("fixed_cost.amount_minor", "less_than_equal", { le: 1_000_000 }), "Cost of a day: is too much.", "每天成本：数值太大。", "每天成本：數值太大。"],
    [error("on", "date_from_datetime_parsing"), "Day: must be a day.", "日期：须为日期。", "日期：須為日期。"],
    [error("brand_new", "missing"), "brand_new: is missing.", "brand_new：未填写。", "brand_new：未填寫。"],
    [error("travel", ""), "Travel times: cannot be taken as it is (The server says).", "行驶时间：填写的内容无法接受（The server says）。", "行駛時間：填寫的內容無法接受（The server says）。"],
    [error("name", "value_error", {}), "Name: cannot be taken as it is (The server says).", "名称：填写的内容无法接受（The server says）。", "名稱：填寫的內容無法接受（The server says）。"],
  ])("%o", (wrong, ...said) => {
    const texts = (["en", "zh-CN", "zh-TW"] as const).map((language) => {
      speech.language = language;
      return fieldText(wrong).replace(/\u00a0/g, " ");
    });
    expect(texts).toEqual(said);
  });

  it("in general where a limit did not come along", () => {
    expect(wrongText(error("seconds", "less_than_equal"))).toBe("cannot be taken as it is (The server says)");
  });
});

describe("a field without a name of its own", () => {
  it.each([
    ["body", "body"],
    ["quotas.post", "The carrier's limit"],
    ["moves[2].shipment_id", "Order"],
    ["tasks[3].load", "tasks[3].load"],
  ])("%s: %s", (path, name) => expect(fieldName(path)).toBe(name));
});
