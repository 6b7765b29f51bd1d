import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDoors, type Doors } from '../../../src/canvass/doors.js';
import { canvassData } from '../../../src/canvass/field/canvass-data.js';
import { createFieldDesk } from '../../../src/canvass/field/field-desk.js';
import { forgetDuePlaces } from '../../../src/canvass/field/forget-due-places.js';
import type { Approval, FieldDeskOptions } from '../../../src/canvass/field/open-field.js';
import { watchOutings } from '../../../src/canvass/live/watch-outings.js';
import { createChance } from '../../../src/canvass/route/chance.js';
import { makeTurfs } from '../../../src/canvass/turf/make-turfs.js';
import { openDoorLinks } from '../../../src/canvass/door-links.js';
import { createLinkDesk, type LinkDesk } from '../../../src/canvass/field/link-desk.js';
import { createSigner } from '../../../src/sign.js';
import { openTurfs, type TurfRow, type Turfs } from '../../../src/canvass/turfs.js';
import { openVisits, type Visits } from '../../../src/canvass/visits.js';
import type { Json } from '../../../src/engine/json.js';
import type { Store } from '../../../src/store/connection.js';
import { openLeases } from '../../../src/store/leases.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';
import { placeAt, streetsOf } from '../town.js';

let doors: Doors;
let turfs: Turfs;
let visits: Visits;
let connection: Store['connection'];
let close: () => Promise<void>;
let people: Map<string, SupporterRecord>;
let approval: Approval;
let told: string[];
let links: LinkDesk;
let clock: number;
let acts: number;

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  ({ connection } = opened.store);
  doors = openDoors(connection);
  turfs = openTurfs(connection);
  visits = openVisits(connection);
  links = createLinkDesk({
    links: openDoorLinks(connection),
    visits,
    signer: createSigner('secret', 'links at doors'),
    now: () => clock,
  });
  for (const { table } of [doors, turfs, visits]) await table.createIndexes();
  people = new Map();
  approval = 'approved';
  told = [];
  clock = Date.UTC(2032, 1, 1, 15);
  acts = 0;
});
afterEach(() => close());

function volunteer(id: string, more: Partial<SupporterRecord> = {}): string {
  const fresh = newSupporter(id, 'fr', { channel: 'web', address: id }, new Date(0));
  const consent = {
    purpose: 'canvassing',
    given: true,
    wording: 'oui',
    version: '1',
    language: 'fr',
    source: 'canvass.agree',
    at: new Date(0),
  } as const;
  people.set(id, { ...fresh, consents: [consent], ...more });
  return id;
}

function openDesk(changed: Partial<FieldDeskOptions> = {}) {
  return createFieldDesk({
    doors,
    turfs,
    visits,
    find: async (id) =>
      people.get(id) ?? [...people.values()].find((one) => one.merged_from?.includes(id)),
    approval: async () => approval,
    word: (_language, key) => key,
    links,
    codePage: (payload) => payload,
    tellLeader: async ({ leader }, key) => void told.push(`${leader ?? ''} ${key}`),
    now: () => (clock += 1_000),
    ...changed,
  });
}
type Desk = ReturnType<typeof openDesk>;

async function town(wanted: { turfs: number } | { size: number }, streets = 2): Promise<void> {
  const rows = streetsOf({ name: 'T', x: 0, y: 0, streets, houses: 12, floors: 2 });
  await doors.table.insertAll(
    rows.map(({ id, ...door }) => ({ ...door, _id: id, note: 'code 12A', at: new Date(0) })),
  );
  const lease = openLeases(connection, Date.now).named('test', 'canvass cut', 60_000);
  await makeTurfs({ doors, turfs, lease, now: () => clock }, { wanted });
}

function act(supporter: string, given: { readonly [name: string]: Json } = {}) {
  acts += 1;
  return { supporter, key: `${supporter}:${acts}.1`, with: given };
}

const counting = () => visits.table.find({ undone_at: null });
const turfOf = async (id: string): Promise<TurfRow> => {
  const [row] = await turfs.table.find({ canvassers: id });
  if (row === undefined) throw new Error('They walk no turf.');
  return row;
};
async function nextOf(desk: Desk, who: string): Promise<string> {
  const { door } = await desk.nextDoor(act(who));
  return typeof door === 'string' ? door : 'none';
}

describe('a canvasser', () => {
  test('gets a turf, one door after the other, and is through when all are done', async () => {
    await town({ turfs: 2 });
    const desk = openDesk();
    const lea = volunteer('lea');
    const taken = await desk.takeTurf(act(lea));
    const turf = await turfOf(lea);
    expect(taken).toEqual({ state: 'given', turf: turf.name, left: turf.doors.length });
    expect(await desk.takeTurf(act(lea))).toEqual(taken);
    for (const [at, { door }] of turf.doors.entries()) {
      const next = await desk.nextDoor(act(lea));
      expect(next).toMatchObject({ door, left: turf.doors.length - at, note: 'code 12A' });
      expect(await desk.nextDoor(act(lea))).toEqual(next);
      expect(next['map']).toMatch(/^https:\/\/www\.openstreetmap\.org\/\?mlat=48\./);
      await desk.report(act(lea, { door, result: 'canvassed', support_level: 2, note: 'école' }));
    }
    expect(await desk.nextDoor(act(lea))).toEqual({ left: 0 });
    expect(await turfOf(lea)).toMatchObject({ state: 'done' });
    expect(await counting()).toHaveLength(turf.doors.length);
    expect((await counting())[0]).toMatchObject({
      support_level: 2,
      note: 'école',
      canvasser: lea,
    });
    expect(await desk.summary(act(lea))).toMatchObject({
      doors: turf.doors.length,
      talked: turf.doors.length,
    });
    expect((await desk.takeTurf(act(lea)))['state']).toBe('given');
    await desk.report(act(lea, { door: await nextOf(desk, lea), result: 'refused' }));
  });

  test('waits for the team, unless staff kept a turf for them', async () => {
    await town({ turfs: 2 });
    const desk = openDesk();
    approval = 'asked';
    const lea = volunteer('lea', { merged_from: ['old'] });
    expect(await desk.takeTurf(act(lea))).toMatchObject({ state: 'asked', left: 0 });
    const [free] = await turfs.table.find({});
    await turfs.table.set({ _id: free?._id }, { reserved_for: 'old' });
    expect(await desk.takeTurf(act(lea))).toMatchObject({ state: 'given' });
    expect((await turfOf(lea)).reserved_for).toBeUndefined();
    people.set('lea', {
      ...newSupporter(lea, 'fr', { channel: 'web', address: 'a' }, new Date(0)),
    });
    await expect(desk.takeTurf(act(lea))).rejects.toThrow('Nobody agreed');
  });

  test('counts a report once however often it is made, and corrects it by another', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    const door = await nextOf(desk, lea);
    const first = act(lea, { door, result: 'not_home' });
    const reported = await desk.report(first);
    expect(await desk.report(first)).toEqual(reported);
    expect(await counting()).toMatchObject([{ door, result: 'not_home' }]);
    await desk.report(act(lea, { door, result: 'refused' }));
    // A late repeat of the first changes nothing.
    await desk.report(first);
    expect(await counting()).toMatchObject([{ door, result: 'refused' }]);
    expect((await turfOf(lea)).doors.find((one) => one.door === door)?.result).toBe('refused');
    // Undone, the earlier one counts again; undone again, the door is the next.
    await desk.undo(act(lea));
    expect(await counting()).toMatchObject([{ door, result: 'not_home' }]);
    const undo = act(lea);
    const undone = await desk.undo(undo);
    expect(await desk.undo(undo)).toEqual(undone);
    expect(await counting()).toEqual([]);
    expect(await nextOf(desk, lea)).toBe(door);
    await expect(desk.undo(act(lea))).rejects.toThrow('nothing to undo');
  });

  test('reports many doors by a line, as one act that is undone as one', async () => {
    await town({ turfs: 1 }, 1);
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    const here = await nextOf(desk, lea);
    const read = await desk.read(act(lea, { door: here, text: '3-7 abs; 4 vu 2' }));
    expect(read).toMatchObject({ kind: 'doors', count: 4 });
    expect(read['echo']).toContain('4 Rue T 0, 0 → results.canvassed (2)');
    expect(await counting()).toEqual([]);
    const many = act(lea, { reading: read['reading'] ?? '' });
    await desk.reportMany(many);
    await desk.reportMany(many);
    expect((await counting()).map(({ door, result }) => `${door} ${result}`).toSorted()).toEqual([
      'T-0-3-0 not_home',
      'T-0-4-0 canvassed',
      'T-0-5-0 not_home',
      'T-0-7-0 not_home',
    ]);
    expect(await desk.undo(act(lea))).toMatchObject({ doors: 4 });
    expect(await counting()).toEqual([]);
    expect(await desk.read(act(lea, { door: here, text: '1 abs' }))).toMatchObject({
      kind: 'unclear',
      echo: expect.stringContaining('unclear.several'),
    });
    expect(await desk.read(act(lea, { door: here, text: 'annuler' }))).toMatchObject({
      kind: 'other',
    });
    await expect(
      desk.reportMany(act(lea, { reading: '[{"door":"else","result":"refused"}]' })),
    ).rejects.toThrow();
  });

  test('puts a door off, leaves notes, and walks on from where they stand', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    const first = await nextOf(desk, lea);
    const skip = act(lea, { door: first });
    await desk.skip(skip);
    await desk.skip(skip);
    const second = await nextOf(desk, lea);
    expect(second).not.toBe(first);
    expect((await turfOf(lea)).doors.at(-1)).toEqual({ door: first, skipped: true });
    const note = act(lea, { door: second, text: 'sonnette cassée' });
    await desk.note(note);
    await desk.note(note);
    await desk.read(act(lea, { door: second, text: 'media:voice' }));
    await desk.report(act(lea, { door: second, result: 'not_home', note: 'volets clos' }));
    expect((await counting())[0]?.note).toMatch(/^sonnette cassée\n\[voice \d+\]\nvolets clos$/);
    const far = placeAt(-5, -8);
    await desk.read(act(lea, { door: '', text: `geo:${far.lat},${far.lon}` }));
    expect(await nextOf(desk, lea)).toMatch(/^T-0-[12]-/);
    await desk.pause(act(lea));
    expect((await turfOf(lea)).doors.every(({ held_by: by }) => by === undefined)).toBe(true);
  });

  test('knows for some minutes where they stood, and keeps it with what they report meanwhile', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    const here = placeAt(-5, -8);
    const reportNext = async (): Promise<string> => {
      const door = await nextOf(desk, lea);
      await desk.report(act(lea, { door, result: 'not_home' }));
      return door;
    };
    const fromOf = async (door: string) => (await visits.table.find({ door }))[0]?.from;
    expect(await fromOf(await reportNext())).toBeUndefined();
    await desk.read(act(lea, { door: '', text: `geo:${here.lat},${here.lon}` }));
    expect(await fromOf(await reportNext())).toEqual({ lat: here.lat, lon: here.lon });
    expect(await fromOf(await reportNext())).toEqual({ lat: here.lat, lon: here.lon });
    clock += 180_001;
    expect(await fromOf(await reportNext())).toBeUndefined();
    // Where they were is kept no longer than it is used.
    expect(await turfOf(lea)).not.toHaveProperty('stood');

    const farAway = async (): Promise<unknown[]> => {
      const found = [];
      for await (const alert of watchOutings(visits, doors)) found.push(alert);
      return found.filter(({ type }) => type === 'far_away');
    };
    expect(await farAway()).toEqual([]);
    const home = placeAt(-1_000, 0);
    await desk.read(act(lea, { door: '', text: `geo:${home.lat},${home.lon}` }));
    for (let more = 0; more < 4; more += 1) await reportNext();
    expect(await farAway()).toMatchObject([{ canvasser: lea, doors: 4, located: 6 }]);

    const data = canvassData(turfs, visits);
    expect(await data.exportOf(lea)).toMatchObject({
      visits: expect.arrayContaining([
        expect.objectContaining({ from: { lat: here.lat, lon: here.lon } }),
      ]),
    });
    await data.erase(lea);
    expect((await turfs.table.find({})).flatMap(({ stood = [] }) => stood)).toEqual([]);
  });

  test('knows where they are for as long as they share it live', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    const [first, later] = [placeAt(-5, -8), placeAt(40, -8)];
    const placeOf = async () => (await turfOf(lea)).stood?.map(({ lat, lon }) => ({ lat, lon }));
    // Shared elsewhere, it is nothing to the campaign; nor is where strangers are.
    await desk.moved(lea, later);
    await desk.moved('nobody', later);
    expect(await placeOf()).toBeUndefined();

    await desk.read(act(lea, { door: '', text: `geo:${first.lat},${first.lon}` }));
    const { stood } = await turfOf(lea);
    const since = stood?.[0]?.at.getTime() ?? 0;
    clock = since + 15_000;
    await desk.moved(lea, later);
    expect(await placeOf()).toEqual([first]);
    clock = since + 25_000;
    await desk.moved(lea, later);
    expect(await placeOf()).toEqual([later]);
    clock += 170_000;
    await desk.moved(lea, first);
    expect(await placeOf()).toEqual([first]);
    clock += 190_000;
    await desk.moved(lea, later);
    expect(await placeOf()).toEqual([first]);
  });

  test('forgets where they stood when they pause, and of those who write nothing more', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    const { lat, lon } = placeAt(-5, -8);
    const share = () => desk.read(act(lea, { door: '', text: `geo:${lat},${lon}` }));
    await share();
    expect(await turfOf(lea)).toHaveProperty('stood');
    await desk.pause(act(lea));
    expect(await turfOf(lea)).not.toHaveProperty('stood');

    await share();
    const { at, stood } = await turfOf(lea);
    clock = (stood?.[0]?.at.getTime() ?? 0) + 180_000;
    await forgetDuePlaces(turfs, clock);
    expect(await turfOf(lea)).toHaveProperty('stood');
    clock += 1;
    await forgetDuePlaces(turfs, clock);
    expect(await turfOf(lea)).not.toHaveProperty('stood');
    // That is no walking.
    expect((await turfOf(lea)).at).toEqual(at);
  });

  test('shows a code at a door, and hears only whether somebody went on by it', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    const payloadAt = async (door: string): Promise<string> => {
      const ask = act(lea, { door });
      const { url } = await desk.invite(ask);
      expect(await desk.invite(ask)).toEqual({ url });
      return typeof url === 'string' ? url : '';
    };
    const first = await nextOf(desk, lea);
    const before = await payloadAt(first);
    expect(await links.isGood(before)).toBe(true);
    // Whoever lives there scans it before the visit is reported, or after; it serves one of them.
    expect(await links.open(before, 'web:resident')).toBe(true);
    expect(await links.open(before, 'web:resident')).toBe(true);
    expect(await links.open(before, 'web:neighbour')).toBe(false);
    expect(await links.isGood(before)).toBe(false);
    await desk.report(act(lea, { door: first, result: 'canvassed' }));
    const second = await nextOf(desk, lea);
    const after = await payloadAt(second);
    await desk.report(act(lea, { door: second, result: 'canvassed' }));
    const third = await nextOf(desk, lea);
    const unseen = await payloadAt(third);
    await desk.report(act(lea, { door: third, result: 'canvassed' }));
    expect(await links.open(after, 'web:other')).toBe(true);
    const wentOn = (await counting()).filter(({ went_on: on }) => on === true);
    expect(wentOn.map(({ door }) => door).toSorted()).toEqual([first, second].toSorted());
    // What is kept names nobody, and says no time.
    const rows = JSON.stringify([await openDoorLinks(connection).table.find({}), wentOn]);
    expect(rows).not.toContain('resident');
    expect(await links.open(`${after.slice(0, -4)}AAAA`, 'web:other')).toBe(false);
    clock += 86_400_000;
    expect(await links.open(unseen, 'web:late')).toBe(false);
    await expect(desk.invite(act(lea, { door: 'elsewhere' }))).rejects.toThrow('no turf');
  });

  test('calls for help: the leader hears who and where', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea', { first_name: 'Léa' });
    volunteer('zoe');
    expect(await desk.callHelp(act(lea))).toEqual({ walking: false, told: false });
    await desk.takeTurf(act(lea));
    await desk.nextDoor(act(lea));
    expect(await desk.callHelp(act(lea))).toEqual({ walking: true, told: false });
    await turfs.table.set({}, { leader: 'zoe' });
    const call = act(lea);
    expect(await desk.callHelp(call)).toEqual({ walking: true, told: true });
    expect(told).toEqual([`zoe ${call.key}`]);
    expect(await desk.helpCalled(act('zoe'))).toMatchObject({
      name: 'Léa',
      address: expect.stringContaining('Rue T'),
    });
    await expect(desk.helpCalled(act(lea))).rejects.toThrow();
  });

  test('is erased: doors stay done, and nobody did them', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const lea = volunteer('lea');
    await desk.takeTurf(act(lea));
    await desk.report(act(lea, { door: await nextOf(desk, lea), result: 'refused' }));
    await desk.nextDoor(act(lea));
    await desk.callHelp(act(lea));
    const data = canvassData(turfs, visits);
    expect(await data.exportOf(lea)).toMatchObject({ visits: [{ result: 'refused' }] });
    await data.erase(lea);
    expect(
      JSON.stringify([
        await turfs.table.find({}),
        (await counting()).map(({ _id, act: _act, ...row }) => row),
      ]),
    ).not.toContain('lea');
    expect(await counting()).toHaveLength(1);
  });
});

describe('many canvassers', () => {
  test('on one turf never get one door at the same time', async () => {
    await town({ turfs: 1 });
    const desk = openDesk();
    const team = ['a', 'b', 'c', 'd'].map((id) => volunteer(id));
    const [turf] = await turfs.table.find({});
    await turfs.table.set({}, { canvassers: team, state: 'walked', revision: 2 });
    while ((await turfs.table.count({ state: 'walked' })) > 0) {
      const sent = await Promise.all(team.map((id) => desk.nextDoor(act(id))));
      const given = sent.flatMap(({ door }) => (typeof door === 'string' ? [door] : []));
      expect(new Set(given).size).toBe(given.length);
      await Promise.all(
        sent.map(async ({ door }, at) => {
          if (typeof door === 'string')
            await desk.report(act(team[at] ?? '', { door, result: 'not_home' }));
        }),
      );
    }
    expect((await counting()).map(({ door }) => door).toSorted()).toEqual(
      (turf?.doors ?? []).map(({ door }) => door).toSorted(),
    );
  });

  test('with repeats, undo and acts cut off anywhere end with every report once', async () => {
    await town({ size: 8 }, 4);
    const chance = createChance(Number(process.env['CANVASS_SEED'] ?? 7));
    const size = Number(process.env['CANVASSERS'] ?? 12);
    /** A store that is cut off now and then, before or after a write. */
    const shaky = <T extends { table: object }>(opened: T): T => ({
      ...opened,
      table: new Proxy(opened.table, {
        get(table, name) {
          const member: unknown = Reflect.get(table, name);
          if (typeof member !== 'function') return member;
          return async (...given: unknown[]) => {
            if (chance(40) === 0) throw new Error('cut off');
            const answer: unknown = await Reflect.apply(member, table, given);
            if (chance(40) === 0) throw new Error('cut off');
            return answer;
          };
        },
      }),
    });
    const desk = openDesk({ turfs: shaky(turfs), visits: shaky(visits) });
    /** Does an act until it is through, as the outbox does after a crash, and sometimes once more. */
    async function through<T>(work: () => Promise<T>): Promise<T> {
      for (;;) {
        try {
          const answer = await work();
          if (chance(5) === 0) await work();
          return answer;
        } catch (error) {
          if (!(error instanceof Error) || error.message !== 'cut off') throw error;
        }
      }
    }
    const expected = new Map<string, string>();
    const results = ['not_home', 'refused', 'canvassed', 'moved'] as const;
    await Promise.all(
      Array.from({ length: size }, async (_, at) => {
        const who = volunteer(`v${at}`);
        for (;;) {
          const take = act(who);
          if ((await through(() => desk.takeTurf(take)))['state'] !== 'given') return;
          for (;;) {
            const ask = act(who);
            const { door } = await through(() => desk.nextDoor(ask));
            if (typeof door !== 'string') break;
            const result = results[chance(results.length)] ?? 'not_home';
            const report = act(who, { door, result });
            await through(() => desk.report(report));
            expected.set(door, result);
            if (chance(6) > 0) continue;
            const undo = act(who);
            await through(() => desk.undo(undo));
            expected.delete(door);
          }
        }
      }),
    );
    const kept = await counting();
    expect(kept).toHaveLength(expected.size);
    expect(new Map(kept.map(({ door, result }) => [door, result]))).toEqual(expected);
    const all = (await turfs.table.find({})).flatMap((turf) => turf.doors);
    expect(new Map(all.map(({ door, result }) => [door, result]))).toEqual(expected);
  });
});
