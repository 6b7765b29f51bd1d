import { z } from 'zod';
import type { Doors } from '../../canvass/doors.js';
import { boxAround } from '../../canvass/map/is-within.js';
import { makeTurfs } from '../../canvass/turf/make-turfs.js';
import type { CutDoor, PlannedCut } from '../../canvass/turf/plan-cut.js';
import { previewCut } from '../../canvass/turf/preview-cut.js';
import type { CutOptions } from '../../canvass/turf/cut-turfs.js';
import type { CutWhere } from '../../canvass/turf/choose-doors.js';
import type { Turfs } from '../../canvass/turfs.js';
import type { NamedLease } from '../../store/leases.js';
import type { CutInput } from '../api.js';
import type { LookAgain } from '../canvass/look-again.js';
import type { SeenAreas } from '../canvass/look-at-areas.js';
import { stationsNear } from '../canvass/stations-near.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { outline, place } from './canvass-shapes.js';

export type CanvassCutOptions = {
  readonly doors: Doors;
  readonly turfs: Turfs;
  /** Two cuts at once would give a door to two turfs. */
  lease(): NamedLease;
  /** Plans a cut where no conversation waits for it. */
  plan(doors: readonly CutDoor[], options: CutOptions): Promise<PlannedCut>;
  readonly areas: LookAgain<SeenAreas>;
  /** Turfs are other ones now. */
  changed(): void;
  now(): number;
};

/** Doors of one cut from the console; the command line takes any number. */
const MOST_DOORS = 50_000;

const corner = z.object({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
});
const cutInput = z
  .strictObject({
    stations: z.array(z.string().min(1).max(40)).min(1).max(2_000).exactOptional(),
    within: z.array(corner).min(3, 'needs three corners or more').max(1_000).exactOptional(),
    turfs: z.number().int().min(1).max(5_000).exactOptional(),
    size: z.number().int().min(5).max(1_000).exactOptional(),
  })
  .refine(({ stations, within }) => (stations === undefined) !== (within === undefined), {
    path: ['stations'],
    message: 'say either stations, or a line on the map',
  })
  .refine(({ turfs, size }) => (turfs === undefined) !== (size === undefined), {
    path: ['size'],
    message: 'say either how many turfs, or of what size',
  });

/** Routes that cut an area into turfs: looked at first, then made. */
export function canvassCutRoutes(options: CanvassCutOptions): Route[] {
  const { doors, turfs, plan, areas } = options;

  async function wishOf(given: CutInput): Promise<CutOptions & CutWhere> {
    const { stations, within, turfs: many, size = 0 } = given;
    const wanted = many === undefined ? { size } : { turfs: many };
    if (within === undefined) return { wanted, ...(stations === undefined ? {} : { stations }) };
    return { wanted, within, among: await stationsNear(areas, boxAround(within)) };
  }

  return [
    defineRoute<'POST /canvass/cut-previews'>({
      type: 'json',
      key: 'POST /canvass/cut-previews',
      name: 'previewCut',
      summary: 'The turfs that a cut would make; keeps nothing.',
      access: 'canvass.write',
      input: cutInput,
      output: z.object({
        turfs: z.array(
          z.object({
            name: z.string(),
            doors: z.number(),
            metres: z.number(),
            outline,
            centre: place,
            off: z.enum(['building', 'island', 'uneven']).exactOptional(),
          }),
        ),
        size: z.number(),
        kept: z.number(),
        keptDoors: z.number(),
        replaced: z.number(),
      }),
      audit: 'itself',
      async handle(given) {
        const seen = await previewCut(
          { doors, turfs, plan, most: MOST_DOORS },
          await wishOf(given),
        );
        if (seen.type === 'too_many') throw tooMany(seen.doors);
        if (seen.type === 'refused') throw refusalOf(seen.reason);
        const { turfs: planned, size, kept, keptDoors, replaced } = seen;
        return { turfs: planned, size: Math.round(size), kept, keptDoors, replaced };
      },
    }),
    defineRoute<'POST /canvass/cuts'>({
      type: 'json',
      key: 'POST /canvass/cuts',
      name: 'cutTurfs',
      summary: 'Cuts an area into turfs, as previewed; those that are begun or reserved stay.',
      access: 'canvass.write',
      input: cutInput,
      output: z.object({ turfs: z.number(), doors: z.number() }),
      audit: ({ stations, within }) => ({
        about: within === undefined ? (stations ?? []).join(' ').slice(0, 200) : 'map',
      }),
      async handle(given) {
        const most = async (found: readonly CutDoor[], how: CutOptions): Promise<PlannedCut> => {
          if (found.length > MOST_DOORS) throw tooMany(found.length);
          return plan(found, how);
        };
        const lease = options.lease();
        const made = await makeTurfs(
          { doors, turfs, lease, plan: most, now: options.now },
          await wishOf(given),
        );
        options.changed();
        if (made.type === 'refused') throw refusalOf(made.reason);
        const sizes = made.cut.turfs.map((turf) => turf.doors.length);
        return { turfs: sizes.length, doors: sizes.reduce((sum, size) => sum + size, 0) };
      },
    }),
  ];
}

function tooMany(doors: number): ApiRefusal {
  return new ApiRefusal(
    422,
    'too_many_doors',
    `${doors} doors are more than ${MOST_DOORS}: cut a part, or use portevoix canvass cut.`,
  );
}

const REFUSALS = {
  no_doors: 'No door lies there.',
  none_left: 'Every door there is in a turf that is begun, done or reserved.',
  busy: 'Another cut is under way, or volunteers take turfs right now.',
} as const;

function refusalOf(reason: keyof typeof REFUSALS): ApiRefusal {
  const status = reason === 'busy' ? 409 : 422;
  return new ApiRefusal(status, reason === 'busy' ? 'cut_busy' : reason, REFUSALS[reason]);
}
