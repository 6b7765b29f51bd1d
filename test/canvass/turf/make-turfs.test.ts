import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDoors, type DoorRow, type Doors } from '../../../src/canvass/doors.js';
import { makeTurfs, type MadeTurfs } from '../../../src/canvass/turf/make-turfs.js';
import { nameTurfs } from '../../../src/canvass/turf/name-turfs.js';
import { releaseTurf } from '../../../src/canvass/turf/release-turf.js';
import { openTurfs, type TurfRow, type Turfs } from '../../../src/canvass/turfs.js';
import { openLeases } from '../../../src/store/leases.js';
import type { Store } from '../../../src/store/connection.js';
import { openHere } from '../../store/support.js';
import { streetsOf } from '../town.js';

let doors: Doors;
let turfs: Turfs;
let connection: Store['connection'];
let close: () => Promise<void>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  ({ connection } = opened.store);
  doors = openDoors(connection);
  turfs = openTurfs(connection);
  for (const { table } of [doors, turfs]) await table.createIndexes();
});
afterEach(() => close());

const rowsOf = (name: string, station: string): DoorRow[] =>
  streetsOf({ name, x: 0, y: 0, streets: 4, houses: 20, floors: 3 }).map(({ id, ...door }) => ({
    ...door,
    _id: id,
    station,
    at: new Date(0),
  }));

async function cut(wish: Parameters<typeof makeTurfs>[1], owner = 'here'): Promise<MadeTurfs> {
  const lease = openLeases(connection, Date.now).named(owner, 'canvass cut', 10_000);
  return makeTurfs({ doors, turfs, lease, now: () => 1_000 }, wish);
}

async function change(row: TurfRow | undefined, fields: Partial<TurfRow>): Promise<TurfRow> {
  if (row === undefined) throw new Error('no such turf');
  const next = { ...row, ...fields, revision: row.revision + 1 };
  expect(await turfs.table.replaceIf({ revision: row.revision }, next)).toBe(true);
  return next;
}

const all = (): Promise<TurfRow[]> => turfs.table.find({}, { sort: { rank: 1 } });

describe('making turfs', () => {
  test('writes each with its walk list, and each door with its turf', async () => {
    await doors.table.insertAll(rowsOf('A', '35999_0001'));
    const made = await cut({ wanted: { size: 26 } });
    expect(made).toMatchObject({ type: 'made', kept: 0, replaced: 0 });
    const rows = await all();
    expect(rows.map(({ state, canvassers, revision }) => [state, canvassers, revision])).toEqual(
      rows.map(() => ['free', [], 1]),
    );
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, at) => at + 1));
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(rows.flatMap(({ stations }) => stations)).toEqual(rows.map(() => '35999_0001'));
    const walked = rows.flatMap((row) => row.doors.map(({ door }) => `${door} ${row._id}`));
    const kept = await doors.table.find({});
    expect(walked.toSorted()).toEqual(
      kept.map(({ _id, turf }) => `${_id} ${turf ?? ''}`).toSorted(),
    );
    for (const { metres } of rows) expect(metres).toBeGreaterThan(0);
  });

  test('keeps whatever is begun, walked or reserved, and cuts the others anew', async () => {
    await doors.table.insertAll(rowsOf('A', '1'));
    await cut({ wanted: { turfs: 6 } });
    const [walked, begun, reserved, done, ...free] = await all();
    const [first, ...others] = begun?.doors ?? [];
    const kept = [
      await change(walked, { state: 'walked', canvassers: ['lea'] }),
      await change(begun, { doors: [{ door: first?.door ?? '', result: 'refused' }, ...others] }),
      await change(reserved, { reserved_for: 'zoe' }),
      await change(done, { state: 'done' }),
    ];
    const made = await cut({ wanted: { size: 10 } });
    expect(made).toMatchObject({ type: 'made', kept: 4, replaced: free.length });
    const rows = await all();
    for (const row of kept) expect(rows).toContainEqual(row);
    const held = rows.flatMap((row) => row.doors.map(({ door }) => door));
    expect(held.toSorted()).toEqual((await doors.table.find({})).map(({ _id }) => _id).toSorted());
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  test('cuts some polling stations only, the first named to be walked first', async () => {
    await doors.table.insertAll([...rowsOf('A', '1'), ...rowsOf('B', '2'), ...rowsOf('C', '3')]);
    await cut({ wanted: { size: 40 }, stations: ['3', '1'] });
    const rows = await all();
    expect(new Set(rows.flatMap(({ stations }) => stations))).toEqual(new Set(['1', '3']));
    expect(rows[0]?.stations).toContain('3');
    expect(rows.at(-1)?.stations).toContain('1');
    await cut({ wanted: { size: 40 }, stations: ['2'] });
    expect((await all()).length).toBeGreaterThan(rows.length);
  });

  test('is taken up where a cut was killed, and never gives a door to two turfs', async () => {
    await doors.table.insertAll(rowsOf('A', '1'));
    await cut({ wanted: { turfs: 5 } });
    // Killed after some of the turfs were written.
    const [, second, third] = await all();
    for (const row of [second, third]) await turfs.table.remove({ _id: row?._id });
    await cut({ wanted: { turfs: 5 } });
    const held = (await all()).flatMap((row) => row.doors.map(({ door }) => door));
    expect(held.toSorted()).toEqual((await doors.table.find({})).map(({ _id }) => _id).toSorted());
  });

  test('says why it cannot be', async () => {
    expect(await cut({ wanted: { turfs: 5 } })).toEqual({ type: 'refused', reason: 'no_doors' });
    await doors.table.insertAll(rowsOf('A', '1'));
    expect(await cut({ wanted: { turfs: 5 }, stations: ['9'] })).toMatchObject({
      reason: 'no_doors',
    });
    await openLeases(connection, Date.now).named('another', 'canvass cut', 60_000).hold();
    expect(await cut({ wanted: { turfs: 5 } })).toEqual({ type: 'refused', reason: 'busy' });
    await openLeases(connection, Date.now).named('another', 'canvass cut', 60_000).release();
    await cut({ wanted: { turfs: 1 } });
    const [only] = await all();
    await change(only, { state: 'walked', canvassers: ['lea'] });
    expect(await cut({ wanted: { turfs: 5 } })).toEqual({ type: 'refused', reason: 'none_left' });
  });
});

test('a turf that is released keeps what was reported', () => {
  const turf: TurfRow = {
    _id: 't',
    name: 'Rue 1',
    stations: [],
    doors: [
      { door: 'a', result: 'refused' },
      { door: 'b', held_by: 'lea', held_at: new Date(0) },
    ],
    centre: { lat: 0, lon: 0 },
    metres: 0,
    canvassers: ['lea'],
    reserved_for: 'zoe',
    state: 'walked',
    rank: 1,
    revision: 3,
    at: new Date(0),
  };
  const { reserved_for: _, ...rest } = turf;
  expect(releaseTurf(turf)).toEqual({
    ...rest,
    doors: [{ door: 'a', result: 'refused' }, { door: 'b' }],
    canvassers: [],
    state: 'free',
    // Whoever had it hears that they have it no more.
    notices: ['lea', 'zoe'].map((to) => ({ to, kind: 'taken', of: turf.revision })),
    notice_due: true,
  });
});

test('turfs are named by their main street, each differently', () => {
  const on = (...streets: string[]) => streets.map((street) => ({ street }));
  const names = nameTurfs(
    [on('Quai', 'Quai', 'Rue'), on('Quai'), on('Rue'), on(''), on('B', 'A')],
    new Set(['Quai 1']),
  );
  expect(names).toEqual(['Quai 2', 'Quai 3', 'Rue 1', '– 1', 'A 1']);
});
