import { describe, expect, test } from '@jest/globals';
import { agreedTo, consentsByPurpose, mayWrite } from '../../src/supporters/consents-in-force.js';

const everywhere = (given: boolean) => ({ purpose: 'newsletter' as const, given });
const byMail = (given: boolean) => ({ ...everywhere(given), channel: 'email' });

describe('what somebody agreed to', () => {
  test.each([
    ['nothing', [], false, false],
    ['a yes for every channel', [everywhere(true)], true, true],
    ['a yes to e-mail', [byMail(true)], true, true],
    ['a yes to everything but e-mail', [everywhere(true), byMail(false)], false, true],
    ['a no to e-mail, then a yes to everything', [byMail(false), everywhere(true)], false, true],
    ['a yes to e-mail, then a no to everything', [byMail(true), everywhere(false)], false, false],
    ['a no to everything, then a yes to e-mail', [everywhere(false), byMail(true)], true, true],
    ['a yes to e-mail that was taken back', [byMail(true), byMail(false)], false, false],
    ['a yes for another purpose', [{ ...byMail(true), purpose: 'vote' as const }], false, false],
  ])('is %s', (_, consents, mail, anywhere) => {
    expect(mayWrite(consents, 'newsletter', 'email')).toBe(mail);
    expect(consentsByPurpose(consents)['newsletter'] ?? false).toBe(anywhere);
  });

  test('names e-mail, or does not', () => {
    expect(agreedTo([everywhere(true)], 'email')).toBe(false);
    expect(agreedTo([byMail(true)], 'email')).toBe(true);
    expect(agreedTo([byMail(true), everywhere(false)], 'email')).toBe(false);
    expect(
      agreedTo([byMail(true), { ...byMail(true), purpose: 'vote' }, byMail(false)], 'email'),
    ).toBe(true);
  });
});
