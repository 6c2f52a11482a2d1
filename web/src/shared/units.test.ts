import { expect, it } from "vitest";
import { distanceBetween, metres, seconds, toGeoJson, type Metres } from "./units";

it("keeps units apart", () => {
  const far: Metres = metres(5);
  // @ts-expect-error seconds are not metres
  const wrong: Metres = seconds(5);
  expect(far).toBe(wrong);
});

it("measures along the great circle", () => {
  // One degree of longitude on the equator: 6,371,008.8 m x pi / 180.
  expect(distanceBetween({ lat: 0, lon: 0 }, { lat: 0, lon: 1 })).toBeCloseTo(111_195.08, 1);
  expect(distanceBetween({ lat: 30, lon: 120 }, { lat: 30, lon: 120 })).toBe(0);
});

it("turns places round for GeoJSON only", () => {
  expect(toGeoJson({ lat: 30.28, lon: 120.14 })).toEqual([120.14, 30.28]);
});
