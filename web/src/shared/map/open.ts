/** Opens a map. MapLibre is loaded here and nowhere else, so a page without a map never pays for it. */

import type { Map as MapLibre, MapOptions, StyleSpecification } from "maplibre-gl";
import { get } from "../api/client";
import type { Config } from "../api/contract";
import { theme } from "../theme.svelte";
import { speech } from "../words/index.svelte";
import { ownStyle, TILES } from "./style";

export type MapLibreModule = typeof import("maplibre-gl");

let loaded: Promise<MapLibreModule> | undefined;

async function load(): Promise<MapLibreModule> {
  const [maplibre, { Protocol }, worker] = await Promise.all([
    import("maplibre-gl"),
    import("pmtiles"),
    import("maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url"),
    import("maplibre-gl/dist/maplibre-gl.css").then(() => import("./map.css")),
  ]);
  maplibre.setWorkerUrl(worker.default);
  maplibre.addProtocol("pmtiles", new Protocol().tile);
  return maplibre;
}

/** The map library, loaded once. */
export const mapLibrary = (): Promise<MapLibreModule> => (loaded ??= load());

async function tilesThere(): Promise<boolean> {
  const first = await fetch(TILES, { headers: { range: "bytes=0-15" } }).catch(() => null);
  return first?.ok ?? false;
}

async function styleNow(): Promise<StyleSpecification | string> {
  const config = await get<Config>("/v1/config").catch(() => null);
  return config?.map_style_url ?? ownStyle(await tilesThere(), speech.language);
}

export interface OpenMap {
  map: MapLibre;
  library: MapLibreModule;
  close: () => void;
}

/**
 * Opens a map in an element that has a size. It follows the colour scheme; `onStyle` runs after every (re)load of the
 * ground, which is when own sources and layers have to be added (again).
 */
export async function openMap(
  container: HTMLElement,
  options: Omit<MapOptions, "container" | "style">,
  onStyle: (map: MapLibre) => void,
): Promise<OpenMap> {
  const [library, style] = await Promise.all([mapLibrary(), styleNow()]);
  const map = new library.Map({ attributionControl: { compact: true }, dragRotate: false, pitchWithRotate: false, ...options, container, style });
  map.on("style.load", () => onStyle(map));
  const stop = theme.onChange(() => {
    if (typeof style !== "string") map.setStyle(ownStyle("city" in style.sources, speech.language));
  });
  return {
    map,
    library,
    close: () => {
      stop();
      map.remove();
    },
  };
}
