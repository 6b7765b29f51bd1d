import { describe, expect, test } from '@jest/globals';
import type { Effect } from '../../src/engine/effect.js';
import { applyEffects } from '../../src/supporters/apply-effects.js';
import { boundConsents, CONSENT_RECORDS } from '../../src/supporters/bounds.js';
import { exportSupporter } from '../../src/supporters/exchange/export-supporters.js';
import { viewSupporter } from '../../src/supporters/profile.js';
import { newSupporter, type ConsentRecord } from '../../src/supporters/record.js';

const at = new Date('2030-01-01T12:00:00Z');
const stopped = {
  type: 'said',
  text: 'Arrêt !',
  rule: 'stop',
  at: at.getTime(),
  channel: 'web',
} as const;
const stranger = newSupporter('s1', 'fr', { channel: 'web', address: 'c1' }, at);

function consent(given: boolean, purpose: 'engagement' | 'newsletter' = 'engagement'): Effect {
  return {
    type: 'record_consent',
    purpose,
    given,
    wording: 'Pouvons-nous garder vos réponses ?',
    version: 'abcd1234',
    language: 'fr',
    source: 'welcome.agree',
  };
}

function act(action: string, args: Record<string, string> = {}): Effect {
  return { type: 'act', id: '1.0', action, with: args, awaited: false };
}

describe('applyEffects', () => {
  test('writes what is remembered where the profile keeps it', () => {
    const { record, rest } = applyEffects(
      stranger,
      [
        { type: 'remember', field: 'email', value: 'lea@exemple.org' },
        { type: 'remember', field: 'preferences.topics', value: ['climate'] },
        { type: 'remember', field: 'fields.round', value: 2 },
        { type: 'remember', field: 'language', value: 'en' },
        { type: 'remember', field: 'support_level', value: 1 },
      ],
      at,
      stopped,
    );
    expect(record).toMatchObject({
      email: 'lea@exemple.org',
      preferences: { topics: ['climate'] },
      fields: { round: 2 },
      language: 'en',
      support_level: 1,
    });
    expect(rest).toEqual([]);
  });

  test('refuses a field the profile does not have', () => {
    const effects: Effect[] = [{ type: 'remember', field: 'revision', value: 7 }];
    expect(() => applyEffects(stranger, effects, at, stopped)).toThrow(/no field "revision"/);
    const proto: Effect[] = [{ type: 'remember', field: '__proto__.admin', value: true }];
    expect(() => applyEffects(stranger, proto, at, stopped)).toThrow(/no field/);
  });

  test('keeps consent with its wording, version, language, source and time', () => {
    const { record } = applyEffects(stranger, [consent(true)], at, stopped);
    expect(record.consents).toEqual([
      {
        purpose: 'engagement',
        given: true,
        wording: 'Pouvons-nous garder vos réponses ?',
        version: 'abcd1234',
        language: 'fr',
        source: 'welcome.agree',
        at,
      },
    ]);
    expect(viewSupporter(record).consents).toEqual({ engagement: true });
  });

  test('withdraws every consent, and proves it', () => {
    const given = applyEffects(
      stranger,
      [consent(true), consent(true, 'newsletter')],
      at,
      stopped,
    ).record;
    const { record, rest } = applyEffects(given, [act('consent.withdraw')], at, stopped);
    expect(viewSupporter(record).consents).toEqual({ engagement: false, newsletter: false });
    expect(record.consents.slice(2)).toMatchObject([
      { purpose: 'engagement', given: false, source: 'stop', at },
      { purpose: 'newsletter', given: false, source: 'stop', at },
    ]);
    expect(rest).toEqual([]);
  });

  test('keeps the STOP of a stranger', () => {
    const { record } = applyEffects(stranger, [act('consent.withdraw')], at, stopped);
    expect(viewSupporter(record).consents).toEqual({ engagement: false });
  });

  test('withdraws one purpose when it is named', () => {
    const given = applyEffects(
      stranger,
      [consent(true), consent(true, 'newsletter')],
      at,
      stopped,
    ).record;
    const { record } = applyEffects(
      given,
      [act('consent.withdraw', { purpose: 'newsletter' })],
      at,
      stopped,
    );
    expect(viewSupporter(record).consents).toEqual({ engagement: true, newsletter: false });
  });

  test('tags once and untags', () => {
    const tagged = [act('supporter.tag', { tag: 'host' }), act('supporter.tag', { tag: 'host' })];
    expect(applyEffects(stranger, tagged, at, stopped).record.tags).toEqual(['host']);
    const untagged = [...tagged, act('supporter.untag', { tag: 'host' })];
    expect(applyEffects(stranger, untagged, at, stopped).record.tags).toEqual([]);
  });

  test('leaves to others what concerns more than this supporter', () => {
    const mail = act('email.confirm');
    const said: Effect = { type: 'say', flow: 'welcome', key: 'hello', text: 'Bonjour' };
    expect(applyEffects(stranger, [mail, said], at, stopped).rest).toEqual([mail, said]);
  });
});

test('a long history of consents keeps the last word on each purpose', () => {
  const records = Array.from({ length: 200 }, (_, index): ConsentRecord => ({
    purpose: index === 0 ? 'donation' : 'newsletter',
    given: index % 2 === 0,
    wording: `w${index}`,
    version: 'v',
    language: 'fr',
    source: 'welcome.news',
    at,
  }));
  const kept = boundConsents(records);
  expect(kept).toHaveLength(CONSENT_RECORDS);
  expect(kept[0]).toMatchObject({ purpose: 'donation', wording: 'w0' });
  expect(kept.at(-1)).toMatchObject({ wording: 'w199' });
});

test('an export names what is known and leaves out what is not', () => {
  const { record } = applyEffects(
    stranger,
    [{ type: 'remember', field: 'email', value: 'lea@exemple.org' }, consent(true)],
    at,
    stopped,
  );
  const address = {
    _id: 'web:c1',
    supporter: 's1',
    channel: 'web',
    address: 'c1',
    created_at: at,
    reachable: true,
  };
  expect(JSON.parse(JSON.stringify(exportSupporter(record, [address])))).toEqual({
    id: 's1',
    email: 'lea@exemple.org',
    language: 'fr',
    names: {},
    preferences: {},
    tags: [],
    fields: {},
    addresses: [{ channel: 'web', address: 'c1', reachable: true }],
    consents: [
      {
        purpose: 'engagement',
        given: true,
        wording: 'Pouvons-nous garder vos réponses ?',
        version: 'abcd1234',
        language: 'fr',
        source: 'welcome.agree',
        at: '2030-01-01T12:00:00.000Z',
      },
    ],
    created_at: '2030-01-01T12:00:00.000Z',
  });
});
