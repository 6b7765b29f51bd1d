import type { Outline } from '../map/outline.js';
import type { Doors } from '../doors.js';
import type { Turfs } from '../turfs.js';
import { chooseDoors, type CutWhere } from './choose-doors.js';
import { optionsOf, type CutOptions, type CutTurf } from './cut-turfs.js';
import { nameTurfs } from './name-turfs.js';
import type { CutDoor, PlannedCut } from './plan-cut.js';

export type PreviewedCut =
  | {
      readonly type: 'planned';
      readonly turfs: readonly (Pick<CutTurf<never>, 'off'> & {
        readonly name: string;
        readonly doors: number;
        readonly metres: number;
        readonly outline: Outline;
        readonly centre: { readonly lat: number; readonly lon: number };
      })[];
      /** How many doors a turf should have. */
      readonly size: number;
      readonly islands: number;
      readonly kept: number;
      readonly keptDoors: number;
      readonly replaced: number;
    }
  | { readonly type: 'refused'; readonly reason: 'no_doors' | 'none_left' }
  | { readonly type: 'too_many'; readonly doors: number };

/** What `makeTurfs` would make of the same wish, with nothing written; past so many doors it is not tried. */
export async function previewCut(
  {
    plan,
    most,
    ...tables
  }: {
    readonly doors: Doors;
    readonly turfs: Turfs;
    plan(doors: readonly CutDoor[], options: CutOptions): Promise<PlannedCut>;
    readonly most: number;
  },
  wish: CutOptions & CutWhere,
): Promise<PreviewedCut> {
  const { doors, kept, keptDoors, old } = await chooseDoors(tables, wish);
  if (doors.length === 0) {
    return { type: 'refused', reason: keptDoors === 0 ? 'no_doors' : 'none_left' };
  }
  if (doors.length > most) return { type: 'too_many', doors: doors.length };
  const { turfs, size, islands } = await plan(doors, optionsOf(wish));
  const rows = turfs.map((turf) => turf.doors.flatMap((at) => doors[at] ?? []));
  const names = nameTurfs(rows, new Set(kept.map(({ name }) => name)));
  return {
    type: 'planned',
    size,
    islands,
    kept: kept.length,
    keptDoors,
    replaced: old.length,
    turfs: turfs.map(({ doors: theirs, metres, outline, off }, at) => ({
      name: names[at] ?? '',
      doors: theirs.length,
      metres,
      outline,
      centre: middleOf(rows[at] ?? []),
      ...(off === undefined ? {} : { off }),
    })),
  };
}

/** The middle of some doors. */
export function middleOf(doors: readonly { readonly lat: number; readonly lon: number }[]) {
  const count = Math.max(1, doors.length);
  return {
    lat: doors.reduce((sum, { lat }) => sum + lat, 0) / count,
    lon: doors.reduce((sum, { lon }) => sum + lon, 0) / count,
  };
}
