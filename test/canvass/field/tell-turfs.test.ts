import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { canvassData } from '../../../src/canvass/field/canvass-data.js';
import type { TellOutingsOptions } from '../../../src/canvass/field/tell-outings.js';
import { createTellTurfs } from '../../../src/canvass/field/tell-turfs.js';
import { changeTurf } from '../../../src/canvass/turf/change-turf.js';
import { releaseTurf } from '../../../src/canvass/turf/release-turf.js';
import { reserveTurf } from '../../../src/canvass/turf/reserve-turf.js';
import { openTurfs, type TurfRow, type Turfs } from '../../../src/canvass/turfs.js';
import { openVisits, type Visits } from '../../../src/canvass/visits.js';
import { newSupporter } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';

const START = Date.parse('2032-03-01T17:00Z');

let turfs: Turfs;
let visits: Visits;
let close: () => Promise<void>;
let now: number;
let started: string[];
let may: 'reach' | 'wait' | 'none';
let telling: ReturnType<typeof createTellTurfs>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  [turfs, visits] = [openTurfs(opened.store.connection), openVisits(opened.store.connection)];
  for (const { table } of [turfs, visits]) await table.createIndexes();
  [now, started, may] = [START, [], 'reach'];
  const startFlow: TellOutingsOptions['startFlow'] = async (supporter, flow, id) => {
    if (started.includes(`${supporter} ${flow} ${id}`)) return 'repeated';
    started.push(`${supporter} ${flow} ${id}`);
    return 'taken';
  };
  telling = createTellTurfs({
    turfs,
    find: async (id) => newSupporter(id, 'fr', { channel: 'web', address: id }, new Date(START)),
    mayTell: async () =>
      may === 'reach' ? { type: 'reach', reach: { channel: 'web', address: 'a' } } : { type: may },
    startFlow,
    report: (error) => {
      throw error;
    },
    now: () => now,
  });
  const turf: TurfRow = {
    _id: 't1',
    name: 'Rue du Lavoir 1',
    stations: [],
    doors: [{ door: 'd1', result: 'canvassed' }, { door: 'd2' }],
    centre: { lat: 48, lon: -1.6 },
    metres: 10,
    canvassers: [],
    state: 'free',
    rank: 1,
    revision: 1,
    at: new Date(START),
  };
  await turfs.table.insert(turf);
});
afterEach(() => close());

const change = (next: (turf: TurfRow) => TurfRow) =>
  changeTurf(turfs, 't1', next, () => new Date(now));
const keepFor = (volunteer: string) => change((turf) => reserveTurf(turf, volunteer));
const hear = (supporter: string, key: string) => telling.turfNews({ supporter, key, with: {} });
const due = () => turfs.table.count({ notice_due: true });

describe('a volunteer for whom a turf is kept', () => {
  test('hears of it once, and once when it is taken back', async () => {
    await keepFor('lea');
    await keepFor('lea');
    await telling.tellDue();
    expect(started).toEqual(['lea canvass-turf kept t1 1']);
    expect(await hear('lea', 'k1')).toEqual({ kind: 'kept', turf: 'Rue du Lavoir 1', doors: 1 });
    // Asked again after a crash, it is the same; another act finds nothing more.
    expect(await hear('lea', 'k1')).toMatchObject({ kind: 'kept' });
    await expect(hear('lea', 'k2')).rejects.toThrow('no news');
    expect(await due()).toBe(0);

    await change(releaseTurf);
    await telling.tellDue();
    expect(started).toHaveLength(2);
    expect(await hear('lea', 'k3')).toMatchObject({ kind: 'taken' });
    // Kept once more, it is told once more.
    await keepFor('lea');
    await telling.tellDue();
    expect(started).toHaveLength(3);
  });

  test('hears when somebody else gets it, who hears too', async () => {
    await keepFor('lea');
    await telling.tellDue();
    await hear('lea', 'k1');
    await keepFor('tom');
    await telling.tellDue();
    expect(started.map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
      'lea canvass-turf kept',
      'lea canvass-turf taken',
      'tom canvass-turf kept',
    ]);
  });

  test('hears nothing of what is not so any more when it may be told', async () => {
    may = 'wait';
    await keepFor('lea');
    await telling.tellDue();
    await change((turf) => ({ ...releaseTurf(turf), canvassers: ['lea'], state: 'walked' }));
    may = 'reach';
    await telling.tellDue();
    expect(started).toEqual([]);
    expect(await due()).toBe(0);
  });

  test('who cannot be told is not tried again, and a flow that never asked is', async () => {
    may = 'none';
    await keepFor('lea');
    await telling.tellDue();
    expect([started, await due()]).toEqual([[], 0]);
    may = 'reach';
    await keepFor('tom');
    await telling.tellDue();
    await telling.tellDue();
    expect(started.filter((one) => one.startsWith('tom'))).toHaveLength(1);
    expect(await due()).toBe(1);
    // The flow ran before: it had nothing to ask, and there is nothing more to be done.
    now += 60_000;
    await telling.tellDue();
    expect(await due()).toBe(0);
  });

  test('hears that a turf under way was taken back, but not of one that is done', async () => {
    await change((turf) => ({ ...turf, canvassers: ['lea', 'zoe'], state: 'walked' }));
    await change(releaseTurf);
    await telling.tellDue();
    expect(started).toHaveLength(2);
    await change((turf) => ({ ...turf, canvassers: ['lea'], state: 'done' }));
    await change(releaseTurf);
    await telling.tellDue();
    expect(started).toHaveLength(2);
  });

  test('is in none of it once they are erased', async () => {
    await keepFor('lea');
    await canvassData(turfs, visits).erase('lea');
    expect(JSON.stringify(await turfs.table.find({}))).not.toContain('lea');
    await telling.tellDue();
    expect(started).toEqual([]);
  });
});
