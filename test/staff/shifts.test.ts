import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { shiftRoutes } from '../../src/staff/routes/shift-routes.js';
import { signupRoutes } from '../../src/staff/routes/signup-routes.js';
import { volunteerRoutes } from '../../src/staff/routes/volunteer-routes.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { createStaffDesk } from '../../src/volunteers/staff-desk.js';
import { readCampaign } from '../outreach/messages/sample.js';
import { openHere } from '../store/support.js';
import { openDesk, type Desk } from '../volunteers/desk.js';
import { volunteer, WEEK_BEFORE } from '../volunteers/sample.js';
import { openStaff, type OpenStaff } from './open-staff.js';

const clock = { now: WEEK_BEFORE };
let close: () => Promise<void>;
let connection: Connection;
let desk: Desk;
let people: People;
let staff: OpenStaff;
let organiser: string;
beforeAll(async () => {
  const here = await openHere();
  ({ close } = here);
  ({ connection } = here.store);
  desk = await openDesk(connection, clock);
  people = openPeople(connection, 'a secret of tests');
  await people.supporters.table.createIndexes();
  const { shifts, roles, roleDesk, settling } = desk;
  const now = (): number => clock.now;
  const about = { shifts, supporters: people.supporters, campaign: () => readCampaign(), now };
  const find = async (id: string) => desk.people.get(id);
  staff = await openStaff([
    ...shiftRoutes(about),
    ...signupRoutes({
      ...about,
      desk: createStaffDesk({ shifts, settling, roles: roleDesk, find, now }),
    }),
    ...volunteerRoutes({ ...about, roles, roleDesk }),
  ]);
  organiser = await staff.tokenOf('organiser');
});
afterAll(async () => {
  await desk?.untilSettled();
  await staff?.close();
  await close?.();
});

const ask = (route: string, body?: unknown) => staff.ask(route, body, { token: organiser });

async function meet(id: string, more: Partial<SupporterRecord> = {}): Promise<void> {
  const record = volunteer(id, { first_name: id, last_name: 'Martin', ...more });
  desk.people.set(id, record);
  await people.supporters.table.insert(record);
}

const DRAFT = {
  title: { fr: 'Tracts au marché', en: 'Leaflets at the market' },
  task: 'leaflets',
  place: {
    name: 'Place du Lavoir',
    address: '3 place du Lavoir',
    postalCode: '35000',
    point: '48,1113; -1,68',
  },
  timezone: 'Europe/Paris',
  starts: '2031-11-22T14:00',
  ends: '2031-11-22T17:00',
  capacity: 2,
  skills: [],
  languages: [],
  checkIn: ['button'],
  leader: '',
};
const make = async (more: object = {}): Promise<string> => {
  const { body, status } = await ask('POST /shifts', { draft: { ...DRAFT, ...more } });
  expect([status, body.error]).toEqual([200, undefined]);
  return body.name;
};
let keys = 0;
const place = (name: string, supporter: string, key = `press-${(keys += 1)}-x`) =>
  ask(`POST /shifts/${name}/signups`, { supporter, key });
const codeOf = async (answer: ReturnType<typeof ask>) => (await answer).body.error?.code;
/** `name state place`, as staff see the list. */
const listOf = (body: {
  signups: readonly { name: string; state: string; waits?: number }[];
}): string[] =>
  body.signups.map(({ name, state, waits }) =>
    [name.split(' ')[0], state, waits].filter((part) => part !== undefined).join(' '),
  );

describe('writing a shift', () => {
  test('tells every mistake beside its field, and the law of the silence', async () => {
    const problems = async (more: object) => {
      const { body } = await ask('POST /shift-checks', { draft: { ...DRAFT, ...more } });
      return Object.fromEntries(
        body.problems.map(({ field, code }: { field: string; code: string }) => [field, code]),
      );
    };
    expect(await problems({})).toEqual({});
    expect(
      await problems({
        title: { fr: 'Un titre bien trop long pour un bouton de Telegram' },
        place: { ...DRAFT.place, name: '', point: 'near the river' },
        ends: '',
      }),
    ).toEqual({
      'title.en': 'missing',
      'title.fr': 'label-too-long',
      'place.name': 'missing',
      'place.point': 'no-point',
      ends: 'missing',
    });
    expect(await problems({ ends: '2031-11-22T13:00', capacity: 0, task: 'naps' })).toEqual({
      ends: 'wrong-type',
      capacity: 'wrong-type',
      task: 'wrong-type',
    });
    // Leaflets are campaigning, which stops the day before the vote; watching the poll is not.
    const eve = { starts: '2032-03-13T10:00', ends: '2032-03-13T12:00' };
    expect(await problems(eve)).toEqual({ starts: 'neutral-content' });
    expect(await problems({ ...eve, task: 'polls' })).toEqual({});
    expect(await problems({ title: { fr: 'a"\n: b #', en: '{{' } })).toEqual({});
    const refused = await ask('POST /shifts', { draft: { ...DRAFT, ends: '' } });
    expect([refused.status, refused.body.error.fields]).toEqual([
      422,
      [{ path: 'ends', message: 'This is still missing.' }],
    ]);
    const over = { starts: '2031-11-01T14:00', ends: '2031-11-01T17:00' };
    expect(await codeOf(ask('POST /shifts', { draft: { ...DRAFT, ...over } }))).toBe('faulty');
  });

  test('names it from its title and day, and tells apart two of one name', async () => {
    expect(await make()).toBe('tracts-au-marche-2031-11-22');
    expect(await make()).toBe('tracts-au-marche-2031-11-22-2');
    const { body } = await ask('GET /shifts/tracts-au-marche-2031-11-22');
    expect(body).toMatchObject({
      starts: '2031-11-22T13:00:00.000Z',
      capacity: 2,
      taken: 0,
      draft: { starts: '2031-11-22T14:00', place: { point: '48.1113, -1.68' } },
    });
    const options = await ask('GET /shift-options');
    expect(options.body.places).toHaveLength(1);
  });

  test('is changed by one of two who write at once, and never below what is taken', async () => {
    for (const id of ['ana', 'bea', 'cleo']) await meet(id);
    const name = await make({ title: { fr: 'Collage', en: 'Posters' } });
    for (const id of ['ana', 'bea', 'cleo']) await place(name, id);
    const { body } = await ask(`GET /shifts/${name}`);
    expect(listOf(body)).toEqual(['ana scheduled', 'bea scheduled', 'cleo invited 1']);
    const save = (more: object, version = body.version) =>
      ask(`PUT /shifts/${name}`, { draft: { ...body.draft, ...more }, version });
    expect(await codeOf(save({ capacity: 1 }))).toBe('below_taken');
    expect(await codeOf(save({ starts: '2031-11-22T15:00' }))).toBe('times_fixed');
    const both = await Promise.all([save({ capacity: 3 }), save({ capacity: 4 })]);
    expect(both.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 409]);
    // Who waited has the place that was added, and is told of it.
    const after = await ask(`GET /shifts/${name}`);
    expect(listOf(after.body)).toEqual(['ana scheduled', 'bea scheduled', 'cleo scheduled']);
    expect(await desk.news.count({ supporter: 'cleo', kind: 'place' })).toBe(1);
    expect(await codeOf(save({ leader: 'nobody' }, after.body.version))).toBe('faulty');
    const led = await save({ leader: 'ana', capacity: 3 }, after.body.version);
    expect(led.body.leader).toEqual({ id: 'ana', name: 'ana Martin' });
  });
});

describe('placing by hand', () => {
  test('fills places, then the list, once for one press', async () => {
    for (const id of ['dan', 'eli', 'fay']) await meet(id);
    const name = await make({ capacity: 1, starts: '2031-11-23T14:00', ends: '2031-11-23T17:00' });
    const first = await place(name, 'dan', 'press-same');
    expect([first.status, first.body.state]).toEqual([200, 'scheduled']);
    expect((await place(name, 'dan', 'press-same')).body.state).toBe('scheduled');
    expect(await codeOf(place(name, 'dan'))).toBe('already');
    expect((await place(name, 'eli')).body.state).toBe('invited');
    expect((await place(name, 'fay')).body.state).toBe('invited');
    const { body } = await ask(`GET /shifts/${name}`);
    expect(listOf(body)).toEqual(['dan scheduled', 'eli invited 1', 'fay invited 2']);
    const [{ n }] = body.signups;
    // Who waits longest gets the place that is given back.
    const left = await ask(`DELETE /shifts/${name}/signups/${n}`, {});
    expect(listOf(left.body)).toEqual(['eli scheduled', 'fay invited 1', 'dan declined']);
    expect(await codeOf(ask(`DELETE /shifts/${name}/signups/${n}`, {}))).toBeUndefined();
    expect(await codeOf(ask(`DELETE /shifts/${name}/signups/99`, {}))).toBe('not_signed_up');
    const [entry] = await staff.tables.audit.list({ action: 'removeVolunteer', limit: 1 });
    expect(entry).toMatchObject({ about: name });
  });

  test('is refused to whoever did not agree, is not approved, or is on another shift then', async () => {
    await meet('gil', { consents: [], consents_now: [] });
    await meet('hal');
    const hours = { starts: '2031-11-24T14:00', ends: '2031-11-24T17:00' };
    const name = await make(hours);
    expect(await codeOf(place(name, 'gil'))).toBe('no_consent');
    expect(await codeOf(place(name, 'nobody'))).toBe('not_found');
    expect((await place(name, 'hal')).body.state).toBe('scheduled');
    const clash = await make({ starts: '2031-11-24T16:59', ends: '2031-11-24T18:00' });
    const next = await make({ starts: '2031-11-24T17:00', ends: '2031-11-24T18:00' });
    expect(await codeOf(place(clash, 'hal'))).toBe('elsewhere');
    expect((await place(next, 'hal')).body.state).toBe('scheduled');
    const doors = await make({
      task: 'doors',
      starts: '2031-11-25T14:00',
      ends: '2031-11-25T17:00',
    });
    expect(await codeOf(place(doors, 'hal'))).toBe('unapproved');
    await desk.roleDesk.askFor({ supporter: 'hal', ids: ['hal'] }, ['canvasser']);
    expect((await ask('GET /volunteers/counts')).body).toEqual({ asked: 1 });
    const asked = await ask('GET /volunteers/roles?state=asked');
    expect(asked.body.items).toMatchObject([{ supporter: 'hal', role: 'canvasser' }]);
    const decision = { supporter: 'hal', role: 'canvasser', state: 'approved' };
    expect((await ask('POST /volunteers/roles', decision)).status).toBe(200);
    expect((await ask('GET /volunteers/roles?state=asked')).body.items).toEqual([]);
    expect((await place(doors, 'hal')).body.state).toBe('scheduled');
  });

  test('ends when the shift begins, or is called off', async () => {
    await meet('ida');
    const hours = { starts: '2031-11-26T14:00', ends: '2031-11-26T17:00' };
    const name = await make(hours);
    clock.now = Date.parse('2031-11-26T13:00:00Z');
    expect(await codeOf(place(name, 'ida'))).toBe('begun');
    clock.now = WEEK_BEFORE;
    await place(name, 'ida');
    const { body } = await ask(`POST /shifts/${name}/cancel`, {});
    expect([body.state, listOf(body)]).toEqual(['cancelled', ['ida declined']]);
    expect(await desk.news.count({ supporter: 'ida', kind: 'called_off' })).toBe(1);
    expect(await codeOf(place(name, 'ida'))).toBe('not_open');
    expect((await ask(`POST /shifts/${name}/cancel`, {})).status).toBe(200);
    const { version, draft } = body;
    expect(await codeOf(ask(`PUT /shifts/${name}`, { draft, version }))).toBe('not_open');
  });
});

test('who came is noted once it is about to begin, and their hours are added up under who they are now', async () => {
  await meet('joe');
  await meet('kim', { merged_from: ['kim-before'] });
  const hours = { starts: '2031-12-01T14:00', ends: '2031-12-01T16:30', capacity: 5 };
  const [first, second] = [
    await make(hours),
    await make({ ...hours, starts: '2031-12-02T10:00', ends: '2031-12-02T11:00' }),
  ];
  for (const name of [first, second]) for (const id of ['joe', 'kim']) await place(name, id);
  // What was signed up for before profiles were merged stands under the id of then.
  await desk.shifts.change(second, (shift) => ({
    shift: {
      ...shift,
      signups: shift.signups.map((one) =>
        one.supporter === 'kim' ? { ...one, supporter: 'kim-before' } : one,
      ),
    },
    answer: undefined,
  }));
  const arrive = (name: string, n: number) => ask(`POST /shifts/${name}/signups/${n}/arrive`, {});
  const view = await ask(`GET /shifts/${first}`);
  const [joe, kim] = view.body.signups.map(({ n }: { n: number }) => n);
  expect([view.body.canMark, await codeOf(arrive(first, joe))]).toEqual([false, 'too_early']);
  clock.now = Date.parse('2031-12-02T10:30:00Z');
  for (const n of [joe, kim]) await arrive(first, n);
  const there = await ask(`GET /shifts/${second}`);
  expect(listOf(there.body)).toEqual(['joe scheduled', 'kim scheduled']);
  const marked = await arrive(second, there.body.signups[1].n);
  expect(marked.body).toMatchObject({ came: 1, signups: [{}, { arrivedBy: 'staff' }] });
  const told = await ask('GET /volunteers/hours?from=2031-12-01&until=2031-12-31');
  expect(told.body).toEqual({
    people: 2,
    shifts: 3,
    hours: 6,
    items: [
      { supporter: 'kim', name: 'kim Martin', shifts: 2, hours: 3.5 },
      { supporter: 'joe', name: 'joe Martin', shifts: 1, hours: 2.5 },
    ],
  });
  const part = await ask('GET /volunteers/hours?from=2031-12-01&until=2031-12-31&limit=1&before=1');
  expect(part.body).toMatchObject({ items: [{ name: 'joe Martin' }], people: 2 });
  clock.now = WEEK_BEFORE;
});

test('the list comes along an index, in parts that leave nothing out', async () => {
  const all = await desk.shifts.table.count({ starts: { $gte: new Date('2031-11-01T00:00Z') } });
  const seen: string[] = [];
  let next: string | undefined;
  do {
    const more = next === undefined ? '' : `&before=${encodeURIComponent(next)}`;
    const { body } = await ask(`GET /shifts?from=2031-11-01&until=2031-12-31&limit=4${more}`);
    for (const { name } of body.items) seen.push(name);
    next = body.next;
  } while (next !== undefined);
  expect([new Set(seen).size, seen.length]).toEqual([all, all]);
  const rows = connection.collection('shifts').find({
    $and: [{ starts: { $gte: new Date(0), $lt: new Date() } }, {}],
  });
  const plan = JSON.stringify(await rows.sort({ starts: 1, _id: 1 }).explain());
  expect(plan).toContain('IXSCAN');
  expect(plan).not.toContain('"SORT"');
});

test('the files have what they are for, and no cell or line of them the code', async () => {
  const days = 'from=2031-11-01&until=2031-12-31';
  const csv = await ask(`GET /shift-export?${days}`);
  const lines = csv.body.trim().split('\n');
  expect(lines[0]).toMatch(/^shift,title,task,place,starts,ends,/);
  expect(csv.body).toContain('kim Martin,completed,');
  expect(lines.find((line: string) => line.includes('joe Martin,completed'))).toMatch(/,2\.5$/);
  const ics = await ask(`GET /shift-calendar?${days}`);
  expect(ics.headers.get('content-type')).toContain('text/calendar');
  expect(ics.body).toContain('SUMMARY:Tracts au marché (2/5)');
  expect(ics.body).toContain('STATUS:CANCELLED');
  expect(ics.body).not.toContain('Martin');
});

test('the code that a leader tells those who came is in no answer', async () => {
  const name = await make({ title: { fr: 'Le code', en: 'The code' } });
  await desk.shifts.change(name, (shift) => ({
    shift: { ...shift, code: '987654321' },
    answer: 1,
  }));
  await meet('lou');
  const placed = await place(name, 'lou');
  const n = placed.body.shift.signups[0].n;
  clock.now = Date.parse('2031-11-22T13:00:00Z');
  const days = 'from=2031-11-01&until=2031-12-31';
  const answers = [
    placed,
    await ask(`POST /shifts/${name}/signups/${n}/arrive`, {}),
    await ask(`GET /shifts/${name}`),
    await ask(`GET /shifts?${days}&limit=200`),
    await ask('GET /shift-options'),
    await ask(`GET /shift-export?${days}`),
    await ask(`GET /shift-calendar?${days}`),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('987654321');
  }
});
