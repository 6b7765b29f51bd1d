import { z } from 'zod';
import { printTurf } from '../../canvass/export/print-turf.js';
import { changeTurf } from '../../canvass/turf/change-turf.js';
import { releaseTurf } from '../../canvass/turf/release-turf.js';
import { reserveTurf } from '../../canvass/turf/reserve-turf.js';
import type { Doors } from '../../canvass/doors.js';
import type { TurfRow, Turfs } from '../../canvass/turfs.js';
import type { Visits } from '../../canvass/visits.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { Volunteers } from '../../volunteers/volunteers.js';
import type { SilenceView, TurfRowView } from '../api.js';
import { findCanvassers } from '../canvass/find-canvassers.js';
import { listTurfs } from '../canvass/list-turfs.js';
import { createNoteOnce } from '../canvass/note-once.js';
import { tellTurfs } from '../canvass/tell-turf.js';
import { tellWalk } from '../canvass/tell-walk.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import {
  canvassResult,
  figures,
  language,
  outline,
  place,
  silence,
  turfRow,
  turfState,
  volunteerName,
} from './canvass-shapes.js';
import { id, limit } from './inputs.js';

export type CanvassTurfOptions = {
  readonly doors: Doors;
  readonly turfs: Turfs;
  readonly visits: Visits;
  readonly supporters: Pick<Supporters, 'table'>;
  readonly roles: Volunteers['roles'];
  campaignName(): string;
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Until when nothing is handed out, to somebody or at all. */
  silence(record?: SupporterRecord): SilenceView | undefined;
  /** Some turf stands otherwise now. */
  changed(): void;
  now(): number;
};

const USUAL = 50;

/** Routes about turfs: who walks which, and how far they are. */
export function canvassTurfRoutes(options: CanvassTurfOptions): Route[] {
  const { doors, turfs, visits, supporters } = options;
  const noteOnce = createNoteOnce(options.now);

  async function find(wanted: string): Promise<TurfRow> {
    const row = await turfs.table.get(wanted);
    if (row !== undefined) return row;
    throw new ApiRefusal(404, 'not_found', 'There is no such turf (any more).');
  }

  async function tell(row: TurfRow): Promise<TurfRowView> {
    const [told] = await tellTurfs([row], supporters);
    if (told === undefined) throw new Error('A turf that was read cannot be told.');
    return told;
  }

  async function change(
    wanted: string,
    next: (row: TurfRow) => TurfRow | undefined,
  ): Promise<TurfRowView> {
    const row = await changeTurf(turfs, wanted, next, () => new Date(options.now()));
    if (row === undefined) throw new ApiRefusal(404, 'not_found', 'There is no such turf.');
    options.changed();
    return tell(row);
  }

  async function person(wanted: string): Promise<SupporterRecord> {
    const record = await options.find(wanted);
    if (record !== undefined && record.erasing === undefined) return record;
    throw new ApiRefusal(404, 'not_found', 'There is no such supporter (any more).');
  }

  function refuseSilence(record?: SupporterRecord): void {
    const silent = options.silence(record);
    if (silent === undefined) return;
    throw new ApiRefusal(
      422,
      'canvass_silence',
      `The law wants silence: nothing is handed out until ${silent.until}.`,
    );
  }

  return [
    defineRoute<'GET /canvass/turfs'>({
      type: 'json',
      key: 'GET /canvass/turfs',
      name: 'listTurfs',
      summary: 'Turfs in the order in which they are given out, with who walks them.',
      access: 'canvass.read',
      input: z.strictObject({
        state: turfState.exactOptional(),
        station: z.string().min(1).max(40).exactOptional(),
        before: z.string().max(200).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({ items: z.array(turfRow), next: z.string().exactOptional() }),
      audit: 'itself',
      async handle({ limit: most = USUAL, ...query }, call) {
        await noteOnce(call, 'listTurfs');
        const { rows, next } = await listTurfs(turfs, { ...query, limit: most });
        const items = await tellTurfs(rows, supporters);
        return next === undefined ? { items } : { items, next };
      },
    }),
    defineRoute<'GET /canvass/turfs/:id'>({
      type: 'json',
      key: 'GET /canvass/turfs/:id',
      name: 'readTurf',
      summary: 'A turf with its doors in walk order and what was found at each.',
      access: 'canvass.read',
      input: z.strictObject({ id }),
      output: z.object({
        turf: turfRow,
        outline,
        doors: z.array(
          place.extend({
            id: z.string(),
            address: z.string(),
            note: z.string().exactOptional(),
            result: canvassResult.exactOptional(),
            supportLevel: z.number().exactOptional(),
            at: z.string().exactOptional(),
            by: volunteerName.exactOptional(),
            visitNote: z.string().exactOptional(),
            isHeld: z.boolean(),
          }),
        ),
        figures: figures.exactOptional(),
        silence: silence.exactOptional(),
      }),
      audit: 'itself',
      async handle(given, call) {
        const row = await find(given.id);
        await noteOnce(call, 'readTurf', row._id);
        const silent = options.silence();
        const [turf, walk] = await Promise.all([
          tell(row),
          tellWalk(row, { doors, visits, supporters }),
        ]);
        return {
          turf,
          outline: row.outline ?? [],
          ...walk,
          ...(silent === undefined ? {} : { silence: silent }),
        };
      },
    }),
    defineRoute<'POST /canvass/turfs/:id/assign'>({
      type: 'json',
      key: 'POST /canvass/turfs/:id/assign',
      name: 'assignTurf',
      summary: 'Keeps a turf for a volunteer, who gets it when they ask for one in the chat.',
      access: 'canvass.write',
      input: z.strictObject({ id, volunteer: id }),
      output: turfRow,
      audit: (input) => ({ supporter: input.volunteer, about: input.id }),
      async handle(given) {
        const record = await person(given.volunteer);
        refuseSilence(record);
        return change(given.id, (row) => {
          if (row.state === 'done') throw new ApiRefusal(409, 'turf_done', 'This turf is done.');
          return reserveTurf(row, record._id);
        });
      },
    }),
    defineRoute<'PUT /canvass/turfs/:id/leader'>({
      type: 'json',
      key: 'PUT /canvass/turfs/:id/leader',
      name: 'chooseTurfLeader',
      summary: 'Says who is told when somebody on a turf needs help.',
      access: 'canvass.write',
      input: z.strictObject({ id, volunteer: id }),
      output: turfRow,
      audit: (input) => ({ supporter: input.volunteer, about: input.id }),
      async handle(given) {
        const { _id: leader } = await person(given.volunteer);
        return change(given.id, (row) => ({ ...row, leader }));
      },
    }),
    defineRoute<'POST /canvass/turfs/:id/release'>({
      type: 'json',
      key: 'POST /canvass/turfs/:id/release',
      name: 'releaseTurf',
      summary: 'Takes a turf from those who walk it, or for whom it is kept; reports stay.',
      access: 'canvass.write',
      input: z.strictObject({ id }),
      output: turfRow,
      audit: (input) => ({ about: input.id }),
      handle: (given) => change(given.id, releaseTurf),
    }),
    defineRoute<'GET /canvass/turfs/:id/print'>({
      type: 'file',
      key: 'GET /canvass/turfs/:id/print',
      name: 'printTurf',
      summary: 'The walk list of a turf as a page to be printed; no name is on it.',
      access: 'canvass.read',
      input: z.strictObject({ id, language }),
      contentType: 'text/html',
      audit: (input) => ({ about: input.id }),
      async produce(given) {
        const row = await find(given.id);
        // Paper is handed out too.
        refuseSilence();
        const rows = await doors.table.find({ _id: { $in: row.doors.map(({ door }) => door) } });
        const known = new Map(rows.map((door) => [door._id, door]));
        const walked = row.doors.flatMap(({ door }) => known.get(door) ?? []);
        const page = printTurf(row, walked, {
          campaign: options.campaignName(),
          tongue: given.language,
        });
        return { name: 'walk-list.html', pieces: inOne(page), isShown: true };
      },
    }),
    defineRoute<'GET /canvass/canvassers'>({
      type: 'json',
      key: 'GET /canvass/canvassers',
      name: 'findCanvassers',
      summary: 'Volunteers to whom a turf may be given: approved canvassers, or found by name.',
      access: 'canvass.write',
      input: z.strictObject({ q: z.string().max(200).exactOptional() }),
      output: z.object({
        items: z.array(
          volunteerName.extend({
            town: z.string().exactOptional(),
            state: z.enum(['approved', 'asked', 'declined', 'none']),
            turf: z.string().exactOptional(),
          }),
        ),
      }),
      audit: () => ({}),
      handle: async ({ q = '' }) => ({
        items: await findCanvassers({ supporters, roles: options.roles, turfs }, q),
      }),
    }),
  ];
}

async function* inOne(page: string): AsyncGenerator<string> {
  yield page;
}
