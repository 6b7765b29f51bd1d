import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRecordWriter } from '../../src/conversation/record-writer.js';
import { createLog } from '../../src/log.js';
import { openDeliveries, type Deliveries } from '../../src/outreach/messages/deliveries.js';
import { openSegments } from '../../src/outreach/segments/segments.js';
import type { Role } from '../../src/staff/api.js';
import { openNotes } from '../../src/staff/inbox/notes.js';
import { mergeRoutes } from '../../src/staff/routes/merge-routes.js';
import { supporterRoutes } from '../../src/staff/routes/supporter-routes.js';
import { createMerging } from '../../src/supporters/merge/merge-supporters.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import { withSearchWords } from '../../src/supporters/search-words.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { readCampaign, supporter } from '../outreach/messages/sample.js';
import { openStaff, type Answer, type Browser, type OpenStaff } from './open-staff.js';

const campaign = readCampaign();
const HOUR_MS = 3_600_000;
const BEGIN = Date.UTC(2032, 0, 1);
let staff: OpenStaff;
let browser: Browser;
let people: People;
let deliveries: Deliveries;
const erased: string[] = [];
const changed: string[] = [];

beforeAll(async () => {
  staff = await openStaff((connection) => {
    people = openPeople(connection, 'a secret');
    deliveries = openDeliveries(connection);
    const log = createLog('silent');
    const now = (): number => Date.now();
    const writer = createRecordWriter({ supporters: people.supporters, owner: 'test', log, now });
    const told = (id: string): void => void changed.push(id);
    return [
      ...supporterRoutes({
        people,
        others: [],
        segments: openSegments(connection),
        journal: people.journal,
        files: people.files,
        notes: openNotes(connection),
        deliveries,
        messageName: async (id) => `The message ${id}`,
        campaign: () => campaign,
        write: writer.write,
        erase: async (id) => erased.push(id) > 0,
        tags: async () => ['door', 'market'],
        changed: told,
        now,
      }),
      ...mergeRoutes({
        supporters: people.supporters,
        merging: createMerging({ ...people, now }),
        changed: told,
        report: (error) => {
          throw error;
        },
        now,
      }),
    ];
  });
  const { supporters, addresses, journal, merges } = people;
  for (const { table } of [supporters, addresses, journal, merges, deliveries]) {
    await table.createIndexes();
  }
  browser = await staff.begin();
  await people.supporters.table.insertAll([
    ...Array.from({ length: 30 }, (_, n) =>
      person(`p${`${n}`.padStart(2, '0')}`, {
        first_name: `Ana${n}`,
        last_name: 'Martin',
        tags: n % 3 === 0 ? ['door'] : [],
        ...(n === 5 ? { email: 'eve.le.goff@exemple.fr' } : {}),
        // An import makes many at one instant.
        created_at: new Date(BEGIN + Math.floor(n / 10) * HOUR_MS),
      }),
    ),
    person('eve', { first_name: 'Ève', last_name: 'Le Goff', email: 'eve@exemple.fr' }),
    person('eve-too', {
      first_name: 'Eve',
      email: 'eve@exemple.fr',
      email_confirmed_at: new Date(BEGIN),
    }),
  ]);
});
afterAll(() => staff.close());

function person(id: string, more: Partial<SupporterRecord>): SupporterRecord {
  return withSearchWords(supporter(id, ['web'], { revision: 1, ...more }));
}

const ask = (route: string, body?: unknown): Promise<Answer> => staff.ask(route, body, { browser });
const as = async (role: Role, route: string, body?: unknown): Promise<number> =>
  (await staff.ask(route, body, { token: await staff.tokenOf(role) })).status;
const noted = (action: string) => staff.tables.audit.table.find({ action });

/** All items of a list, part by part. */
async function walk(path: string, most: number): Promise<{ readonly id: string }[]> {
  const all: { readonly id: string }[] = [];
  let next: string | undefined;
  do {
    const before = next === undefined ? '' : `&before=${encodeURIComponent(next)}`;
    const { body } = await ask(`${path}${before}`);
    expect(body.items.length).toBeLessThanOrEqual(most);
    all.push(...body.items);
    next = body.next;
  } while (next !== undefined);
  return all;
}

describe('the list of supporters', () => {
  test('comes in parts, each person once, the newest first', async () => {
    const ids = (await walk('GET /supporters?limit=7', 7)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(32);
    expect(ids).toHaveLength(32);
    const martins = ids.filter((id) => id.startsWith('p'));
    expect(martins).toEqual(martins.toSorted().toReversed());
  });

  test('is narrowed to a tag, part by part', async () => {
    const ids = (await walk('GET /supporters?tag=door&limit=4', 4)).map(({ id }) => id);
    expect(ids).toHaveLength(10);
    expect((await ask('GET /supporters/filters')).body.tags).toEqual(['door', 'market']);
    expect((await ask('GET /supporters?segment=gone')).status).toBe(404);
  });

  test('finds people by the beginnings of what they are called, whatever the accents', async () => {
    const found = async (q: string) =>
      (await ask(`GET /supporters?q=${encodeURIComponent(q)}`)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    expect((await found('eve le')).toSorted()).toEqual(['eve']);
    expect((await found('ÈVE')).toSorted()).toEqual(['eve', 'eve-too', 'p05']);
    // By the e-mail that begins so, and by the name that it may also be.
    expect(await found('eve.le')).toEqual(['p05', 'eve']);
    expect(await found('ana12 mar')).toEqual(['p12']);
    expect(await found('mar ana12')).toEqual(['p12']);
    expect(await found('nobody')).toEqual([]);
    expect(await found('?!')).toEqual([]);
  });
});

describe('one supporter', () => {
  test('is seen and corrected by those who may, and each look is entered', async () => {
    expect((await ask('GET /supporters/p01')).body).toMatchObject({ name: 'Ana1 Martin' });
    const edit = { firstName: 'Anne', phone: '06 12 34 56 78', tags: ['market'] };
    const { body } = await ask('PATCH /supporters/p01', edit);
    expect(body).toMatchObject({ name: 'Anne Martin', phone: '+33612345678', tags: ['market'] });
    const wrong = await ask('PATCH /supporters/p01', { email: 'nothing', phone: '12' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.fields.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'email',
      'phone',
    ]);
    expect((await ask('GET /supporters/p01')).body.phone).toBe('+33612345678');
    expect(changed).toContain('p01');

    expect(await as('viewer', 'GET /supporters/p01')).toBe(403);
    expect(await as('treasurer', 'GET /supporters?q=ana')).toBe(403);
    expect(await as('agent', 'GET /supporters/p01')).toBe(200);
    expect(await as('agent', 'PATCH /supporters/p01', edit)).toBe(403);
    expect((await ask('GET /supporters/nobody')).status).toBe(404);
    const looks = (await noted('viewSupporter')).map(({ supporter: of }) => of);
    expect(looks.filter((of) => of === 'p01')).toHaveLength(3);
    const [entry] = await noted('editSupporter');
    // Never a word of what was written.
    expect(JSON.stringify(entry)).not.toMatch(/Anne|0612|market/);
  });

  test('is erased only by who typed the word, and may', async () => {
    expect((await ask('POST /supporters/p02/erase', { confirm: 'yes' })).body.error.code).toBe(
      'not_confirmed',
    );
    expect(await as('organiser', 'POST /supporters/p02/erase', { confirm: 'ERASE' })).toBe(403);
    expect(erased).toEqual([]);
    expect((await ask('POST /supporters/p02/erase', { confirm: ' effacer ' })).status).toBe(200);
    expect(erased).toEqual(['p02']);
  });

  test('withdraws every consent for somebody who asked elsewhere, with the proof of it', async () => {
    const { body } = await ask('POST /supporters/p03/withdraw', {});
    expect(body.consentsNow.every(({ given }: { given: boolean }) => !given)).toBe(true);
    const { items } = (await ask('GET /supporters/p03/consents')).body;
    expect(items.some(({ given }: { given: boolean }) => given)).toBe(true);
    expect(items[0]).toMatchObject({ given: false });
  });
});

describe('a history', () => {
  const TURNS = 23;
  beforeAll(async () => {
    await people.journal.write(
      Array.from({ length: TURNS }, (_, n) => ({
        supporter: 'p05',
        entry: {
          turn: n + 1,
          at: new Date(BEGIN + n * HOUR_MS),
          channel: 'web',
          address: 'p05-web',
          language: 'fr',
          event: {
            type: 'said' as const,
            text: `Bonjour ${n}`,
            at: BEGIN + n * HOUR_MS,
            channel: 'web',
          },
          effects:
            n === 4
              ? [{ type: 'remember' as const, field: 'postal_code', value: '35000' }]
              : [{ type: 'say' as const, text: `Réponse ${n}`, flow: 'welcome', key: 'hello' }],
        },
      })),
    );
    const at = (n: number): Date => new Date(BEGIN + n * HOUR_MS + 1);
    const common = { supporter: 'p05', channel: 'telegram' };
    await deliveries.table.insertAll([
      { _id: 'm1:p05', message: 'm1', state: 'read', at: at(9), ...common },
      // What is only planned did not happen.
      { _id: 'm2:p05', message: 'm2', state: 'planned', at: at(10), ...common },
    ]);
    const by = { by: 'c', by_name: 'Claire' };
    await staff.tables.notes.add({ supporter: 'p05', at: at(15), text: 'Called back.', ...by });
  });

  test('is read from the latest back, each part oldest first, nothing twice or left out', async () => {
    const parts: { id: string; at: string; type: string }[][] = [];
    let next = '';
    do {
      const { body } = await ask(`GET /supporters/p05/timeline?limit=5${next}`);
      const times = body.items.map(({ at }: { at: string }) => at);
      expect(times).toEqual(times.toSorted());
      parts.unshift(body.items);
      next = body.next === undefined ? '' : `&before=${encodeURIComponent(body.next)}`;
    } while (next !== '');
    expect(parts).toHaveLength(5);
    const all = parts.flat();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted());
    // What both said in each turn, and the message and the note between them.
    expect(all).toHaveLength(2 * TURNS + 2);
    expect(all).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'message', by: 'supporter', text: 'Bonjour 22' }),
        expect.objectContaining({ type: 'remembered', field: 'postal_code', value: '35000' }),
        expect.objectContaining({ type: 'delivery', message: 'The message m1', state: 'read' }),
        expect.objectContaining({ type: 'note', by: 'Claire', text: 'Called back.' }),
      ]),
    );
    expect(all.some(({ id }) => id === 'm2:p05')).toBe(false);
  });

  test('is for those who see people, and each look is entered', async () => {
    expect(await as('viewer', 'GET /supporters/p05/timeline')).toBe(403);
    expect(await as('agent', 'GET /supporters/p05/timeline')).toBe(200);
    expect((await ask('GET /supporters/p05/timeline?before=yesterday')).status).toBe(400);
    expect((await noted('readTimeline')).every(({ supporter: of }) => of === 'p05')).toBe(true);
    expect((await noted('readTimeline')).length).toBeGreaterThanOrEqual(6);
  });
});

describe('profiles of one person', () => {
  test('are merged with a reason, read as one under either id, and taken apart again', async () => {
    expect(await as('agent', 'POST /supporters/eve/merge', { other: 'eve-too', reason: 'x' })).toBe(
      403,
    );
    expect(
      (await ask('POST /supporters/eve/merge', { other: 'eve-too', reason: ' ' })).status,
    ).toBe(400);
    expect(
      (await ask('POST /supporters/eve/merge', { other: 'gone', reason: 'Same' })).body.error.code,
    ).toBe('merge_unknown');
    const { body } = await ask('POST /supporters/eve/merge', {
      other: 'eve-too',
      reason: 'Called',
    });
    for (const id of ['eve', 'eve-too']) {
      expect((await ask(`GET /supporters/${id}`)).body).toMatchObject({
        id: 'eve',
        name: 'Ève Le Goff',
        merges: [{ merged: 'eve-too', proof: 'staff', reason: 'Called', canUndo: true }],
      });
    }
    const itself = await ask('POST /supporters/eve/merge', { other: 'eve', reason: 'Called' });
    expect(itself.body.error.code).toBe('merge_same');
    expect((await ask(`POST /merges/${body.merge}/undo`, {})).status).toBe(200);
    expect((await ask('GET /supporters/eve-too')).body).toMatchObject({
      id: 'eve-too',
      name: 'Eve',
    });
    expect((await ask(`POST /merges/${body.merge}/undo`, {})).status).toBe(409);
    expect(await noted('mergeSupporters')).toContainEqual(
      expect.objectContaining({ supporter: 'eve', about: 'eve-too' }),
    );
  });

  test('are found beside, and told to those who may merge', async () => {
    await people.supporters.table.set(
      { _id: 'eve' },
      { email_confirmed_at: new Date(BEGIN + HOUR_MS) },
    );
    expect(await as('agent', 'GET /duplicates')).toBe(403);
    let items: { readonly supporters: readonly { readonly id: string }[] }[] = [];
    // Whoever asks first is told that they are being looked for.
    for (let tries = 0; tries < 200 && items.length === 0; tries += 1) {
      ({ items } = (await ask('GET /duplicates')).body);
    }
    expect(items[0]?.supporters.map(({ id }) => id).toSorted()).toEqual(['eve', 'eve-too']);
  });
});
