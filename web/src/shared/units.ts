/** Numbers that know their unit, so that metres are never added to seconds. */

type Branded<Unit extends string> = number & { readonly unit: Unit };

export type Metres = Branded<"m">;
export type Seconds = Branded<"s">;
export type Grams = Branded<"g">;
export type CubicCentimetres = Branded<"cm3">;
export type Pixels = Branded<"px">;
export type Milliseconds = Branded<"ms">;

export const metres = (value: number): Metres => value as Metres;
export const seconds = (value: number): Seconds => value as Seconds;
export const grams = (value: number): Grams => value as Grams;
export const cubicCentimetres = (value: number): CubicCentimetres => value as CubicCentimetres;
export const milliseconds = (value: number): Milliseconds => value as Milliseconds;

/** A place on WGS-84. Never a bare pair; `[lon, lat]` exists only in GeoJSON, and `toGeoJson` is its one door. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

export const toGeoJson = (point: Point): [number, number] => [point.lon, point.lat];

const EARTH_RADIUS_M = 6_371_008.8;

/** Great-circle distance (haversine), good to half a per cent: enough to decide what fits on a map. */
export function distanceBetween(from: Point, to: Point): Metres {
  const radians = Math.PI / 180;
  const halfLat = Math.sin(((to.lat - from.lat) * radians) / 2);
  const halfLon = Math.sin(((to.lon - from.lon) * radians) / 2);
  const chord = halfLat ** 2 + Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * halfLon ** 2;
  return metres(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord))));
}
