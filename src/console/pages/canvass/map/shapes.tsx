import { memo } from 'react';
import type { AreaView, DoorDot, TurfShape, CanvassResult } from '../../../../staff/api.js';
import type { Plane } from './plane.js';

/** Into how many shades ranks are divided. */
export const SHADES = 5;

/** The shade of a rank, from 0 for the first ones; undefined without one. */
export function shadeOf(rank: number | undefined, of: number): number | undefined {
  return rank === undefined
    ? undefined
    : Math.min(SHADES - 1, Math.floor(((rank - 1) / of) * SHADES));
}

/** Areas as shapes, shaded by rank. */
export const AreaShapes = memo(function AreaShapes({
  areas,
  plane,
  chosen,
  lit,
  press,
}: {
  readonly areas: readonly AreaView[];
  readonly plane: Plane;
  readonly chosen: ReadonlySet<string>;
  readonly lit: string | undefined;
  press?(code: string): void;
}) {
  const of = areas.filter(({ rank }) => rank !== undefined).length;
  const paths = areas.map((area) => ({ area, d: plane.pathOf(area.outline) }));
  return (
    <g>
      {paths.map(({ area: { code, rank }, d }) => (
        <path
          key={code}
          d={d}
          fillRule="evenodd"
          className={`map-area ${rank === undefined ? 'map-area-unranked' : `map-area-${shadeOf(rank, of)}`}`}
          data-area={code}
          onClick={press === undefined ? undefined : () => press(code)}
        />
      ))}
      {paths
        .filter(({ area: { code } }) => chosen.has(code) || code === lit)
        .map(({ area: { code }, d }) => (
          <path key={code} d={d} className={chosen.has(code) ? 'map-chosen' : 'map-lit'} />
        ))}
    </g>
  );
});

/** Turfs as shapes, by state. */
export const TurfShapes = memo(function TurfShapes({
  turfs,
  plane,
  lit,
  press,
}: {
  readonly turfs: readonly TurfShape[];
  readonly plane: Plane;
  readonly lit?: string | undefined;
  press?(id: string): void;
}) {
  return (
    <g>
      {turfs.map(({ id, state, isReserved, outline, centre }) => {
        const kind = state === 'free' && isReserved ? 'reserved' : state;
        const { x, y } = plane.toPoint(centre);
        return (
          <path
            key={id}
            d={outline.length === 0 ? `M${x} ${y}h0` : plane.pathOf(outline)}
            fillRule="evenodd"
            className={`map-turf map-turf-${kind}${id === lit ? ' map-turf-lit' : ''}${press === undefined ? '' : ' map-pressed'}`}
            data-turf={id}
            onClick={press === undefined ? undefined : () => press(id)}
          />
        );
      })}
    </g>
  );
});

/** How a door is drawn. */
export const DOOR_LOOKS = ['none', 'todo', 'talked', 'passed'] as const;
export type DoorLook = (typeof DOOR_LOOKS)[number];

const TALKED: readonly CanvassResult[] = ['canvassed', 'refused', 'language_barrier'];

export function lookOf(result: CanvassResult | undefined, hasTurf: boolean): DoorLook {
  if (result === undefined) return hasTurf ? 'todo' : 'none';
  return TALKED.includes(result) ? 'talked' : 'passed';
}

/** Doors as dots; all of one look are one path, so that thousands cost little. */
export const DoorDots = memo(function DoorDots({
  doors,
  plane,
}: {
  readonly doors: readonly DoorDot[];
  readonly plane: Plane;
}) {
  const paths = new Map<DoorLook, string[]>();
  for (const door of doors) {
    const look = lookOf(door.result, door.turf !== undefined);
    const { x, y } = plane.toPoint(door);
    const path = paths.get(look) ?? [];
    path.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
    paths.set(look, path);
  }
  return (
    <g>
      {DOOR_LOOKS.map((look) => (
        <path
          key={look}
          className={`map-door map-door-${look}`}
          d={paths.get(look)?.join('') ?? ''}
        />
      ))}
    </g>
  );
});
