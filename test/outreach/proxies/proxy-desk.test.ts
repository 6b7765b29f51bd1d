import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPairing, type Pairing } from '../../../src/outreach/proxies/pair-proxies.js';
import { openProxies, type Proxies } from '../../../src/outreach/proxies/proxies.js';
import { proxyData } from '../../../src/outreach/proxies/proxy-data.js';
import { createProxyDesk } from '../../../src/outreach/proxies/proxy-desk.js';
import { createTelling } from '../../../src/outreach/proxies/tell-proxies.js';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';
import { readCampaign, supporter } from '../messages/sample.js';

const campaign = readCampaign();
const DAY_MS = 86_400_000;
const RENNES = { territory: 'metropole', postal_code: '35000', department: '35', commune: '35238' };

let proxies: Proxies;
let pairing: Pairing;
let desk: ReturnType<typeof createProxyDesk>;
let telling: ReturnType<typeof createTelling>;
let people: Map<string, SupporterRecord>;
/** `<supporter> <channel>` of the flows that were started, in order; each once. */
let started: string[];
let clock: number;
let dataDir: string;
let close: () => Promise<void>;

function meet(id: string, more: Partial<SupporterRecord> = {}): void {
  const one = supporter(id, ['web'], { ...RENNES, first_name: id.toUpperCase(), ...more });
  people.set(id, one);
}

beforeEach(async () => {
  const opened = await openHere();
  ({ close, dataDir } = opened);
  clock = Date.parse('2032-03-01T12:00Z');
  const now = (): number => clock;
  proxies = openProxies(opened.store.connection);
  for (const table of [proxies.requests, proxies.offers, proxies.news]) await table.createIndexes();
  pairing = createPairing(proxies, now);
  people = new Map();
  started = [];
  const seen = new Set<string>();
  const find = async (id: string): Promise<SupporterRecord | undefined> =>
    people.get(id) ?? [...people.values()].find((one) => one.merged_from?.includes(id));
  const report = (error: unknown): void => {
    throw error;
  };
  telling = createTelling({
    proxies,
    pairing,
    addresses: {
      ofSupporter: async (id) => [
        {
          _id: `web:${id}`,
          supporter: id,
          channel: 'web',
          address: id,
          created_at: new Date(0),
          reachable: true,
        },
      ],
    },
    ways: { on: new Set(['web']), windows: new Map() },
    find,
    campaign: () => campaign,
    async startFlow(id, flow, event, reach) {
      if (seen.has(event)) return 'repeated';
      seen.add(event);
      started.push(`${id} ${flow} ${reach.channel}`);
      return 'taken';
    },
    report,
    now,
  });
  desk = createProxyDesk({
    proxies,
    pairing,
    telling,
    find,
    campaign: () => campaign,
    report,
    now,
  });
  for (const id of ['lea', 'tom', 'zoe', 'max']) meet(id);
});
afterEach(() => close());

let keys = 0;
const act = (id: string, given: Record<string, string> = {}, key = `k${(keys += 1)}`) => ({
  supporter: id,
  key,
  with: given,
});
/** What the flow that was started for somebody last has to tell. */
async function newsOf(id: string) {
  await telling.tellDue();
  return desk.news(act(id));
}
async function states(): Promise<Record<string, string>> {
  const rows = await proxies.requests.find({});
  return Object.fromEntries(
    rows.map(({ supporter: id, state, offer }) => [
      id,
      `${state}${offer === undefined ? '' : ` ${offer}`}`,
    ]),
  );
}
/** No volunteer has more than the law allows, and both sides say the same of who has whom. */
async function expectSound(): Promise<void> {
  const requests = await proxies.requests.find({});
  for (const { _id, holds, asked } of await proxies.offers.find({})) {
    const theirs = requests.filter(({ offer }) => offer === _id).map((one) => one._id);
    expect(holds.map(({ request }) => request).toSorted()).toEqual(theirs.toSorted());
    expect(holds.length <= 1 || (holds.length === 2 && holds.some(({ abroad }) => abroad))).toBe(
      true,
    );
    if (asked !== undefined) expect(theirs).toContain(asked);
  }
}

describe('a proxy', () => {
  test('goes from the request to the ballot, and nobody learns who the other is before both agreed', async () => {
    expect(await desk.request(act('lea'))).toEqual({ matched: false });
    expect(await desk.offer(act('tom'))).toEqual({ matched: true });
    const asked = await newsOf('tom');
    expect(asked).toEqual({ kind: 'ask', request: '1:lea', town: '35000' });
    const given = { request: '1:lea', phone: '+33612345678', voter_number: '12345678' };
    const accept = act('tom', given);
    expect(await desk.accept(accept)).toEqual({ accepted: true });
    // As after a crash.
    expect(await desk.accept(accept)).toEqual({ accepted: true });
    expect(await newsOf('lea')).toMatchObject({ kind: 'found', name: 'TOM', ...given });
    expect(await states()).toEqual({ lea: 'accepted 1:tom' });
    expect(await desk.confirm(act('lea'))).toEqual({ confirmed: true });
    expect(await desk.confirm(act('lea'))).toEqual({ confirmed: true });
    const confirmed = await newsOf('tom');
    expect(confirmed).toMatchObject({ kind: 'confirmed', name: 'LEA' });
    expect(confirmed).not.toHaveProperty('phone');
    clock = Date.parse('2032-03-13T17:00:01Z');
    expect(await newsOf('tom')).toMatchObject({ kind: 'remind', name: 'LEA' });
    expect(started).toEqual([
      'tom proxy-news web',
      'lea proxy-news web',
      'tom proxy-news web',
      'tom proxy-news web',
    ]);
    await expectSound();
  });

  test('is asked of the next volunteer when one declines, or does not answer', async () => {
    for (const id of ['tom', 'zoe', 'max']) {
      await desk.offer(act(id));
      clock += 1;
    }
    expect(await desk.request(act('lea'))).toEqual({ matched: true });
    expect(await states()).toEqual({ lea: 'created 1:tom' });
    await desk.decline(act('tom', { request: '1:lea' }));
    expect(await states()).toEqual({ lea: 'created 1:zoe' });
    // A second no, as after a crash, and one of somebody who is not asked, change nothing.
    await desk.decline(act('tom', { request: '1:lea' }));
    await desk.decline(act('max', { request: '1:lea' }));
    expect(await states()).toEqual({ lea: 'created 1:zoe' });
    clock += 3 * DAY_MS;
    await desk.lookOn();
    expect(await states()).toEqual({ lea: 'created 1:max' });
    expect(await desk.accept(act('zoe', { request: '1:lea' }))).toEqual({ accepted: false });
    await expectSound();
  });

  test('is looked on for when the volunteer takes it back, and called off for the volunteer', async () => {
    await desk.offer(act('tom'));
    await desk.request(act('lea'));
    await newsOf('tom');
    await desk.accept(act('tom', { request: '1:lea' }));
    await newsOf('lea');
    expect(await desk.cancel(act('tom'))).toEqual({ cancelled: 1 });
    expect(await states()).toEqual({ lea: 'created' });
    expect(await newsOf('lea')).toMatchObject({ kind: 'lost' });
    await desk.offer(act('zoe'));
    expect(await newsOf('zoe')).toMatchObject({ kind: 'ask' });
    await desk.accept(act('zoe', { request: '1:lea' }));
    expect(await desk.cancel(act('lea'))).toEqual({ cancelled: 1 });
    expect(await newsOf('zoe')).toMatchObject({ kind: 'called_off' });
    expect(await states()).toEqual({ lea: 'cancelled' });
    expect(await desk.request(act('lea'))).toEqual({ matched: true });
    await expectSound();
  });

  test('goes to the team when nobody is found for three days, or shortly before the ballot', async () => {
    await desk.request(act('lea'));
    await desk.lookOn();
    expect(await states()).toEqual({ lea: 'created' });
    clock += 3 * DAY_MS;
    await desk.lookOn();
    await desk.lookOn();
    expect(await states()).toEqual({ lea: 'forwarded' });
    expect(await newsOf('lea')).toMatchObject({ kind: 'forward' });
    clock = Date.parse('2032-03-12T12:00Z');
    await desk.request(act('zoe'));
    await desk.lookOn();
    expect(await states()).toMatchObject({ zoe: 'forwarded' });
  });

  test('made out abroad may be the second of one volunteer, one made out here may not', async () => {
    meet('ana', { ...RENNES, territory: 'abroad' });
    await desk.offer(act('tom'));
    await desk.request(act('lea'));
    await desk.accept(act('tom', { request: '1:lea' }));
    expect(await desk.request(act('zoe'))).toEqual({ matched: false });
    expect(await desk.request(act('ana'))).toEqual({ matched: true });
    await expectSound();
  });

  test('needs consent', async () => {
    meet('lea', { consents: [], consents_now: [] });
    await expect(desk.request(act('lea'))).rejects.toThrow('agreed');
    await expect(desk.offer(act('lea'))).rejects.toThrow('agreed');
  });

  test('asked for, or offered, again under one key stays one', async () => {
    const [request, offer] = [act('lea'), act('tom')];
    await desk.request(request);
    expect(await desk.offer(offer)).toEqual({ matched: true });
    expect(await desk.request(request)).toEqual({ matched: true });
    expect(await desk.offer(offer)).toEqual({ matched: true });
    expect(await proxies.news.count({})).toBe(1);
    await expectSound();
  });

  test('of somebody merged is theirs under the new id', async () => {
    await desk.request(act('lea'));
    await desk.offer(act('tom'));
    people.delete('lea');
    people.delete('tom');
    meet('eva', { merged_from: ['lea'] });
    meet('sam', { merged_from: ['tom'] });
    expect(await newsOf('sam')).toMatchObject({ kind: 'ask' });
    expect(await desk.accept(act('sam', { request: '1:lea' }))).toEqual({ accepted: true });
    expect(await newsOf('eva')).toMatchObject({ kind: 'found', name: 'SAM' });
  });
});

describe('what is to be told', () => {
  test('waits for a lawful hour, and is told once', async () => {
    await desk.offer(act('tom'));
    clock = Date.parse('2032-03-01T22:00Z');
    await desk.request(act('lea'));
    await telling.tellDue();
    expect(started).toEqual([]);
    clock = Date.parse('2032-03-02T07:00Z');
    await telling.tellDue();
    // Begun, and the program died: it is begun again under the same id.
    await proxies.news.set({}, { state: 'starting', due: new Date(clock) });
    await telling.tellDue();
    expect(started).toEqual(['tom proxy-news web']);
  });

  test('a volunteer who cannot be asked any more is let go of', async () => {
    for (const id of ['tom', 'zoe']) {
      await desk.offer(act(id));
      clock += 1;
    }
    await desk.request(act('lea'));
    meet('tom', { reachable_on: [] });
    await telling.tellDue();
    expect(await states()).toEqual({ lea: 'created 1:zoe' });
    await telling.tellDue();
    expect(started).toEqual(['zoe proxy-news web']);
  });

  test('is not told when it holds no more', async () => {
    await desk.offer(act('tom'));
    await desk.request(act('lea'));
    await desk.cancel(act('lea'));
    await telling.tellDue();
    expect(await desk.news(act('tom'))).toMatchObject({ kind: 'called_off' });
    expect(started).toHaveLength(1);
  });
});

test('somebody who is erased leaves nothing, and the other one is looked on for', async () => {
  for (const id of ['tom', 'zoe']) {
    await desk.offer(act(id));
    clock += 1;
  }
  await desk.request(act('lea'));
  await desk.accept(act('tom', { request: '1:lea', phone: '+33612345678' }));
  const data = proxyData(proxies, () => clock);
  expect(await data.exportOf('tom')).toMatchObject({
    offers: [{ state: 'open', proxies: 1, told: [{ phone: '+33612345678' }] }],
  });
  await data.erase('tom');
  await data.erase('tom');
  expect(await states()).toEqual({ lea: 'created 1:zoe' });
  const all = [proxies.requests, proxies.offers, proxies.news];
  for (const table of all) expect(await table.count({ supporter: 'tom' })).toBe(0);
  expect(JSON.stringify(await proxies.requests.find({}))).not.toContain('612345678');
  await data.erase('lea');
  expect(await states()).toEqual({});
  await expectSound();
});

test('of several processes at once none gives a volunteer more than the law allows, whoever is killed', async () => {
  clock = Date.now();
  const at = new Date(clock);
  const common = { revision: 1, round: 1, place: { department: '35' }, key: 'k', at } as const;
  for (let n = 0; n < 12; n += 1) {
    const one = {
      ...common,
      supporter: `needs-${n}`,
      state: 'created',
      abroad: n % 4 === 0,
    } as const;
    await proxies.requests.insert({ ...one, _id: `1:needs-${n}`, tried: [], looking_since: at });
    if (n % 2 === 1) continue;
    const help = { ...common, supporter: `helps-${n}`, state: 'open', holds: [] } as const;
    await proxies.offers.insert({ ...help, _id: `1:helps-${n}` });
  }
  const children = ['1', '2', '3'].map((salt) => startPairing(salt, salt === '3' ? '1000' : '3'));
  await Promise.all(children.map(({ ready }) => ready));
  await sleep(300);
  children[2]?.child.kill('SIGKILL');
  await Promise.all(children.map(({ over }) => over));
  expect(children.map(({ said }) => said())).toEqual(['ready\ndone\n', 'ready\ndone\n', 'ready\n']);
  await expectSound();
  expect(await proxies.requests.count({ offer: { $exists: true } })).toBeGreaterThan(0);
  expect(await proxies.requests.count({ state: 'accepted' })).toBeGreaterThan(0);
});

function startPairing(salt: string, rounds: string) {
  const script = join(__dirname, 'pair-until-killed.ts');
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', script, dataDir, salt, rounds],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('ready')) resolve();
    });
  });
  return { child, ready, over: once(child, 'close'), said: () => said };
}
