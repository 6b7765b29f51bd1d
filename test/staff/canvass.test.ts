import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DoorRow } from '../../src/canvass/doors.js';
import { openResults } from '../../src/canvass/results.js';
import { planCut } from '../../src/canvass/turf/plan-cut.js';
import type { VisitRow } from '../../src/canvass/visits.js';
import type { Campaign } from '../../src/engine/campaign.js';
import { createLog } from '../../src/log.js';
import { openTables, type Tables } from '../../src/program/open-tables.js';
import { staffCanvass } from '../../src/program/staff-canvass.js';
import { placeAt, streetsOf } from '../canvass/town.js';
import { readCampaign, supporter } from '../outreach/messages/sample.js';
import { openStaff, type OpenStaff } from './open-staff.js';

const campaign: Campaign = {
  ...readCampaign(),
  canvass: {
    own: ['Valbrume en commun'],
    near: [],
    weights: { mobilisation: 1, persuasion: 0, income: 0, density: 0, unvisited: 0 },
  },
};
const STATIONS = ['35999_0001', '35999_0002'] as const;
let staff: OpenStaff;
let connection: Connection;
let tables: Tables;
let token: string;
let clock = Date.parse('2031-10-01T10:00:00Z');

beforeAll(async () => {
  staff = await openStaff((opened) => {
    connection = opened;
    tables = openTables(connection, 'a secret of thirty-two characters or more', () => clock);
    return staffCanvass({
      connection,
      tables,
      owner: 'test',
      campaign: () => campaign,
      log: createLog('silent'),
      now: () => clock,
      plan: async (doors, options) => planCut(doors, options),
    });
  });
  for (const table of tables.indexed) await table.createIndexes();
  token = await staff.tokenOf('organiser');
});
afterAll(() => staff.close());

const get = async (path: string) =>
  (await staff.ask(`GET /canvass${path}`, undefined, { token })).body;
const post = (path: string, body: unknown) => staff.ask(`POST /canvass${path}`, body, { token });
/** Around the whole town. */
const BOX = 'south=48.09&north=48.115&west=-1.61&east=-1.58';

const doorsOf = (at: number): DoorRow[] =>
  streetsOf({ name: `${at}`, x: at * 400, y: 0, streets: 4, houses: 20, floors: 3 }).map(
    ({ id, ...door }) => ({ ...door, _id: id, station: STATIONS[at] ?? '', at: new Date(0) }),
  );

const visit = (turf: string, door: string, more: Partial<VisitRow>): VisitRow => ({
  _id: `${turf}:${door}`,
  door,
  turf,
  canvasser: 'lea',
  result: 'canvassed',
  ...(more.result === undefined ? { support_level: 1 as const } : {}),
  at: new Date(clock),
  received_at: new Date(clock),
  outing: `lea:${turf}:2031-10-01`,
  ...more,
});

describe('the canvass pages of the console', () => {
  test('before there is a door, nothing is there and nothing can be cut', async () => {
    expect(await get('/areas?language=fr')).toMatchObject({ areas: [], doors: 0, hasRules: true });
    const { status, body } = await post('/cuts', { stations: ['35999_0001'], size: 60 });
    expect([status, body.error.code]).toEqual([422, 'no_doors']);
  });

  test('tell areas in their order, with the reason, an outline and a middle', async () => {
    await tables.canvass.doors.table.insertAll([...doorsOf(0), ...doorsOf(1)]);
    await openResults(connection).table.insertAll(
      STATIONS.map((station, at) => ({
        _id: `2026:${station}`,
        election: '2026',
        station,
        city: 'Valbrume',
        registered: 100,
        abstained: at === 0 ? 20 : 60,
        cast: 40,
        votes: [{ key: '1', labels: ['Valbrume en commun'], votes: 20 }],
        at: new Date(0),
      })),
    );
    clock += 60_000;
    // What was seen before is told once more, while it is looked at anew.
    await get('/areas?language=en');
    const seen = await until(
      () => get('/areas?language=en'),
      ({ areas }) => areas.length === 2,
    );
    expect(seen.areas).toMatchObject([
      { code: STATIONS[1], rank: 1, city: 'Valbrume', done: 0, turfs: { free: 0 } },
      { code: STATIONS[0], rank: 2 },
    ]);
    expect(seen.areas[0].why).toMatch(/^1st of 2: 1st for mobilisation \(60% abstained/);
    expect((await get('/areas?language=fr')).areas[0].why).toMatch(/^1er sur 2/);
    expect(seen.areas[0].outline[0].length).toBeGreaterThan(8);
    expect(seen.areas[0].centre.lon).toBeGreaterThan(seen.areas[1].centre.lon);
  });

  test('preview a cut, write nothing, and then make just that', async () => {
    const wish = { stations: [STATIONS[1]], size: 30 };
    const { body: preview } = await post('/cut-previews', wish);
    expect(await get('/turfs')).toEqual({ items: [] });
    const { body: made } = await post('/cuts', wish);
    expect(made).toEqual({
      turfs: preview.turfs.length,
      doors: preview.turfs.reduce((sum: number, { doors }: { doors: number }) => sum + doors, 0),
    });
    const { items } = await get('/turfs');
    expect(
      items.map(({ name, doors, metres }: Record<string, unknown>) => [name, doors, metres]),
    ).toEqual(
      preview.turfs.map(({ name, doors, metres }: Record<string, unknown>) => [
        name,
        doors,
        metres,
      ]),
    );
    const { turfs } = await get(`/shapes?${BOX}`);
    expect(turfs).toHaveLength(items.length);
    for (const { outline } of turfs) expect(outline[0].length).toBeGreaterThan(6);
    expect((await get('/areas?language=en')).areas[0].turfs.free).toBe(items.length);
  });

  test('cut what a line on the map encloses, and leave turfs that lie partly outside', async () => {
    const line = [placeAt(-20, -20), placeAt(40, -20), placeAt(40, 200), placeAt(-20, 200)];
    const { body: preview } = await post('/cut-previews', { within: line, turfs: 2 });
    expect(preview).toMatchObject({ replaced: 0, keptDoors: 0 });
    expect(preview.turfs).toHaveLength(2);
    await post('/cuts', { within: line, turfs: 2 });
    const wider = [placeAt(-20, -20), placeAt(200, -20), placeAt(200, 100), placeAt(-20, 100)];
    const { body: again } = await post('/cut-previews', { within: wider, turfs: 2 });
    expect(again.keptDoors).toBeGreaterThan(0);
  });

  test('refuse a wish that says too much, too little, or a line of two corners', async () => {
    for (const wish of [
      { stations: [STATIONS[0]] },
      { size: 60 },
      { stations: [STATIONS[0]], size: 60, turfs: 3 },
      { stations: [STATIONS[0]], within: [placeAt(0, 0)], size: 60 },
      { within: [placeAt(0, 0), placeAt(9, 9)], size: 60 },
      { stations: [STATIONS[0]], size: 2 },
    ]) {
      expect((await post('/cut-previews', wish)).status).toBe(400);
    }
  });

  test('list turfs a page at a time, by state and area', async () => {
    const all = await get('/turfs?limit=200');
    const paged: string[] = [];
    let before = '';
    for (;;) {
      const page = await get(
        `/turfs?limit=2${before === '' ? '' : `&before=${encodeURIComponent(before)}`}`,
      );
      paged.push(...page.items.map(({ id }: { id: string }) => id));
      if (page.next === undefined) break;
      before = page.next;
    }
    expect(paged).toEqual(all.items.map(({ id }: { id: string }) => id));
    expect((await get('/turfs?state=done')).items).toEqual([]);
    const there = await get(`/turfs?state=free&station=${STATIONS[0]}`);
    expect(there.items).toHaveLength(2);
  });

  test('show doors in the part of the map that is seen, and none where they are too many', async () => {
    const { doors, isCut } = await get(`/doors?${BOX}`);
    expect(isCut).toBe(false);
    expect(doors).toHaveLength(doorsOf(0).length + doorsOf(1).length);
    expect(doors.some(({ turf }: { turf?: string }) => turf !== undefined)).toBe(true);
    expect(JSON.stringify(doors)).not.toContain('Rue');
    expect(await get('/doors?south=40&north=50&west=-5&east=5')).toEqual({
      doors: [],
      isCut: true,
    });
    expect((await staff.ask('GET /canvass/doors?south=x', undefined, { token })).status).toBe(400);
  });

  test('find volunteers who agreed to help, approved canvassers first without a name', async () => {
    const given = { consents_now: ['canvassing=given'] };
    await tables.people.supporters.table.insertAll([
      supporter('lea', ['web'], {
        merged_from: ['old-lea'],
        first_name: 'Léa',
        last_name: 'Morvan',
        search: ['lea', 'morvan'],
        ...given,
      }),
      supporter('noe', ['web'], {
        first_name: 'Noé',
        last_name: 'Morel',
        search: ['noe', 'morel'],
        ...given,
      }),
      supporter('zoe', ['web'], {
        first_name: 'Zoé',
        last_name: 'Morin',
        search: ['zoe', 'morin'],
      }),
    ]);
    await tables.volunteers.roles.insert({
      _id: 'canvasser:lea',
      supporter: 'lea',
      role: 'canvasser',
      state: 'approved',
      revision: 1,
      at: new Date(clock),
    });
    expect((await get('/canvassers')).items).toEqual([
      { id: 'lea', name: 'Léa Morvan', state: 'approved' },
    ]);
    const { items } = await get('/canvassers?q=mor');
    expect(
      items.map(({ name, state }: Record<string, string>) => [name, state]).toSorted(),
    ).toEqual([
      ['Léa Morvan', 'approved'],
      ['Noé Morel', 'none'],
    ]);
    // Between the two words of each of them, and the beginning of neither.
    expect((await get('/canvassers?q=mar')).items).toEqual([]);
  });

  test('keep a turf for a volunteer, give it back, and refuse both for one that is done', async () => {
    const [turf] = (await get('/turfs')).items;
    const assigned = await post(`/turfs/${turf.id}/assign`, { volunteer: 'lea' });
    expect(assigned.body).toMatchObject({ reservedFor: { id: 'lea', name: 'Léa Morvan' } });
    expect((await get('/canvassers')).items[0].turf).toBe(turf.name);
    expect(
      (await get(`/shapes?${BOX}`)).turfs.find(({ id }: { id: string }) => id === turf.id),
    ).toMatchObject({ isReserved: true });
    expect((await post(`/turfs/${turf.id}/release`, {})).body.reservedFor).toBeUndefined();
    const led = await staff.ask(
      `PUT /canvass/turfs/${turf.id}/leader`,
      { volunteer: 'noe' },
      { token },
    );
    expect(led.body.leader).toEqual({ id: 'noe', name: 'Noé Morel' });
    expect((await post(`/turfs/${turf.id}/assign`, { volunteer: 'nobody' })).status).toBe(404);
    expect((await post('/turfs/none/assign', { volunteer: 'lea' })).status).toBe(404);
    const entries = await tables.staff.audit.list({ action: 'assignTurf', limit: 5 });
    expect(entries.map(({ supporter: whom, outcome }) => [whom, outcome])).toContainEqual([
      'lea',
      'done',
    ]);
  });

  test('hand nothing out during the silence, on screen or on paper, and say until when', async () => {
    const before = clock;
    clock = Date.parse('2032-03-13T10:00:00Z');
    const [turf] = (await get('/turfs')).items;
    const { status, body } = await post(`/turfs/${turf.id}/assign`, { volunteer: 'lea' });
    expect([status, body.error.code]).toEqual([422, 'canvass_silence']);
    expect(
      (await staff.ask(`GET /canvass/turfs/${turf.id}/print?language=fr`, undefined, { token }))
        .status,
    ).toBe(422);
    expect(Date.parse((await get('/areas?language=fr')).silence.until)).toBeGreaterThan(clock);
    expect((await get(`/turfs/${turf.id}`)).silence.until).toBeDefined();
    clock = before;
    expect((await get(`/turfs/${turf.id}`)).silence).toBeUndefined();
  });

  test('show a turf in walk order with what was found, and its list for paper without a name', async () => {
    const [row] = await tables.canvass.turfs.table.find({}, { sort: { rank: 1 }, limit: 1 });
    const [first, second] = row?.doors ?? [];
    if (row === undefined || first === undefined || second === undefined)
      throw new Error('no turf');
    await tables.canvass.turfs.table.replaceIf(
      { revision: row.revision },
      {
        ...row,
        state: 'walked',
        canvassers: ['lea'],
        revision: row.revision + 1,
        doors: row.doors.map((one, at) =>
          at < 2 ? { ...one, result: 'canvassed' as const } : one,
        ),
      },
    );
    await tables.canvass.visits.table.insertAll([
      visit(row._id, first.door, { note: 'sonnette cassée' }),
      // Before her two profiles were merged.
      visit(row._id, second.door, {
        result: 'not_home',
        at: new Date(clock + 5_000),
        canvasser: 'old-lea',
        outing: `old-lea:${row._id}:2031-10-01`,
      }),
    ]);
    const shown = await get(`/turfs/${row._id}`);
    expect(shown.doors.map(({ id }: { id: string }) => id)).toEqual(
      row.doors.map(({ door }) => door),
    );
    expect(shown.doors[0]).toMatchObject({
      supportLevel: 1,
      by: { id: 'lea', name: 'Léa Morvan' },
      visitNote: 'sonnette cassée',
    });
    expect(shown.turf).toMatchObject({
      state: 'walked',
      done: 2,
      canvassers: [{ name: 'Léa Morvan' }],
    });
    expect(shown.figures).toMatchObject({
      visits: 2,
      contacts: 1,
      contactRate: 0.5,
      conversionRate: 1,
    });
    const paper = await staff.ask(`GET /canvass/turfs/${row._id}/print?language=en`, undefined, {
      token,
    });
    expect(paper.headers.get('content-disposition')).toMatch(/^inline/);
    expect(paper.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(paper.body).toContain('Rue 1');
    expect(paper.body).not.toContain('Morvan');
  });

  test('count by turf, street, volunteer and hour, and take one outing back', async () => {
    clock += 60_000;
    const by = async (group: string) =>
      until(
        () => get(`/figures?by=${group}`),
        ({ items }) => items.length > 0,
      );
    expect((await by('canvasser')).items).toMatchObject([
      { name: 'Léa Morvan', figures: { visits: 2 } },
    ]);
    expect((await by('turf')).items[0].name).toBe((await get('/turfs')).items[0].name);
    expect((await by('street')).items[0].name).toMatch(/^Rue 1/);
    expect((await by('hour')).items[0].name).toMatch(/^2031-10-01 1\dh$/);
    expect((await by('hour')).all).toMatchObject({ visits: 2, supporters: 1 });

    const { items } = await get('/outings?language=fr');
    expect(items).toMatchObject([{ canvasser: { name: 'Léa Morvan' }, doors: 2, alerts: [] }]);
    expect(await get('/outings?language=fr&odd=true')).toEqual({ items: [], odd: 0 });
    const path = `/outings/${encodeURIComponent(items[0].id)}/rollback`;
    expect((await post(path, {})).body).toEqual({ visits: 2, doors: 2 });
    expect((await post(path, {})).body).toEqual({ visits: 0, doors: 0 });
    expect((await post('/outings/none/rollback', {})).status).toBe(404);
    expect(await get('/outings?language=fr')).toEqual({ items: [], odd: 0 });
    expect((await get('/figures?by=turf')).items).toEqual([]);
    const [turf] = (await get('/turfs')).items;
    expect(turf).toMatchObject({ done: 0, state: 'walked' });
    const noted = await tables.staff.audit.list({ action: 'rollBackOuting', limit: 5 });
    expect(noted.map(({ supporter: whom }) => whom)).toEqual(['lea', 'lea']);
  });

  test('write visits as files, and refuse ids of VAN that are none', async () => {
    await tables.canvass.visits.table.insertAll([
      visit('turf', 'a', { _id: 'one', outing: 'later' }),
      visit('turf', 'b', { _id: 'two', outing: 'later', result: 'language_barrier' }),
    ]);
    expect(await get('/exports/csv')).toMatch(/^visit,door,[^\n]+\r?\none,a/);
    expect((await get('/exports/osdi')).trim().split('\n')).toHaveLength(2);
    const van = await get('/exports/van?support=1234:11,12,13,14,15');
    expect(van).toContain('"surveyResponseId":11');
    expect(van.trim().split('\n')).toHaveLength(1);
    expect((await get('/exports/van?barrier=29')).trim().split('\n')).toHaveLength(2);
    const bad = await staff.ask('GET /canvass/exports/van?support=all', undefined, { token });
    expect(bad.status).toBe(400);
  });
});

/** Asks until it is so: what is kept is told at once, and looked at anew behind. */
async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
