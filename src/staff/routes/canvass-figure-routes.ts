import { z } from 'zod';
import { findMerged } from '../../canvass/live/find-merged.js';
import { takeBack } from '../../canvass/live/take-back.js';
import { tellAlert } from '../../canvass/live/tell-alert.js';
import type { Doors } from '../../canvass/doors.js';
import { outingsOf } from '../../canvass/outing.js';
import type { Turfs } from '../../canvass/turfs.js';
import type { Visits } from '../../canvass/visits.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { FigureGroup, OutingView } from '../api.js';
import { countVisits, type CountedVisits } from '../canvass/count-visits.js';
import { createLookAgain, type LookAgain } from '../canvass/look-again.js';
import { lookAtOutings, type SeenOuting } from '../canvass/look-at-outings.js';
import { namePeople } from '../canvass/name-people.js';
import { createNoteOnce } from '../canvass/note-once.js';
import { tellFigures } from '../canvass/tell-walk.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { figures, language, volunteerName } from './canvass-shapes.js';
import { id, limit } from './inputs.js';

export type CanvassFigureOptions = {
  readonly doors: Doors;
  readonly turfs: Turfs;
  readonly visits: Visits;
  readonly supporters: Pick<Supporters, 'table'>;
  timezone(): string;
  /** Some doors stand otherwise now. */
  changed(): void;
  report(error: unknown): void;
  now(): number;
};

const GROUPS = ['turf', 'street', 'canvasser', 'hour'] as const satisfies readonly FigureGroup[];
const USUAL = 50;
/** How old figures may be, when counting is quick. */
const FRESH_MS = 2_000;

const cursor = z.coerce.number().int().min(0).max(10_000_000);

/** Routes about what was found at the doors, by whom, and whether that can be. */
export function canvassFigureRoutes(options: CanvassFigureOptions): Route[] {
  const { doors, turfs, visits, supporters, report, now } = options;
  const noteOnce = createNoteOnce(now);
  const again = <T>(look: () => Promise<T>): LookAgain<T> =>
    createLookAgain({ look, leastMs: FRESH_MS, report, now });
  const counts = new Map<FigureGroup, LookAgain<CountedVisits>>(
    GROUPS.map((by) => [
      by,
      again(async () => {
        const timezone = options.timezone();
        const merged = await findMerged(visits, supporters.table);
        return countVisits({ visits, doors, turfs, timezone, merged }, by, new Date(now()));
      }),
    ]),
  );
  const outings = again(async () =>
    lookAtOutings(visits, doors, await findMerged(visits, supporters.table)),
  );

  async function tellOutings(
    seen: readonly SeenOuting[],
    tongue: 'fr' | 'en',
  ): Promise<OutingView[]> {
    const named = await namePeople(
      supporters,
      seen.map(({ summary }) => summary.canvasser),
    );
    const walked = [...new Set(seen.flatMap(({ summary }) => summary.turfs))];
    const names = new Map<string, string>();
    for await (const row of turfs.table.streamFields({ _id: { $in: walked } }, ['name'])) {
      names.set(row._id, row.name);
    }
    return seen.map(({ summary, alerts }) => ({
      id: summary.outing,
      canvasser: named(summary.canvasser),
      turfs: summary.turfs.map((turf) => ({ id: turf, name: names.get(turf) ?? '?' })),
      doors: summary.doors,
      minutes: summary.minutes,
      ...(summary.doors_per_hour === undefined ? {} : { doorsPerHour: summary.doors_per_hour }),
      figures: tellFigures(summary.figures),
      alerts: alerts.map((alert) => tellAlert(alert, tongue)),
    }));
  }

  return [
    defineRoute<'GET /canvass/figures'>({
      type: 'json',
      key: 'GET /canvass/figures',
      name: 'readCanvassFigures',
      summary: 'What was found at the doors, by turf, street, volunteer or hour.',
      access: 'canvass.read',
      input: z.strictObject({
        by: z.enum(GROUPS),
        before: z.string().max(20).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({
        items: z.array(z.object({ group: z.string(), name: z.string(), figures })),
        next: z.string().exactOptional(),
        at: z.string(),
        all: figures.exactOptional(),
      }),
      audit: 'itself',
      async handle({ by, before, limit: most = USUAL }, call) {
        await noteOnce(call, 'readCanvassFigures', by);
        const counted = await (counts.get(by) ?? outOfGroups()).see();
        const { rows, next } = part(counted.groups, before, most);
        const named =
          by === 'canvasser'
            ? await namePeople(
                supporters,
                rows.map(({ group }) => group),
              )
            : undefined;
        return {
          items: rows.map(({ group, name, figures: its }) => ({
            group,
            name: named?.(group).name ?? name,
            figures: tellFigures(its),
          })),
          ...(next === undefined ? {} : { next }),
          at: counted.at,
          ...(counted.all === undefined ? {} : { all: tellFigures(counted.all) }),
        };
      },
    }),
    defineRoute<'GET /canvass/outings'>({
      type: 'json',
      key: 'GET /canvass/outings',
      name: 'listOutings',
      summary: 'Each stretch of canvassing of each volunteer, the last first, and what is odd.',
      access: 'canvass.read',
      input: z.strictObject({
        language,
        odd: z.literal('true').exactOptional(),
        before: z.string().max(20).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            canvasser: volunteerName,
            turfs: z.array(z.object({ id: z.string(), name: z.string() })),
            doors: z.number(),
            minutes: z.number(),
            doorsPerHour: z.number().exactOptional(),
            figures,
            alerts: z.array(z.string()),
          }),
        ),
        next: z.string().exactOptional(),
        odd: z.number(),
      }),
      audit: 'itself',
      async handle({ language: tongue, odd, before, limit: most = USUAL }, call) {
        await noteOnce(call, 'listOutings');
        const all = await outings.see();
        const strange = all.filter(({ alerts }) => alerts.length > 0);
        const { rows, next } = part(odd === undefined ? all : strange, before, most);
        const items = await tellOutings(rows, tongue);
        return { items, ...(next === undefined ? {} : { next }), odd: strange.length };
      },
    }),
    defineRoute<'POST /canvass/outings/:id/rollback'>({
      type: 'json',
      key: 'POST /canvass/outings/:id/rollback',
      name: 'rollBackOuting',
      summary: 'Takes one outing back: its visits count no more, its doors are to do again.',
      access: 'canvass.write',
      input: z.strictObject({ id }),
      output: z.object({ visits: z.number(), doors: z.number() }),
      audit: 'itself',
      async handle(given, call) {
        const merged = await findMerged(visits, supporters.table);
        const names = { $in: [...outingsOf(given.id, merged)] };
        const [visit] = await visits.table.find({ outing: names }, { limit: 1 });
        if (visit === undefined) {
          throw new ApiRefusal(404, 'not_found', 'There is no such outing.');
        }
        await call.note({
          action: 'rollBackOuting',
          supporter: merged.get(visit.canvasser) ?? visit.canvasser,
          about: visit.turf,
        });
        const taken = await takeBack({ visits, turfs }, given.id, call.at, merged);
        outings.forget();
        for (const count of counts.values()) count.forget();
        options.changed();
        return taken ?? { visits: 0, doors: 0 };
      },
    }),
  ];

  function outOfGroups(): never {
    throw new Error('There are no figures by that.');
  }

  /** Part of what is kept, by the place in it. */
  function part<T>(
    all: readonly T[],
    before: string | undefined,
    most: number,
  ): { readonly rows: readonly T[]; readonly next?: string } {
    const read = cursor.safeParse(before ?? 0);
    const from = read.success ? read.data : 0;
    const rows = all.slice(from, from + most);
    return from + most < all.length ? { rows, next: String(from + most) } : { rows };
  }
}
