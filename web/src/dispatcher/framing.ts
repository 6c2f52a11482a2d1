/** How much of the city the planning map shows at first. Pure; pixels come in from the map. */

export interface Pixel {
  x: number;
  y: number;
}

export interface Frame {
  width: number;
  height: number;
}

/** West, south, east and north, in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

const SIZE_MIN_DEG = 0.02; // about two kilometres: a day of one stop has surroundings too

/** Whether a place lies so near that it is worth a wider view: within the box once more on each side. */
export function isNearby([lon, lat]: readonly [number, number], [west, south, east, north]: Box): boolean {
  const [wide, high] = [Math.max(east - west, SIZE_MIN_DEG), Math.max(north - south, SIZE_MIN_DEG)];
  return lon >= west - wide && lon <= east + wide && lat >= south - high && lat <= north + high;
}

export const PADDING_PX = 40;
const EDGE_PX = 24; // a dot and some air: nearer to the frame it looks cut off
export const FITS_MAX = 5; // each look at a wider view may bring another dot to the edge

/** Whether a dot lies on the frame, or just within or behind it; one that is well inside or far away does not. */
export function isAtEdge({ x, y }: Pixel, { width, height }: Frame): boolean {
  const inside = Math.min(x, width - x, y, height - y); // less than nothing: outside by so much
  return Math.abs(inside) < EDGE_PX;
}
