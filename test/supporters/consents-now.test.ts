import { describe, expect, test } from '@jest/globals';
import { consentsNow, withConsentsNow } from '../../src/supporters/consents-now.js';
import { newSupporter } from '../../src/supporters/record.js';

const said = (purpose: 'newsletter' | 'vote', given: boolean, channel?: string) => ({
  purpose,
  given,
  ...(channel === undefined ? {} : { channel }),
});

describe('what was answered about consents', () => {
  test('is the latest answer for each purpose', () => {
    expect(
      consentsNow([said('newsletter', false), said('vote', false), said('vote', true)]),
    ).toEqual(['newsletter=refused', 'newsletter@*=refused', 'vote=given', 'vote@*=given']);
  });

  test('keeps a channel apart that was named', () => {
    expect(consentsNow([said('newsletter', true), said('newsletter', false, 'email')])).toEqual([
      'newsletter=given',
      'newsletter@*=given',
      'newsletter@email=refused',
    ]);
  });

  test('ends what was agreed to for a channel with a no to everything, and not with a yes', () => {
    const named = [said('newsletter', true, 'email'), said('newsletter', false, 'telegram')];
    expect(consentsNow([...named, said('newsletter', false)])).toEqual([
      'newsletter=refused',
      'newsletter@*=refused',
    ]);
    expect(consentsNow([...named, said('newsletter', true)])).toContain(
      'newsletter@telegram=refused',
    );
  });

  test('is given where one channel alone was agreed to', () => {
    expect(consentsNow([said('newsletter', false), said('newsletter', true, 'email')])).toContain(
      'newsletter=given',
    );
  });

  test('leaves a record alone that says so already', () => {
    const at = new Date('2030-01-01T12:00:00Z');
    const fresh = withConsentsNow(newSupporter('s', 'fr', { channel: 'web', address: 'a' }, at));
    expect(fresh.consents_now).toEqual([]);
    expect(withConsentsNow(fresh)).toBe(fresh);
  });
});
