/** What is drawn on the planning map, as GeoJSON. Pure; colours come in by lane. */

import type { Feature, FeatureCollection, LineString, Point as GeoPoint } from "geojson";
import { toGeoJson, type Point } from "../shared/units";
import { markOf, type Lane } from "./lane";
import type { Plan, PoolItem, Run, Site, VehiclePosition } from "./model";

export type Lines = FeatureCollection<LineString>;
export type Dots = FeatureCollection<GeoPoint>;

const dot = (place: Point, properties: Record<string, unknown>): Feature<GeoPoint> => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: toGeoJson(place) },
  properties,
});

const collection = <Geometry extends GeoPoint | LineString>(features: Feature<Geometry>[]): FeatureCollection<Geometry> => ({
  type: "FeatureCollection",
  features,
});

/** One line a van, along the roads where the plan knows them. */
export function linesOf(plan: Plan | null, lanes: readonly Lane[], colourOf: (index: number) => string): Lines {
  const index = new Map(lanes.map((lane) => [lane.vehicleId, lane.index]));
  const lines = (plan?.routes ?? []).filter((route) => route.polyline.length > 1);
  return collection(
    lines.map((route) => ({
      type: "Feature",
      geometry: { type: "LineString", coordinates: route.polyline.map(([lat, lon]) => [lon, lat]) },
      properties: { vehicle: route.vehicle_id, colour: colourOf(index.get(route.vehicle_id) ?? 0) },
    })),
  );
}

/** Every stop (`far`: what no van goes to need not be in view): of the runs once they are out, of the plan before, of the pool before that. */
export function stopsOf(plan: Plan | null, runs: readonly Run[], pool: readonly PoolItem[], lanes: readonly Lane[], colourOf: (index: number) => string): Dots {
  const index = new Map(lanes.map((lane) => [lane.vehicleId, lane.index]));
  if (runs.length) {
    return collection(
      runs.flatMap((run) =>
        run.stops.map((stop) =>
          dot(stop.point, {
            vehicle: run.vehicle_id, run: run.id, shipment: stop.visits[0]?.shipment_id ?? "", no: String(stop.no),
            mark: markOf(stop), colour: colourOf(index.get(run.vehicle_id) ?? 0), store: stop.kind === "service_point",
          }),
        ),
      ),
    );
  }
  const planned = (plan?.routes ?? []).flatMap((route) =>
    route.stops.map((stop) =>
      dot(stop.point, {
        vehicle: route.vehicle_id, shipment: stop.visits[0]?.shipment_id ?? "", no: String(stop.no), mark: "planned",
        colour: colourOf(index.get(route.vehicle_id) ?? 0), store: stop.kind === "service_point",
      }),
    ),
  );
  const out = (plan?.left_out ?? []).flatMap((item) =>
    item.point ? [dot(item.point, { vehicle: "", shipment: item.shipment_id, no: "!", mark: "left", colour: "", store: false, far: true })] : [],
  );
  if (planned.length) return collection([...planned, ...out]);
  return collection(
    pool.flatMap((item) => (item.point ? [dot(item.point, { vehicle: "", shipment: item.shipment_id, no: "", mark: "pool", colour: "", store: false, far: !item.options.length })] : [])),
  );
}

export function sitesOf(sites: readonly Site[]): Dots {
  return collection(sites.map((site) => dot(site.point, { name: site.name, depot: site.kinds.includes("depot") })));
}

export function vansOf(positions: readonly VehiclePosition[], lanes: readonly Lane[], colourOf: (index: number) => string): Dots {
  const known = new Map(lanes.map((lane) => [lane.vehicleId, lane]));
  return collection(
    positions.flatMap((position) => {
      const lane = known.get(position.vehicle_id);
      return lane ? [dot(position, { vehicle: position.vehicle_id, name: lane.name, colour: colourOf(lane.index) })] : [];
    }),
  );
}
