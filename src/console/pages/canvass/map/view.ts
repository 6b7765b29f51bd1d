import type { BoxInput } from '../../../../staff/api.js';
import type { Plane, Point } from './plane.js';

/** What part of the drawing is seen: its middle, and how many pixels a metre has. */
export type View = Point & { readonly scale: number };
export type Size = { readonly width: number; readonly height: number };

/** From a whole department to a house. */
const SCALES = [0.002, 4] as const;
/** Of the sides of the map that stay empty around what is fitted into it. */
const MARGIN = 0.08;

/** The view in which a box fills the map. */
export function fit(box: BoxInput, plane: Plane, { width, height }: Size): View {
  const one = plane.toPoint({ lat: box.north, lon: box.west });
  const other = plane.toPoint({ lat: box.south, lon: box.east });
  const wide = Math.max(60, other.x - one.x);
  const tall = Math.max(60, other.y - one.y);
  const room = 1 - 2 * MARGIN;
  return {
    x: (one.x + other.x) / 2,
    y: (one.y + other.y) / 2,
    scale: clamp(Math.min((width * room) / wide, (height * room) / tall)),
  };
}

/** Moves by pixels. */
export function pan(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale };
}

/** Zooms, with the point under a pixel staying where it is. */
export function zoom(view: View, factor: number, at: Point, size: Size): View {
  const scale = clamp(view.scale * factor);
  const fixed = toWorld(view, at, size);
  const moved = { ...view, scale };
  const now = toWorld(moved, at, size);
  return { ...moved, x: view.x + fixed.x - now.x, y: view.y + fixed.y - now.y };
}

/** The point of the drawing under a pixel. */
export function toWorld({ x, y, scale }: View, at: Point, { width, height }: Size): Point {
  return { x: x + (at.x - width / 2) / scale, y: y + (at.y - height / 2) / scale };
}

/** The pixel of a point of the drawing. */
export function toPixel(view: View, { x, y }: Point, { width, height }: Size): Point {
  return {
    x: (x - view.x) * view.scale + width / 2,
    y: (y - view.y) * view.scale + height / 2,
  };
}

/** How many metres are seen from top to bottom. */
export function metresTall({ scale }: View, { height }: Size): number {
  return height / scale;
}

/**
 * The box that is seen, and a little more: snapped to a grid as wide as a quarter of it, so that small moves
 * ask the server nothing.
 */
export function boxSeen(view: View, plane: Plane, size: Size): BoxInput {
  const north = plane.toPlace(toWorld(view, { x: 0, y: 0 }, size));
  const south = plane.toPlace(toWorld(view, { x: size.width, y: size.height }, size));
  const step = (span: number): number => 2 ** Math.floor(Math.log2(Math.max(1e-5, span / 4)));
  const tall = step(north.lat - south.lat);
  const wide = step(south.lon - north.lon);
  const down = (value: number, by: number): number => Math.floor(value / by) * by;
  const up = (value: number, by: number): number => Math.ceil(value / by) * by;
  return {
    south: Math.max(-90, down(south.lat, tall)),
    west: Math.max(-180, down(north.lon, wide)),
    north: Math.min(90, up(north.lat, tall)),
    east: Math.min(180, up(south.lon, wide)),
  };
}

function clamp(scale: number): number {
  return Math.min(SCALES[1], Math.max(SCALES[0], scale));
}
