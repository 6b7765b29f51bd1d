import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createTellOutings,
  type TellOutingsOptions,
} from '../../../src/canvass/field/tell-outings.js';
import { oweNews } from '../../../src/canvass/outing-news.js';
import { openTurfs, type TurfRow, type Turfs } from '../../../src/canvass/turfs.js';
import { openVisits, type Visits } from '../../../src/canvass/visits.js';
import { newSupporter } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';

const HOUR = 3_600_000;
const START = Date.parse('2032-03-01T17:00Z');
const OUTING = 'lea:t1:2032-03-01';

let turfs: Turfs;
let visits: Visits;
let close: () => Promise<void>;
let now: number;
let started: string[];
let may: 'reach' | 'wait' | 'none';
let telling: ReturnType<typeof createTellOutings>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  [turfs, visits] = [openTurfs(connection), openVisits(connection)];
  for (const { table } of [turfs, visits]) await table.createIndexes();
  [now, started, may] = [START + 60_000, [], 'reach'];
  const startFlow: TellOutingsOptions['startFlow'] = async (supporter, flow, id) => {
    if (started.includes(`${supporter} ${flow} ${id}`)) return 'repeated';
    started.push(`${supporter} ${flow} ${id}`);
    return 'taken';
  };
  telling = createTellOutings({
    turfs,
    visits,
    find: async (id) => ({
      ...newSupporter(id, 'fr', { channel: 'web', address: id }, new Date(START)),
      first_name: id,
    }),
    mayTell: async () =>
      may === 'reach' ? { type: 'reach', reach: { channel: 'web', address: 'a' } } : { type: may },
    startFlow,
    report: (error) => {
      throw error;
    },
    now: () => now,
  });
});
afterEach(() => close());

async function walk(more: Partial<TurfRow> = {}): Promise<void> {
  const at = new Date(START);
  const doors = [{ door: 'd1', result: 'canvassed' as const }, { door: 'd2' }];
  const turf: TurfRow = {
    _id: 't1',
    name: 'Rue du Lavoir 1',
    stations: [],
    doors,
    centre: { lat: 48, lon: -1.6 },
    metres: 10,
    canvassers: ['lea'],
    leader: 'zoe',
    state: 'walked',
    rank: 1,
    revision: 1,
    at,
    ...more,
  };
  await turfs.table.insert(oweNews(oweNews(turf, OUTING), OUTING));
  const visit = { turf: 't1', canvasser: 'lea', outing: OUTING, at, received_at: at } as const;
  await visits.table.insert({
    ...visit,
    _id: 'v1',
    door: 'd1',
    result: 'canvassed',
    support_level: 1,
  });
}

const hear = (key: string) => telling.outingNews({ supporter: 'zoe', key, with: {} });

describe('the leader of a turf', () => {
  test('hears once what an outing came to, when the turf has been quiet for an hour', async () => {
    await walk();
    await telling.tellDue();
    expect(started).toEqual([]);
    now = START + HOUR;
    await telling.tellDue();
    expect(started).toEqual([`zoe canvass-news outing ${OUTING}`]);
    const news = { turf: 'Rue du Lavoir 1', name: 'lea', doors: 1, talked: 1, supporters: 1 };
    expect(await hear('k1')).toEqual({ ...news, minutes: 0, left: 1 });
    // Asked again after a crash, it is the same; another act finds nothing more.
    expect(await hear('k1')).toMatchObject(news);
    await expect(hear('k2')).rejects.toThrow('no news');
    now += HOUR;
    await telling.tellDue();
    expect(started).toHaveLength(1);
    expect(await turfs.table.count({ untold: true })).toBe(0);
  });

  test('hears at once of a turf that is done, and is waited for while they may not be written to', async () => {
    await walk({ state: 'done' });
    may = 'wait';
    await telling.tellDue();
    expect(started).toEqual([]);
    may = 'reach';
    await telling.tellDue();
    await telling.tellDue();
    expect(started).toHaveLength(1);
    // Killed before the flow was saved, it is started again; where it had run, nothing more is done.
    now += 60_000;
    await telling.tellDue();
    expect(started).toHaveLength(1);
    expect(await turfs.table.count({ untold: true })).toBe(0);
  });

  test.each([
    ['they cannot be reached', 'zoe', 'none'],
    ['they walked it themselves', 'lea', 'reach'],
  ] as const)('hears nothing where %s', async (_why, leader, answer) => {
    await walk({ state: 'done', leader });
    may = answer;
    await telling.tellDue();
    expect(started).toEqual([]);
    expect(await turfs.table.count({ untold: true })).toBe(0);
  });
});
