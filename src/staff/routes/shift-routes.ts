import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { pageAlong } from '../../store/page-along.js';
import { findCurrent, nameAll } from '../../supporters/find-current.js';
import type { Supporters } from '../../supporters/supporters.js';
import { writeTeamCalendar } from '../../volunteers/calendar-file.js';
import { exportSignups, type NamesOf } from '../../volunteers/export-signups.js';
import { newShift } from '../../volunteers/new-shift.js';
import { checkShiftDraft, draftOfShift, nameShift } from '../../volunteers/check-shift-draft.js';
import type { ShiftDraft } from '../../volunteers/shift-draft.js';
import {
  CHECK_IN_WAYS,
  MOST_PLACES,
  type Shift,
  type ShiftDefinition,
} from '../../volunteers/shift.js';
import type { Shifts } from '../../volunteers/shifts.js';
import { SKILLS, TASKS } from '../../volunteers/tasks.js';
import type { ShiftView } from '../api.js';
import { nameOf } from '../people/tell-supporter.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { tellShift, tellShiftRow } from '../shifts/tell-shift.js';
import { day, spanOf } from './campaign-days.js';
import { limit, NOTHING } from './inputs.js';
import { shiftDraft, shiftOptions, shiftProblem, shiftRow, shiftView } from './shift-shapes.js';
import { pageOf } from './supporter-shapes.js';

export type ShiftRouteOptions = {
  readonly shifts: Pick<Shifts, 'table'>;
  readonly supporters: Pick<Supporters, 'table'>;
  campaign(): Campaign;
  now(): number;
};

const USUAL = 100;
const MOST_DAYS = 400;
/** Shifts whose places a new one may have too. */
const RECENT = 100;
const MOST_PLACES_OFFERED = 20;
/** Shifts of one title on one day. */
const MOST_NAMES = 50;
export const shiftName = z.string().min(1).max(60);

/** Routes about shifts: the calendar, one of them, writing a new one, and what others read of them. */
export function shiftRoutes(options: ShiftRouteOptions): Route[] {
  const { shifts, supporters, campaign, now } = options;
  const { table } = shifts;

  /** The draft as a shift; refused, with what is wrong with it, when it is not sound. */
  function definitionOf(name: string, draft: ShiftDraft): ShiftDefinition {
    const { definition, problems } = checkShiftDraft(name, draft, campaign());
    if (definition !== undefined) return definition;
    throw new ApiRefusal(422, 'faulty', 'This shift is not complete.', {
      fields: problems.map(({ field: path, message }) => ({ path, message })),
    });
  }

  async function open(definition: ShiftDefinition, leader: string | undefined): Promise<Shift> {
    if (definition.ends.getTime() <= now()) {
      throw new ApiRefusal(422, 'faulty', 'This shift is over already.', {
        fields: [{ path: 'ends', message: 'is over already' }],
      });
    }
    const shift = newShift(definition, leader, new Date(now()));
    if (await table.insert(shift)) return shift;
    throw new ApiRefusal(409, 'name_taken', 'There is a shift of this name already.');
  }

  return [
    defineRoute<'GET /shifts'>({
      type: 'json',
      key: 'GET /shifts',
      name: 'listShifts',
      summary: 'Shifts that begin in a time, the next first, and how full each is.',
      access: 'volunteers.read',
      input: z.strictObject({
        from: day,
        until: day,
        before: z.string().max(200).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(shiftRow),
      audit: 'nothing',
      async handle({ before, limit: most = USUAL, ...days }) {
        const { from, until } = spanOf(days, MOST_DAYS, campaign());
        const part = await pageAlong(table, {
          filter: { starts: { $gte: from, $lt: until } },
          field: 'starts',
          order: 1,
          before,
          limit: most,
        });
        return { ...part, items: part.items.map(tellShiftRow) };
      },
    }),
    defineRoute<'GET /shift-options'>({
      type: 'json',
      key: 'GET /shift-options',
      name: 'readShiftOptions',
      summary: 'What a form about shifts offers, places of earlier ones among it.',
      access: 'volunteers.read',
      input: NOTHING,
      output: shiftOptions,
      audit: 'nothing',
      async handle() {
        const { languages, timezone } = campaign();
        const places = new Map<string, ShiftDraft['place']>();
        const recent = await table.find({}, { sort: { starts: -1, _id: -1 }, limit: RECENT });
        for (const { place } of recent.map(draftOfShift)) {
          const key = `${place.name} ${place.point}`;
          if (!places.has(key)) places.set(key, place);
        }
        return {
          languages,
          timezone,
          tasks: [...TASKS],
          skills: [...SKILLS],
          checkIns: [...CHECK_IN_WAYS],
          mostPlaces: MOST_PLACES,
          places: [...places.values()].slice(0, MOST_PLACES_OFFERED),
        };
      },
    }),
    defineRoute<'POST /shift-checks'>({
      type: 'json',
      key: 'POST /shift-checks',
      name: 'checkShift',
      summary: 'What is wrong with a shift that is being written; keeps nothing.',
      access: 'volunteers.write',
      input: z.strictObject({ draft: shiftDraft }),
      output: z.object({ problems: z.array(shiftProblem) }),
      audit: 'itself',
      async handle({ draft }) {
        return { problems: checkShiftDraft('new', draft, campaign()).problems };
      },
    }),
    defineRoute<'POST /shifts'>({
      type: 'json',
      key: 'POST /shifts',
      name: 'makeShift',
      summary: 'Opens a shift for signing up.',
      access: 'volunteers.write',
      input: z.strictObject({ draft: shiftDraft }),
      output: shiftView,
      audit: 'itself',
      async handle({ draft }, call) {
        definitionOf('new', draft);
        const leader = await findLeader(draft.leader, supporters);
        const shift = await open(definitionOf(await freeName(draft), draft), leader);
        await call.note({ action: 'makeShift', about: shift._id });
        return viewShift(shift, options);
      },
    }),
    defineRoute<'GET /shift-export'>({
      type: 'file',
      key: 'GET /shift-export',
      name: 'exportShifts',
      summary: 'Everybody who signed up for the shifts of a time, and the hours of those who came.',
      access: 'volunteers.read',
      input: z.strictObject({ from: day, until: day }),
      contentType: 'text/csv',
      audit: ({ from, until }) => ({ about: `${from} ${until}` }),
      async produce({ from, until }) {
        const time = spanOf({ from, until }, MOST_DAYS, campaign());
        const namesOf: NamesOf = async (ids) => {
          const names = await nameAll(ids, supporters.table);
          return new Map([...names].map(([key, who]) => [key, { id: who._id, name: nameOf(who) }]));
        };
        const [language = ''] = campaign().languages;
        const pieces = exportSignups(shifts, time, namesOf, language);
        return { name: `shifts-${from}-${until}.csv`, pieces };
      },
    }),
    defineRoute<'GET /shift-calendar'>({
      type: 'file',
      key: 'GET /shift-calendar',
      name: 'exportCalendar',
      summary: 'The shifts of a time as a calendar (RFC 5545), without who signed up.',
      access: 'volunteers.read',
      input: z.strictObject({ from: day, until: day }),
      contentType: 'text/calendar',
      audit: 'nothing',
      async produce({ from, until }) {
        const time = spanOf({ from, until }, MOST_DAYS, campaign());
        const { name, languages } = campaign();
        const [language = ''] = languages;
        async function* pieces(): AsyncIterable<string> {
          const query = { starts: { $gte: time.from, $lt: time.until } };
          const rows: Shift[] = [];
          for await (const row of table.stream(query, { sort: { starts: 1 } })) rows.push(row);
          yield writeTeamCalendar(rows, language, name, new Date(now()));
        }
        return { name: `shifts-${from}-${until}.ics`, pieces: pieces() };
      },
    }),
    defineRoute<'GET /shifts/:name'>({
      type: 'json',
      key: 'GET /shifts/:name',
      name: 'viewShift',
      summary: 'One shift with everybody who signed up, in the order of the list.',
      access: 'volunteers.read',
      input: z.strictObject({ name: shiftName }),
      output: shiftView,
      audit: (input) => ({ about: input.name }),
      handle: async ({ name }) => viewShift(await findShift(name, shifts), options),
    }),
  ];

  /** The first name that no shift has yet. */
  async function freeName(draft: ShiftDraft): Promise<string> {
    const names = Array.from({ length: MOST_NAMES }, (_one, index) =>
      nameShift(draft, campaign(), index + 1),
    );
    const taken = new Set((await table.find({ _id: { $in: names } })).map(({ _id }) => _id));
    const free = names.find((one) => !taken.has(one));
    if (free !== undefined) return free;
    throw new ApiRefusal(409, 'name_taken', 'There are too many shifts of this title that day.');
  }
}

/** The shift of a name; refused when there is none. */
export async function findShift(name: string, { table }: Pick<Shifts, 'table'>): Promise<Shift> {
  const shift = await table.get(name);
  if (shift !== undefined) return shift;
  throw new ApiRefusal(404, 'not_found', 'There is no such shift.');
}

/** A shift as staff see it, with its people by name: all in one look-up. */
export async function viewShift(
  shift: Shift,
  { supporters, now }: Pick<ShiftRouteOptions, 'supporters' | 'now'>,
): Promise<ShiftView> {
  const ids = [...shift.signups.map(({ supporter }) => supporter), shift.leader ?? ''];
  return tellShift(shift, await nameAll(ids, supporters.table), now());
}

/** Who is to lead it, under the id they have now; refused when they are nobody. */
export async function findLeader(
  leader: string,
  { table }: Pick<Supporters, 'table'>,
): Promise<string | undefined> {
  if (leader === '') return undefined;
  const record = await findCurrent(leader, table);
  if (record !== undefined && record.erasing === undefined) return record._id;
  throw new ApiRefusal(422, 'faulty', 'Nobody is known who could lead it.', {
    fields: [{ path: 'leader', message: 'is not known (any more)' }],
  });
}
