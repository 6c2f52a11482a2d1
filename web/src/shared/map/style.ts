/**
 * The ground of every map, drawn from our own tiles in the colours of `tokens.css`.
 *
 * `/map/city.pmtiles` holds the vector layers `roads` (property `class`: OSM's highway value), `water`, `green` and
 * `places`, each with `name` and, where known, `name_en` and `name_zh`. A layer that is missing is simply not there. The
 * style names no glyphs: labels, Chinese too, are then drawn with the reader's own fonts.
 */

import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { Language } from "../format";
import { colour } from "./colours";

export const TILES = "/map/city.pmtiles";

const MAJOR = ["motorway", "trunk", "primary"];
const MEDIUM = ["secondary", "tertiary"];
const SMALL = ["unclassified", "residential", "living_street", "pedestrian", "service"];

const ofClass = (classes: string[]): ExpressionSpecification => ["in", ["get", "class"], ["literal", classes]];
const isArea: FilterSpecification = ["==", ["geometry-type"], "Polygon"];
const isLine: FilterSpecification = ["==", ["geometry-type"], "LineString"];

const growing = (thin: number, thick: number): DataDrivenPropertyValueSpecification<number> => [
  "interpolate", ["exponential", 1.5], ["zoom"], 10, thin, 17, thick,
];

const from = (layer: string) => ({ source: "city", "source-layer": layer });

/** A kind of road in two strokes: `part` "edge" lies under all roads, "face" above. */
function road(id: string, classes: string[], part: "edge" | "face", thin: number, thick: number): LayerSpecification {
  const wider = part === "edge" ? 1 : 0;
  return {
    id: `${id}-${part}`, type: "line", ...from("roads"), filter: ofClass(classes),
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour(part === "edge" ? "map-road-edge" : "map-road"),
      "line-width": growing(thin + wider, thick + 2 * wider),
    },
  };
}

function roads(part: "edge" | "face"): LayerSpecification[] {
  return [
    road("small", SMALL, part, 0.4, 7),
    road("medium", MEDIUM, part, 0.8, 11),
    road("major", MAJOR, part, 1.4, 15),
  ];
}

function ground(): LayerSpecification[] {
  return [
    { id: "land", type: "background", paint: { "background-color": colour("map-land") } },
    { id: "green", type: "fill", ...from("green"), filter: isArea, paint: { "fill-color": colour("map-green") } },
    { id: "water", type: "fill", ...from("water"), filter: isArea, paint: { "fill-color": colour("map-water") } },
    { id: "streams", type: "line", ...from("water"), filter: isLine, paint: { "line-color": colour("map-water"), "line-width": growing(0.6, 3) } },
    ...roads("edge"),
    ...roads("face"),
  ];
}

function nameIn(language: Language): ExpressionSpecification {
  return ["coalesce", ["get", language === "en" ? "name_en" : "name_zh"], ["get", "name"], ""];
}

function labels(language: Language): LayerSpecification[] {
  const paint = { "text-color": colour("map-label"), "text-halo-color": colour("map-land"), "text-halo-width": 1.5 };
  const along = { "symbol-placement": "line", "text-max-angle": 30, "symbol-spacing": 320, "text-size": 11 } as const;
  const text = { "text-field": nameIn(language) };
  return [
    { id: "major-names", type: "symbol", ...from("roads"), minzoom: 12, filter: ofClass([...MAJOR, ...MEDIUM]), layout: { ...along, ...text }, paint },
    { id: "road-names", type: "symbol", ...from("roads"), minzoom: 15, filter: ofClass(SMALL), layout: { ...along, ...text }, paint },
    { id: "place-names", type: "symbol", ...from("places"), maxzoom: 14, layout: { ...text, "text-size": 13 }, paint },
  ];
}

/** The style of our own tiles; `withTiles` is false where the platform has none, and the ground is then plain paper. */
export function ownStyle(withTiles: boolean, language: Language): StyleSpecification {
  const [land] = ground();
  if (!withTiles) return { version: 8, sources: {}, layers: land ? [land] : [] };
  const url = `pmtiles://${location.origin}${TILES}`;
  return {
    version: 8,
    sources: { city: { type: "vector", url, attribution: "© OpenStreetMap contributors" } },
    layers: [...ground(), ...labels(language)],
  };
}
