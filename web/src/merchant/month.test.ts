import { describe, expect, it } from "vitest";
import type { Shipment } from "./contract";
import { firstOfMonth, lastOfMonth, markOf, monthOf } from "./month";

const at = (time: string) => `2026-11-24T${time}:00+08:00`;
const PROMISE = { start: at("14:00"), end: at("16:00") };
const shipment = (status: string, status_at = at("15:00"), promise: Shipment["promise"] = PROMISE) => ({ status, status_at, promise }) as Shipment;

it("counts a month", () => {
  const shipments = [
    shipment("delivered"),
    shipment("delivered", at("16:00")), // the end is still in the promise
    shipment("delivered", at("16:01")),
    shipment("delivered", at("20:00"), null),
    shipment("in_transit"),
    shipment("delivery_failed"),
    shipment("returned"),
    shipment("cancelled"),
  ];
  expect(monthOf(shipments)).toEqual({ taken: 8, delivered: 4, kept: 3, open: 2, trouble: 1, notArriving: 2 });
  expect(monthOf([])).toEqual({ taken: 0, delivered: 0, kept: 0, open: 0, trouble: 0, notArriving: 0 });
});

it.each([
  ["2026-11-24T00:00:00Z", "Asia/Shanghai", "2026-11-01", "2026-11-30"],
  ["2026-11-30T17:00:00Z", "Asia/Shanghai", "2026-12-01", "2026-12-31"],
  ["2028-02-10T00:00:00Z", "UTC", "2028-02-01", "2028-02-29"],
])("%s in %s lies in the month from %s to %s", (now, zone, first, last) => {
  expect(firstOfMonth(new Date(now), zone)).toBe(first);
  expect(lastOfMonth(first)).toBe(last);
});

describe("the state for the eye", () => {
  const noon = new Date(at("12:00"));
  const night = new Date(at("23:00"));
  it.each([
    ["in_transit", noon, "on_time"],
    ["in_transit", night, "broken"],
    ["ready_for_pickup", night, "on_time"],
    ["delivery_failed", noon, "at_risk"],
    ["returned", night, "done"],
    ["lost", noon, "broken"],
  ] as const)("of %s at %s is %s", (status, now, mark) => {
    expect(markOf(shipment(status), now)).toBe(mark);
  });
  it("of a delivery after the promise is broken", () => {
    expect(markOf(shipment("delivered", at("17:00")), night)).toBe("broken");
    expect(markOf(shipment("delivered"), night)).toBe("done");
  });
});
