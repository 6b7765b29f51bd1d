import { describe, expect, test } from '@jest/globals';
import { createSigner } from '../../src/sign.js';
import { callOff, giveUp, signUp } from '../../src/volunteers/book.js';
import { createCalendarFiles } from '../../src/volunteers/calendar-file.js';
import type { Shift } from '../../src/volunteers/shift.js';
import { sampleShift, WEEK_BEFORE } from './sample.js';

const lea = { supporter: 'lea', ids: ['lea'], key: 'k', at: WEEK_BEFORE };
const signedUp = signUp(sampleShift(), lea).shift;

function open(shift: Shift | undefined, more: { now?: number; isErased?: true } = {}) {
  const files = createCalendarFiles({
    signer: createSigner('secret', 'calendar files'),
    publicUrl: 'https://chat.example',
    get: async () => shift,
    person: async () => (more.isErased === true ? undefined : { ids: ['lea'], language: 'fr' }),
    campaign: () => 'Valbrume; en, commun',
    now: () => more.now ?? WEEK_BEFORE,
  });
  const [, token = ''] = /\/calendar\/(.+)\.ics$/.exec(files.link('lea', signedUp)) ?? [];
  return { files, token };
}

/** The properties of the file, its folded lines joined. */
async function read(shift: Shift): Promise<string[]> {
  const { files, token } = open(shift);
  const text = (await files.read(token)) ?? '';
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  return text.replaceAll('\r\n ', '').split('\r\n');
}

describe('the calendar file of a shift', () => {
  test('says what, when and where, in UTC and escaped', async () => {
    const lines = await read(signedUp);
    expect(lines).toEqual(
      expect.arrayContaining([
        'BEGIN:VEVENT',
        'UID:shift-market@portevoix',
        'DTSTART:20311122T130000Z',
        'DTEND:20311122T160000Z',
        'SUMMARY:Valbrume\\; en\\, commun : Tracts au marché',
        'GEO:48.1113;-1.68',
        'STATUS:CONFIRMED',
      ]),
    );
    expect(lines.join('\n')).toContain('3 place du Lavoir');
  });

  test('is cancelled once the place is given back or the shift called off', async () => {
    const given = giveUp(signedUp, { ...lea, key: 'other' }).shift;
    for (const shift of [given, callOff(signedUp, WEEK_BEFORE)]) {
      expect(await read(shift)).toContain('STATUS:CANCELLED');
    }
  });

  test('is behind a link that nobody can make, and that ends with the person or a month later', async () => {
    const { files, token } = open(signedUp);
    expect(await files.read(token)).toContain('BEGIN:VCALENDAR');
    const [body = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify(['tom', 'market', 9e15])).toString('base64url');
    for (const wrong of [`${forged}.${signature}`, `${body}.`, body, '', `${token}x`]) {
      expect(await files.read(wrong)).toBeUndefined();
    }
    expect(await open(signedUp, { isErased: true }).files.read(token)).toBeUndefined();
    expect(await open(undefined).files.read(token)).toBeUndefined();
    const late = { now: WEEK_BEFORE + 40 * 86_400_000 };
    expect(await open(signedUp, late).files.read(token)).toBeUndefined();
  });
});
