import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { deliveryId } from '../../src/outreach/messages/deliveries.js';
import { newMessage } from '../../src/outreach/messages/messages.js';
import { REMINDER, supporter } from '../outreach/messages/sample.js';
import { openOutreach, type OpenOutreach } from './open-outreach.js';

const NOW = Date.UTC(2032, 2, 1, 9);
let opened: OpenOutreach;
let at: number;
beforeEach(async () => {
  at = NOW;
  opened = await openOutreach(() => at);
});
afterEach(() => opened.close());

const ask = (route: string, body?: unknown, token?: string) =>
  opened.staff.ask(route, body, token === undefined ? { browser: opened.browser } : { token });

const DRAFT = {
  name: 'Rappel',
  purpose: 'vote',
  content: 'neutral',
  segment: '',
  says: 'words',
  words: { fr: 'On vote dimanche.', en: 'Vote on Sunday.' },
  flow: '',
  at: { type: 'before', days: 1, time: '17:00', round: 1 },
  channels: ['telegram', 'web'],
  urgent: false,
  cap: 'usual',
};
const draft = (more: object = {}) => ask('POST /messages', { message: { ...DRAFT, ...more } });
const problemsOf = async (more: object): Promise<Record<string, string>> => {
  const { body } = await ask('POST /message-checks', { message: { ...DRAFT, ...more } });
  return Object.fromEntries(
    body.problems.map(({ field, code }: { field: string; code: string }) => [field, code]),
  );
};

describe('a draft', () => {
  test('is told what is wrong beside each field', async () => {
    expect(await problemsOf({})).toEqual({});
    expect(
      await problemsOf({ name: '', channels: [], words: { fr: 'Oui' }, at: instant('') }),
    ).toEqual({
      name: 'missing',
      channels: 'missing',
      at: 'missing',
      'words.en': 'missing',
    });
    expect(
      await problemsOf({
        segment: 'nobody',
        words: { fr: 'Bonjour {prenom}', en: 'Hello {firstName}' },
      }),
    ).toEqual({
      segment: 'unknown-field',
      'words.fr': 'unknown-icu-argument',
      'words.en': 'missing-none-branch',
    });
    expect(await problemsOf({ purpose: 'donation' })).toEqual({ content: 'neutral-content' });
    expect(await problemsOf({ words: { fr: 'Votez Maëlle Corvisier', en: 'Vote' } })).toEqual({
      'words.fr': 'neutral-content',
    });
    expect(await problemsOf({ says: 'flow', flow: 'nothing' })).toEqual({ flow: 'unknown-flow' });
  });

  test('shows its words as somebody reads them', async () => {
    const words = {
      fr: 'Bonjour{firstName, select, none {} other { {firstName}}}\u202F! "Oui"\nDeux.',
      en: 'Broken {',
    };
    const { body } = await ask('POST /message-checks', { message: { ...DRAFT, words } });
    expect(body.previews).toEqual({ fr: 'Bonjour Camille\u202F! "Oui"\nDeux.' });
    expect(body.problems.map(({ field }: { field: string }) => field)).toEqual(['words.en']);
  });

  test('is kept half written, and saved by one of two who write at once', async () => {
    const { body } = await draft({ name: '', channels: [] });
    expect(body).toMatchObject({ revision: 1, author: 'Claire Martin', row: { state: 'draft' } });
    const { id } = body.row;
    const save = (name: string) =>
      ask(`PUT /messages/${id}`, { message: { ...DRAFT, name }, revision: 1 });
    const both = await Promise.all([save('one'), save('two')]);
    expect(both.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 409]);
    expect((await ask('GET /messages')).body.items).toHaveLength(1);
    expect((await ask(`DELETE /messages/${id}`, { revision: 1 })).status).toBe(409);
    expect((await ask(`DELETE /messages/${id}`, { revision: 2 })).status).toBe(200);
    expect((await ask(`GET /messages/${id}`)).status).toBe(404);
  });

  test('of the command line is written on in the console, and lives in one place', async () => {
    await opened.messages.table.insert(newMessage('c1', REMINDER, new Date(NOW)));
    const { body } = await ask('GET /messages/c1');
    expect(body).toMatchObject({
      revision: 0,
      problems: [],
      message: { says: 'words', at: instant('2032-03-01T11:00') },
    });
    const saved = await ask('PUT /messages/c1', { message: body.message, revision: 0 });
    expect(saved.body.revision).toBe(1);
    expect(await opened.messages.get('c1')).toBeUndefined();
    expect((await ask('GET /messages')).body.items).toHaveLength(1);
  });
});

describe('a send', () => {
  const people = () => [
    supporter('a', ['telegram'], { territory: 'metropole' }),
    supporter('b', ['web']),
    supporter('c', []),
  ];

  test('is pictured: who gets it when, what holds it up, and who does not get it', async () => {
    await opened.meet(...people());
    const { body } = await draft({ at: instant('2032-03-01T23:30') });
    const plan = await ask(`GET /messages/${body.row.id}/plan`);
    expect(plan.body).toMatchObject({ recipients: 2, cannot: { unreachable: 1 }, late: {} });
    const { picture } = plan.body;
    expect(picture.channels.map(({ channel }: { channel: string }) => channel).sort()).toEqual([
      'telegram',
      'web',
    ]);
    const shown = picture.calendars[0];
    expect(shown.closed.length).toBeGreaterThan(0);
    expect(shown.closed.every(({ rule }: { rule: string }) => rule === 'quiet-hours')).toBe(true);
    for (const { sends } of picture.channels) {
      for (const { from, until } of sends) {
        expect(from).toBeGreaterThanOrEqual(picture.from);
        for (const night of shown.closed)
          expect(until <= night.from || from >= night.until).toBe(true);
      }
    }
  });

  test('begins once, moves on, and cannot be begun again', async () => {
    await opened.meet(...people());
    const { body } = await draft();
    const { id } = body.row;
    const send = (revision: number) =>
      ask(`POST /messages/${id}/send`, { revision, anyway: false });
    expect((await send(7)).body.error.code).toBe('conflict');
    const begun = await send(1);
    expect([begun.status, begun.body.row]).toMatchObject([
      200,
      { state: 'planned', recipients: 2 },
    ]);
    expect((await send(1)).status).toBe(409);
    expect(await opened.drafts.get(id)).toBeUndefined();
    const move = async (to: string) => (await ask(`POST /messages/${id}/${to}`, {})).body;
    expect(await move('pause')).toMatchObject({ state: 'paused', planned: 2 });
    expect(await move('resume')).toMatchObject({ state: 'planned' });
    expect(await move('cancel')).toMatchObject({ state: 'cancelled' });
    expect((await move('resume')).error.code).toBe('wrong_state');
    expect((await ask(`PUT /messages/${id}`, { message: DRAFT, revision: 1 })).status).toBe(409);
  });

  test('to nobody, or of what is not whole, is refused and stays a draft', async () => {
    const { body } = await draft();
    const send = async (id: string) =>
      (await ask(`POST /messages/${id}/send`, { revision: 1, anyway: true })).body.error.code;
    expect(await send(body.row.id)).toBe('nobody');
    expect(await opened.messages.get(body.row.id)).toBeUndefined();
    expect((await ask(`GET /messages/${body.row.id}`)).body.revision).toBe(1);
    const half = await draft({ name: '' });
    expect(await send(half.body.row.id)).toBe('faulty');
  });

  test('that cannot be finished in time needs to be wanted anyway', async () => {
    await opened.meet(...people());
    // The silence of the first round begins on Saturday at midnight.
    const { body } = await draft({
      content: 'campaign',
      at: instant('2032-03-13T12:00'),
      expires: instant('2032-03-13T13:00'),
    });
    const send = (anyway: boolean) =>
      ask(`POST /messages/${body.row.id}/send`, { revision: 1, anyway });
    expect((await send(false)).body.error.code).toBe('late');
    expect((await send(true)).body.row.state).toBe('planned');
  });

  test('of which nobody knows whether it arrived is repeated when asked for only', async () => {
    await opened.messages.table.insert({
      ...newMessage('m', REMINDER, new Date(NOW)),
      state: 'done',
    });
    const resend = () => ask('POST /messages/m/resend', {});
    expect((await resend()).status).toBe(409);
    await opened.deliveries.table.insert({
      _id: deliveryId('m', 'a'),
      message: 'm',
      supporter: 'a',
      state: 'unknown',
      channel: 'telegram',
      at: new Date(NOW),
    });
    expect((await resend()).body).toEqual({ resent: 1 });
    expect((await ask('GET /messages/m/progress')).body).toMatchObject({
      state: 'sending',
      planned: 1,
      unknown: 0,
    });
  });
});

describe('a test to myself', () => {
  test('goes where I am reached, by mail where I am not known, and counts as nothing', async () => {
    const { body } = await draft({ channels: ['telegram', 'email'] });
    const send = () => ask(`POST /messages/${body.row.id}/test`, { language: 'en' });
    expect((await send()).body).toEqual({
      sent: [{ channel: 'email', isTheirs: false }],
      failed: [],
    });
    expect(opened.sent).toEqual([
      { channel: 'email', address: 'claire@exemple.fr', text: 'Vote on Sunday.' },
    ]);
    await opened.meet(supporter('me', ['telegram'], { email: 'claire@exemple.fr' }));
    expect((await send()).body.sent).toContainEqual({ channel: 'telegram', isTheirs: true });
    expect(await opened.deliveries.table.count({})).toBe(0);
    opened.answer = { type: 'failed', reason: 'blocked' };
    expect((await send()).body.failed).toHaveLength(2);
  });

  test('leaves neither at night nor in the silence, and not to a program', async () => {
    const { body } = await draft({ channels: ['email'], content: 'campaign' });
    const path = `POST /messages/${body.row.id}/test`;
    at = Date.UTC(2032, 2, 14, 10);
    expect((await ask(path, { language: 'fr' })).body.error.code).toBe('silence');
    expect(opened.sent).toEqual([]);
    const token = await opened.staff.tokenOf('admin');
    expect((await ask(path, { language: 'fr' }, token)).body.error.code).toBe('no_person');
  });
});

test('who may read only is shown plans and progress, and changes nothing', async () => {
  const { body } = await draft();
  const viewer = await opened.staff.tokenOf('viewer');
  const editor = await opened.staff.tokenOf('editor');
  expect((await ask(`GET /messages/${body.row.id}`, undefined, viewer)).status).toBe(200);
  expect((await ask('POST /messages', { message: DRAFT }, viewer)).status).toBe(403);
  const send = { revision: 1, anyway: false };
  expect((await ask(`POST /messages/${body.row.id}/send`, send, editor)).status).toBe(403);
  expect((await ask(`POST /messages/${body.row.id}/cancel`, {}, editor)).status).toBe(403);
});

test('lists come part by part, by state', async () => {
  for (let day = 1; day <= 5; day += 1) {
    const row = newMessage(`m${day}`, { ...REMINDER, name: `${day}` }, new Date(NOW + day));
    await opened.messages.table.insert({ ...row, state: day === 3 ? 'done' : 'sending' });
  }
  const first = (await ask('GET /messages?limit=3')).body;
  const rest = (await ask(`GET /messages?limit=3&before=${first.next}`)).body;
  const names = [...first.items, ...rest.items].map(({ name }: { name: string }) => name);
  expect([names, rest.next]).toEqual([['5', '4', '3', '2', '1'], undefined]);
  expect((await ask('GET /messages?state=done')).body.items).toHaveLength(1);
});

function instant(local: string) {
  return { type: 'instant', at: local };
}
