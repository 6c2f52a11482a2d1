import { describe, expect, it } from "vitest";
import { minorOf, plainOf } from "./amounts";
import { bodyOf, emptyForm, EU_REST, formOf, limitsSet, OPEN_END, wishesOf, type Vehicle } from "./form";

const CNY = "CNY";
const area = { point: { lat: 30, lon: 120 }, radius_m: 800 };

const full = () => ({
  ...emptyForm("sit_1"),
  name: "Van 1",
  overtimeMin: "30",
  overtimeCost: "45",
  dayMin: "540",
  wayKm: "120.5",
  stops: "80",
  trips: "2",
  end: OPEN_END,
  breaks: [{ earliest: "11:30", latest: "13:30", min: "30" }],
  rests: true,
  skills: "tail lift，cold",
  familiar: [area],
  unfamiliar: "3",
});

describe("amounts", () => {
  it.each([
    ["12.5", CNY, 1250],
    ["12,5", CNY, 1250],
    ["1500", "JPY", 1500],
    ["0.1", CNY, 10],
  ])("%s %s", (text, currency, minor) => {
    expect(minorOf(text, currency)).toBe(minor);
    expect(plainOf({ amount_minor: minor, currency })).toBe(text.replace(",", "."));
  });
});

describe("a vehicle", () => {
  it("says nothing that was not typed", () => {
    const { limits } = bodyOf(emptyForm("sit_1"), CNY);
    expect(limits).toMatchObject({ overtime_s_max: 0, duration_s_max: null, stops_max: null, drive_rest: null, unfamiliar_cost: null, breaks: [] });
    expect(limitsSet(emptyForm("sit_1"))).toBe(0);
  });

  it("is written in the platform's units", () => {
    const body = bodyOf(full(), CNY);
    expect(body).toMatchObject({ capacity_g: 800_000, capacity_cm3: 6_000_000, fixed_cost: { amount_minor: 10_000, currency: CNY } });
    expect(body.limits).toMatchObject({
      overtime_s_max: 1800,
      overtime_cost_per_h: { amount_minor: 4500, currency: CNY },
      duration_s_max: 32_400,
      distance_m_max: 120_500,
      trips_max: 2,
      reload_s: 900,
      open_end: true,
      end_depot_id: "",
      skills: ["tail lift", "cold"],
      breaks: [{ earliest: "11:30", latest: "13:30", duration_s: 1800 }],
      drive_rest: { drive_s_max: 16_200, duration_s: 2700 },
    });
  });

  it("sends what is no number as it was typed, to be refused", () => {
    const body = JSON.parse(JSON.stringify(bodyOf({ ...full(), stops: "many", unfamiliar: "dear" }, CNY)));
    expect([body.limits.stops_max, body.limits.unfamiliar_cost.amount_minor]).toEqual(["many", "dear"]);
  });

  it("reads back as it was typed", () => {
    const kept = { ...bodyOf(full(), CNY), id: "veh_1", created_at: "2026-11-24T00:00:00Z" } as Vehicle;
    expect(formOf(kept)).toEqual({ ...full(), skills: "tail lift, cold" });
    expect(limitsSet(full())).toBe(12);
  });

  it("has the European rest at hand", () => {
    expect(EU_REST).toEqual({ driveMin: String(4.5 * 60), restMin: "45" });
  });
});

describe("rules for a plan", () => {
  it.each([
    [{ level: "", balance: "", quotas: { sf: "" } }, {}],
    [{ level: "80", balance: "", quotas: {} }, { levels: [{ preference_max: 0, percent: 80 }] }],
    [{ level: "0", balance: "", quotas: {} }, { levels: [] }],
    [
      { level: "", balance: "12.5", quotas: { sf: "3", zto: " " } },
      { balance_cost_per_h: { amount_minor: 1250, currency: CNY }, quotas: { sf: 3 } },
    ],
  ])("%j", (form, wishes) => {
    expect(wishesOf(form, CNY)).toEqual(wishes);
  });
});
