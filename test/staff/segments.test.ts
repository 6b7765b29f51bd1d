import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newSupporter } from '../../src/supporters/record.js';
import { newMessage } from '../../src/outreach/messages/messages.js';
import { REMINDER } from '../outreach/messages/sample.js';
import { openOutreach, type OpenOutreach } from './open-outreach.js';

const AT = new Date(Date.UTC(2032, 0, 1));
let opened: OpenOutreach;
beforeAll(async () => {
  opened = await openOutreach(() => AT.getTime());
  await opened.meet(
    ...Array.from({ length: 12 }, (_, index) => ({
      ...newSupporter(`p${index}`, 'fr', { channel: 'web', address: `p${index}` }, AT),
      first_name: `Ana${index}`,
      tags: index < 4 ? ['market', 'door'] : ['market'],
    })),
  );
});
afterAll(() => opened.close());

const ask = (route: string, body?: unknown, token?: string) =>
  opened.staff.ask(route, body, token === undefined ? { browser: opened.browser } : { token });
const group = (value: unknown, field = 'tags', operator = 'contains') => ({
  combinator: 'and',
  rules: [{ field, operator, value }],
});
const save = (name: string, segment: object, isNew = true) =>
  ask(`PUT /segments/${name}`, { title: `Segment ${name}`, segment, isNew });

describe('a segment in the console', () => {
  test('is counted while it is written, or told what is wrong', async () => {
    expect((await ask('POST /segment-counts', { segment: group('door') })).body).toEqual({
      count: 4,
      faults: [],
    });
    const wrong = await ask('POST /segment-counts', { segment: group(3, 'support_leve', '=') });
    expect(wrong.body.faults).toEqual([
      { path: 'rules[0].field', message: expect.stringContaining('support_level') },
    ]);
    expect(wrong.body.count).toBeUndefined();
  });

  test('never lets an operator of the store through', async () => {
    const { status } = await ask('POST /segment-counts', { segment: group({ $gt: '' }) });
    expect(status).toBe(400);
    const { body } = await ask('POST /segment-counts', { segment: group('x', '$where', '=') });
    expect(body.faults[0].path).toBe('rules[0].field');
  });

  test('is saved under a name nobody has, counted, and changed', async () => {
    expect((await save('doors', group('door'))).body.row).toMatchObject({
      name: 'doors',
      author: 'Claire Martin',
      rules: 1,
      uses: [],
    });
    expect((await save('doors', group('market'))).body.error.code).toBe('name_taken');
    expect((await ask('GET /segments/doors/count')).body).toEqual({ count: 4 });
    expect((await save('doors', group('market'), false)).status).toBe(200);
    expect((await ask('GET /segments/doors/count')).body).toEqual({ count: 12 });
    const refused = await save('broken', group('x', 'nothing', '='));
    expect([refused.status, refused.body.error.fields[0].path]).toEqual([422, 'rules[0].field']);
    expect((await save('BAD NAME', group('x'))).status).not.toBe(200);
  });

  test('shows people by name to those who may see people only, and that is noted', async () => {
    const { tables } = opened.staff;
    const named = await ask('POST /segment-samples', { segment: group('door') });
    expect(named.body.people).toHaveLength(4);
    expect(named.body.people[0].name).toMatch(/^Ana/);
    expect(await tables.audit.table.count({ action: 'sampleSegment' })).toBe(4);
    const viewer = await opened.staff.tokenOf('viewer');
    const bare = await ask('POST /segment-samples', { segment: group('door') }, viewer);
    expect(bare.body.people).toHaveLength(4);
    expect(JSON.stringify(bare.body)).not.toContain('Ana');
    expect(await tables.audit.table.count({ action: 'sampleSegment' })).toBe(4);
  });

  test('is not removed while a message or a flow uses it', async () => {
    await save('donors', group(0, 'donations.count', '>'));
    await save('voters', group('market'));
    const message = newMessage('m1', { ...REMINDER, segment: 'voters' }, AT);
    await opened.messages.table.insert(message);
    const { body } = await ask('GET /segments');
    const uses = Object.fromEntries(
      body.items.map((row: { name: string; uses: unknown }) => [row.name, row.uses]),
    );
    expect(uses).toMatchObject({
      donors: [{ type: 'flow', id: 'welcome', name: 'welcome' }],
      voters: [{ type: 'message', id: 'm1', name: 'reminder' }],
    });
    for (const name of ['donors', 'voters']) {
      const refused = await ask(`DELETE /segments/${name}`, {});
      expect([refused.status, refused.body.error.code]).toEqual([409, 'in_use']);
    }
    await opened.messages.table.set({ _id: 'm1' }, { state: 'done' });
    expect((await ask('DELETE /segments/voters', {})).status).toBe(200);
    expect((await ask('DELETE /segments/voters', {})).status).toBe(404);
  });

  test('is offered every field with the operators and values it has', async () => {
    const { body } = await ask('GET /segment-fields');
    const fields = new Map(body.fields.map((field: { name: string }) => [field.name, field]));
    expect(fields.get('consents.vote')).toMatchObject({ type: 'consent', operators: ['=', '!='] });
    expect(fields.get('language')).toMatchObject({ values: ['fr', 'en'] });
    expect(body.tags).toEqual(['market', 'door']);
  });
});
