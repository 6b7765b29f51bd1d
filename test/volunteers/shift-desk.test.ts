import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/engine/json.js';
import type { Shift } from '../../src/volunteers/shift.js';
import { volunteerData } from '../../src/volunteers/volunteer-data.js';
import { openHere } from '../store/support.js';
import { openDesk, type Desk } from './desk.js';
import { sampleShift, volunteer, WEEK_BEFORE } from './sample.js';

const HOUR_MS = 3_600_000;
let at: Desk;
let clock: { now: number };
let close: () => Promise<void>;

beforeEach(async () => {
  const opened = await openHere();
  close = opened.close;
  clock = { now: WEEK_BEFORE };
  at = await openDesk(opened.store.connection, clock);
  for (const id of ['lea', 'tom', 'zoe', 'max']) at.people.set(id, volunteer(id));
});
afterEach(async () => {
  await at.untilSettled();
  await close();
});

let keys = 0;
const act = (
  supporter: string,
  given: Readonly<Record<string, Json>> = {},
  key = `k${(keys += 1)}`,
) => ({ supporter, key, with: given });
const market = { shift: 'market' };
async function create(more: Partial<Shift> = {}): Promise<void> {
  await at.shifts.table.insert(sampleShift(more));
}
async function states(id = 'market'): Promise<Record<string, string>> {
  const shift = await at.shifts.table.get(id);
  return Object.fromEntries(shift?.signups.map((one) => [one.supporter, one.state]) ?? []);
}
/** What the flow that was started for somebody last has to tell. */
async function newsOf(id: string): Promise<unknown> {
  await at.lookAfter();
  return at.desk.news(act(id));
}

describe('a shift', () => {
  test('is offered, signed up for, reminded of, confirmed and come to', async () => {
    await create();
    const offer = await at.desk.offer(act('lea'));
    expect(offer).toEqual({
      options: [{ value: 'market', label: 'samedi 22 nov., 14:00 · Tracts au marché' }],
      state: 'some',
    });
    const signUp = act('lea', market);
    const signed = await at.desk.signUp(signUp);
    expect(signed).toEqual({
      title: 'Tracts au marché',
      when: '2031-11-22T14:00:00+01:00',
      where: 'Place du Lavoir, 3 place du Lavoir',
      map: 'https://www.openstreetmap.org/?mlat=48.1113&mlon=-1.68#map=18/48.1113/-1.68',
      calendar: 'calendar lea market',
      state: 'scheduled',
    });
    // As after a crash.
    expect(await at.desk.signUp(signUp)).toEqual(signed);
    expect(at.people.get('lea')?.summary).toEqual({ signups: { scheduled: 1 } });
    expect((await at.desk.offer(act('lea')))['options']).toEqual([]);
    expect((await at.desk.mine(act('lea')))['options']).toHaveLength(1);

    clock.now = Date.parse('2031-11-21T17:00Z');
    expect(await newsOf('lea')).toMatchObject({ kind: 'eve', ...market });
    expect(await at.desk.confirm(act('lea', market))).toMatchObject({ state: 'confirmed' });
    clock.now = Date.parse('2031-11-22T11:00Z');
    expect(await newsOf('lea')).toMatchObject({ kind: 'soon' });
    expect(await at.desk.checkIn(act('lea', market))).toEqual({ state: 'too_early' });
    clock.now = Date.parse('2031-11-22T12:50Z');
    expect(await at.desk.checkIn(act('lea'))).toEqual({ state: 'completed' });
    expect(at.people.get('lea')?.summary).toEqual({ signups: { completed: 1 } });
    clock.now += 24 * HOUR_MS;
    await at.lookAfter();
    expect(at.started).toHaveLength(2);
    expect((await at.shifts.table.get('market'))?.state).toBe('over');
  });

  test('that somebody misses is asked about the next morning, and no reminder comes late', async () => {
    await create();
    await at.desk.signUp(act('lea', market));
    clock.now = Date.parse('2031-11-22T18:00Z');
    await at.lookAfter();
    expect(at.started).toEqual([]);
    expect(at.people.get('lea')?.summary).toEqual({ signups: { no_show: 1 } });
    clock.now = Date.parse('2031-11-23T09:00Z');
    expect(await newsOf('lea')).toMatchObject({ kind: 'missed' });
    // Told by mistake: staff or the leader put it right.
    const [signup] = (await at.shifts.table.get('market'))?.signups ?? [];
    expect(signup?.state).toBe('no_show');
  });

  test('is kept by whoever waits once somebody gives it back, and they are told once', async () => {
    await create({ capacity: 1 });
    await at.desk.signUp(act('lea', market));
    expect(await at.desk.signUp(act('tom', market))).toMatchObject({ state: 'invited' });
    expect((await at.desk.mine(act('tom')))['options']).toEqual([
      { value: 'market', label: 'samedi 22 nov., 14:00 · Tracts au marché (waits)' },
    ]);
    const cancel = act('lea', market);
    await at.desk.cancel(cancel);
    await at.desk.cancel(cancel);
    expect(await states()).toEqual({ lea: 'declined', tom: 'scheduled' });
    expect(await newsOf('tom')).toMatchObject({ kind: 'place' });
    await at.lookAfter();
    expect(at.started).toEqual(['tom shift-news web']);
  });

  test('goes to the next who waits when the first cannot be told', async () => {
    await create({ capacity: 1 });
    for (const id of ['lea', 'tom', 'zoe']) await at.desk.signUp(act(id, market));
    at.mayTell(({ _id }) =>
      _id === 'tom' ? { type: 'none' } : { type: 'reach', reach: { channel: 'web', address: _id } },
    );
    await at.desk.cancel(act('lea', market));
    await at.lookAfter();
    await at.lookAfter();
    expect(await states()).toEqual({ lea: 'declined', tom: 'declined', zoe: 'scheduled' });
    expect(at.started).toEqual(['zoe shift-news web']);
  });

  test('called off is told to everybody, and reminded of no more', async () => {
    await create();
    for (const id of ['lea', 'tom']) await at.desk.signUp(act(id, market));
    await at.untilSettled();
    const { callOff } = await import('../../src/volunteers/book.js');
    // As the command does it: a running server does what follows.
    await at.shifts.change('market', (shift) => ({
      shift: callOff(shift, clock.now),
      answer: undefined,
    }));
    clock.now += 6_000;
    await at.lookAfter();
    await at.lookAfter();
    expect(at.started.toSorted()).toEqual(['lea shift-notes web', 'tom shift-notes web']);
    for (const id of ['lea', 'tom']) {
      expect(await at.desk.news(act(id))).toMatchObject({ kind: 'called_off' });
    }
    clock.now = Date.parse('2031-11-22T11:30Z');
    await at.lookAfter();
    expect(at.started).toHaveLength(2);
    expect(at.people.get('tom')?.summary).toEqual({ signups: { declined: 1 } });
  });

  test('is swapped for another: the old place goes once the new one is had, not before', async () => {
    await create({ capacity: 1 });
    await create({ _id: 'other', capacity: 1 });
    await at.desk.signUp(act('lea', market));
    await at.desk.signUp(act('tom', { shift: 'other' }));
    expect((await at.desk.offer(act('lea', { instead: 'market' })))['options']).toEqual([
      { value: 'other', label: expect.stringContaining('(full)') },
    ]);
    const swap = act('lea', { from: 'market', to: 'other' });
    expect(await at.desk.swap(swap)).toMatchObject({ state: 'invited' });
    expect(await states()).toEqual({ lea: 'scheduled' });
    await at.desk.cancel(act('tom', { shift: 'other' }));
    expect(await states()).toEqual({ lea: 'declined' });
    expect(await states('other')).toEqual({ lea: 'scheduled', tom: 'declined' });
    expect(await at.desk.swap(swap)).toMatchObject({ state: 'scheduled' });
    const back = act('lea', { from: 'other', to: 'market' });
    expect(await at.desk.swap(back)).toMatchObject({ state: 'scheduled' });
    expect(await at.desk.swap(back)).toMatchObject({ state: 'scheduled' });
    expect(await states()).toEqual({ lea: 'scheduled' });
    expect(await states('other')).toMatchObject({ lea: 'declined' });
  });

  test('takes the code of its leader, or being near, where a tap is not enough', async () => {
    await create({ check_in: ['code', 'location'] });
    for (const id of ['lea', 'tom']) await at.desk.signUp(act(id, market));
    clock.now = Date.parse('2031-11-22T13:05Z');
    const arrive = async (id: string, proof: Readonly<Record<string, Json>> = {}) =>
      (await at.desk.checkIn(act(id, { ...market, ...proof })))['state'];
    expect(await arrive('lea')).toBe('proof_needed');
    expect(await arrive('lea', { code: '4712' })).toBe('wrong_code');
    expect(await arrive('lea', { code: 'c’est 47 11' })).toBe('completed');
    expect(await arrive('tom', { location: { lat: 48.1146, lon: -1.68 } })).toBe('too_far');
    for (let tries = 0; tries < 5; tries += 1) await arrive('tom', { code: `000${tries}` });
    expect(await arrive('tom', { code: '4711' })).toBe('too_many_codes');
    expect(await arrive('tom', { location: { lat: 48.1135, lon: -1.68 } })).toBe('completed');
    expect(await arrive('zoe')).toBe('not_signed_up');
    const ways = (await at.shifts.table.get('market'))?.signups.map((one) => one.arrived_by);
    expect(ways).toEqual(['code', 'location']);
  });

  test('needs an agreement', async () => {
    await create();
    at.people.set('eve', volunteer('eve', { consents: [] }));
    await expect(at.desk.signUp(act('eve', market))).rejects.toThrow('agreed');
    await expect(at.desk.offer(act('eve'))).rejects.toThrow('agreed');
    await expect(at.desk.signUp(act('lea', { shift: 'none' }))).rejects.toThrow('no such shift');
  });

  test('of somebody merged is theirs under the new id, and counted with the rest', async () => {
    await create();
    await at.desk.signUp(act('lea', market));
    at.people.delete('lea');
    at.people.set('ana', volunteer('ana', { merged_from: ['lea'] }));
    expect((await at.desk.mine(act('ana')))['options']).toHaveLength(1);
    clock.now = Date.parse('2031-11-21T17:00Z');
    expect(await newsOf('ana')).toMatchObject({ kind: 'eve' });
    expect(await at.desk.confirm(act('ana', market))).toMatchObject({ state: 'confirmed' });
    expect(at.people.get('ana')?.summary).toEqual({ signups: { confirmed: 1 } });
  });
});

describe('what is to be told', () => {
  test('is begun again when its flow never asked for it, and told once', async () => {
    await create({ capacity: 1 });
    for (const id of ['lea', 'tom']) await at.desk.signUp(act(id, market));
    await at.desk.cancel(act('lea', market));
    await at.lookAfter();
    await at.lookAfter();
    expect(at.started).toEqual(['tom shift-news web']);
    clock.now += 61_000;
    await at.lookAfter();
    expect(at.started).toHaveLength(2);
    const asked = act('tom');
    expect(await at.desk.news(asked)).toMatchObject({ kind: 'place' });
    // As after a crash; and by the flow that was started first, should it ask after all.
    expect(await at.desk.news(asked)).toMatchObject({ kind: 'place' });
    await expect(at.desk.news(act('tom'))).rejects.toThrow('nothing to tell');
    clock.now += 61_000;
    await at.lookAfter();
    expect(at.started).toHaveLength(2);
  });

  test('waits behind a question that stands open, unless it asks nothing itself', async () => {
    await create();
    const asks = { flow: 'shift-news', version: 'v', step: 'coming', answers: {}, asked: 1 };
    const session = { turn: 1, frames: [asks] };
    at.people.set('lea', volunteer('lea', { session }));
    await at.desk.signUp(act('lea', market));
    clock.now = Date.parse('2031-11-21T17:00Z');
    await at.lookAfter();
    expect(at.started).toEqual([]);
    clock.now = Date.parse('2031-11-22T11:00Z');
    await at.lookAfter();
    expect(at.started).toEqual(['lea shift-notes web']);
    expect(await at.desk.news(act('lea'))).toMatchObject({ kind: 'soon' });
  });

  test('waits for an hour at which they may be written to, or is dropped when that is too late', async () => {
    await create();
    await at.desk.signUp(act('lea', market));
    clock.now = Date.parse('2031-11-21T17:00Z');
    const until = clock.now + HOUR_MS;
    at.mayTell(() => ({ type: 'wait', until }));
    await at.lookAfter();
    at.mayTell(() => ({ type: 'reach', reach: { channel: 'web', address: 'a' } }));
    await at.lookAfter();
    expect(at.started).toEqual([]);
    clock.now = until;
    await at.lookAfter();
    expect(at.started).toEqual(['lea shift-news web']);
    await at.desk.news(act('lea'));
    clock.now = Date.parse('2031-11-22T11:00Z');
    at.mayTell(() => ({ type: 'wait', until: Date.parse('2031-11-22T13:00Z') }));
    await at.lookAfter();
    expect(await at.news.count({ state: 'dropped' })).toBe(1);
  });
});

describe('a part that the team gives', () => {
  test('is asked for, given and told, and only then shifts of it are offered', async () => {
    await create({ task: 'doors' });
    expect(await at.roleDesk.apply(act('lea', { tasks: ['doors', 'calls'] }))).toEqual({
      state: 'asked',
    });
    expect(await at.roleDesk.apply(act('tom', { tasks: ['calls'] }))).toEqual({ state: 'none' });
    expect(await at.desk.offer(act('lea'))).toEqual({ options: [], state: 'asked' });
    expect(await at.desk.signUp(act('lea', market))).toMatchObject({ state: 'unapproved' });
    expect(await states()).toEqual({});
    const lea = { supporter: 'lea', ids: ['lea'] };
    expect(await at.roleDesk.decide(lea, 'canvasser', 'approved')).toBe(true);
    expect(await at.roleDesk.decide(lea, 'canvasser', 'approved')).toBe(false);
    expect(await newsOf('lea')).toMatchObject({ kind: 'approved', role: 'canvasser' });
    expect(at.started).toHaveLength(1);
    expect(await at.desk.signUp(act('lea', market))).toMatchObject({ state: 'scheduled' });
    await at.roleDesk.decide(lea, 'canvasser', 'declined');
    clock.now += 61_000;
    expect(await newsOf('lea')).toMatchObject({ kind: 'not_approved' });
  });
});

describe('the leader', () => {
  test('sees who comes, by name and state, and notes who is there; nobody else does', async () => {
    await create({ leader: 'max', capacity: 2 });
    at.people.set('tom', volunteer('tom', { first_name: 'Tom', last_name: 'Durand' }));
    for (const id of ['lea', 'tom', 'zoe']) await at.desk.signUp(act(id, market));
    expect((await at.team.ledShifts(act('max')))['options']).toHaveLength(1);
    expect((await at.team.ledShifts(act('lea')))['options']).toEqual([]);
    expect(await at.team.team(act('max', market))).toEqual({
      team: 'nameless 1 – states.scheduled\nTom D. – states.scheduled\nnameless 3 – states.invited',
      options: [
        { value: '1', label: 'nameless 1' },
        { value: '5', label: 'Tom D.' },
      ],
      code: '4711',
      people: 2,
      waiting: 1,
    });
    await expect(at.team.team(act('lea', market))).rejects.toThrow('Somebody else');
    const mark = { ...market, person: '5' };
    await expect(at.team.markPresent(act('lea', mark))).rejects.toThrow('Somebody else');
    expect(await at.team.markPresent(act('max', mark))).toEqual({ state: 'completed' });
    expect(await states()).toMatchObject({ tom: 'completed' });
  });
});

describe('what is kept', () => {
  test('is exported, and erased with the place going on to whoever waits', async () => {
    const data = volunteerData(at, () => clock.now);
    await create({ capacity: 1, leader: 'lea' });
    await at.desk.signUp(act('lea', market));
    await at.desk.signUp(act('tom', market));
    await at.roleDesk.apply(act('lea', { tasks: ['lifts'] }));
    expect(await data.exportOf('lea')).toMatchObject({
      shifts: [{ shift: 'market', state: 'scheduled' }],
      leads: ['market'],
      roles: [{ role: 'driver', state: 'asked' }],
      told: [{ kind: 'eve' }, { kind: 'soon' }],
    });
    await at.untilSettled();
    await data.erase('lea');
    await data.erase('lea');
    expect(await data.exportOf('lea')).toEqual({ shifts: [], leads: [], roles: [], told: [] });
    expect(await states()).toEqual({ tom: 'scheduled' });
    clock.now += 6_000;
    await at.lookAfter();
    await at.lookAfter();
    expect(at.started).toEqual(['tom shift-news web']);
  });
});
