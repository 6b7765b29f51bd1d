import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDoors } from '../../../src/canvass/doors.js';
import { importDoors } from '../../../src/canvass/import/import-doors.js';
import { importIncomes } from '../../../src/canvass/import/import-incomes.js';
import { importResults } from '../../../src/canvass/import/import-results.js';
import { openIncomes } from '../../../src/canvass/incomes.js';
import { openResults } from '../../../src/canvass/results.js';
import { collectAreas } from '../../../src/canvass/targeting/collect-areas.js';
import { rankAreas } from '../../../src/canvass/targeting/rank-areas.js';
import { openVisits } from '../../../src/canvass/visits.js';
import { readCampaignFile } from '../../../src/cli/read-campaign.js';
import type { CanvassRules } from '../../../src/engine/campaign.js';
import { openHere } from '../../store/support.js';

const TOWN = join(__dirname, '../../../samples/valbrume');
const at = new Date(1_000);

let rules: CanvassRules;
let tables: Parameters<typeof collectAreas>[0];
let close: () => Promise<void>;

beforeAll(async () => {
  const campaign = await readCampaignFile(join(__dirname, '../../../flows'));
  if (campaign?.canvass === undefined) throw new Error('The sample campaign ranks nothing.');
  rules = campaign.canvass;
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  tables = {
    doors: openDoors(connection),
    results: openResults(connection),
    incomes: openIncomes(connection),
    visits: openVisits(connection),
  };
});
afterAll(() => close());

describe('the sample town', () => {
  test('is taken in whole', async () => {
    const rejected = { rejected: 0 };
    const doors = await importDoors(tables.doors, join(TOWN, 'doors.csv'), { at });
    expect(doors).toMatchObject(rejected);
    expect(doors.created).toBeGreaterThan(2_500);
    for (const file of ['results-turnout.csv', 'results-lists.csv']) {
      expect(await importResults(tables.results, join(TOWN, file), { at })).toMatchObject(rejected);
    }
    expect(await importIncomes(tables.incomes, join(TOWN, 'incomes.csv'), { at })).toMatchObject(
      rejected,
    );
  });

  test('has ten areas that are wholly known, and the same order whenever they are read', async () => {
    const collected = await collectAreas(tables, rules);
    expect(collected).toMatchObject({ elections: ['2026_muni_t1', '2029_muni_t1'], strayDoors: 0 });
    const ranked = rankAreas(collected.areas, rules);
    expect(ranked).toHaveLength(10);
    for (const { measures } of ranked) {
      expect(measures.income).toBeGreaterThan(10_000);
      expect(measures.income).toBeLessThan(40_000);
      expect(measures.density).toBeGreaterThan(15);
      expect(measures.density).toBeLessThan(25);
      expect(measures.unvisited).toBe(1);
    }
    expect(rankAreas((await collectAreas(tables, rules)).areas, rules)).toEqual(ranked);
  });

  test('counts a door as done once somebody was met there, and not when the visit was undone', async () => {
    const [door, other, third] = await tables.doors.table.find(
      { station: '35999_0001' },
      { limit: 3 },
    );
    const visit = { turf: 't', canvasser: 'c', outing: 'o', at, received_at: at };
    await tables.visits.table.insertAll([
      { ...visit, _id: '1', door: door?._id ?? '', result: 'canvassed' },
      { ...visit, _id: '2', door: door?._id ?? '', result: 'refused' },
      { ...visit, _id: '3', door: other?._id ?? '', result: 'not_home' },
      { ...visit, _id: '4', door: third?._id ?? '', result: 'moved', undone_at: at },
    ]);
    const { areas } = await collectAreas(tables, rules);
    const done = areas
      .map(({ code, doors }) => [code, doors?.done] as const)
      .filter(([, count]) => count !== 0);
    expect(done).toEqual([['35999_0001', 1]]);
  });

  test('is ranked by the elections that are named, and says which doors lie nowhere', async () => {
    await tables.doors.table.set({ station: '35999_0002' }, { station: 'elsewhere' });
    const collected = await collectAreas(tables, rules, ['2029_muni_t1']);
    expect(collected.elections).toEqual(['2029_muni_t1']);
    expect(collected.strayDoors).toBe(await tables.doors.table.count({ station: 'elsewhere' }));
    expect(collected.areas.every(({ results }) => results.length === 1)).toBe(true);
  });
});
