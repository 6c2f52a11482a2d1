/**
 * The ground of every map, drawn from our own tiles in the colours of `tokens.css`.
 *
 * `/map/city.pmtiles` holds the vector layers `water`, `green`, `buildings`, `roads` (property `class`: major, minor
 * or path; property `name`) and `places` (property `name`). A layer that is missing is simply not there. The style names
 * no glyphs: labels, Chinese too, are then drawn with the reader's own fonts.
 */

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { colour } from "./colours";

export const TILES = "/map/city.pmtiles";

const width = (major: number, minor: number): ExpressionSpecification => [
  "interpolate", ["exponential", 1.6], ["zoom"],
  9, ["match", ["get", "class"], "major", major / 8, minor / 8],
  16, ["match", ["get", "class"], "major", major, minor],
];

function ground(): LayerSpecification[] {
  const source = "city";
  return [
    { id: "land", type: "background", paint: { "background-color": colour("map-land") } },
    { id: "green", type: "fill", source, "source-layer": "green", paint: { "fill-color": colour("map-green") } },
    { id: "water", type: "fill", source, "source-layer": "water", paint: { "fill-color": colour("map-water") } },
    { id: "buildings", type: "fill", source, "source-layer": "buildings", minzoom: 14, paint: { "fill-color": colour("map-building") } },
    { id: "road-edges", type: "line", source, "source-layer": "roads", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour("map-road-edge"), "line-width": width(15, 8) } },
    { id: "roads", type: "line", source, "source-layer": "roads", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour("map-road"), "line-width": width(12, 6) } },
  ];
}

function labels(): LayerSpecification[] {
  const source = "city";
  const paint = { "text-color": colour("map-label"), "text-halo-color": colour("map-land"), "text-halo-width": 1.5 };
  return [
    { id: "road-names", type: "symbol", source, "source-layer": "roads", minzoom: 13.5, layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-size": 12 }, paint },
    { id: "place-names", type: "symbol", source, "source-layer": "places", layout: { "text-field": ["get", "name"], "text-size": 14 }, paint },
  ];
}

/** The style of our own tiles; `withTiles` is false where the platform has none, and the ground is then plain paper. */
export function ownStyle(withTiles: boolean): StyleSpecification {
  const [land] = ground();
  if (!withTiles) return { version: 8, sources: {}, layers: land ? [land] : [] };
  const url = `pmtiles://${location.origin}${TILES}`;
  return {
    version: 8,
    sources: { city: { type: "vector", url, attribution: "© OpenStreetMap" } },
    layers: [...ground(), ...labels()],
  };
}
