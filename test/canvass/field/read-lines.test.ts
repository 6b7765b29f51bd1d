import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readLines, type LineDoor } from '../../../src/canvass/field/read-lines.js';

const house = (street: string, number: string, more: Partial<LineDoor> = {}): LineDoor => ({
  id: [street, number, more.suffix, more.floor, more.flat]
    .filter((part) => part !== undefined)
    .join(' '),
  street,
  number,
  ...more,
});
const DOORS: readonly LineDoor[] = [
  ...['3', 'RDC'].flatMap((floor) =>
    ['G', 'D'].map((flat) => house('Quai', '12', { floor, flat })),
  ),
  ...['13', '14', '15', '16', '18', '20', '22'].map((number) => house('Quai', number)),
  house('Quai', '14', { suffix: 'bis' }),
  ...['2', '4', '18'].map((number) => house('Rue du Lavoir', number)),
];

/** `door result[ level]` of each entry; else what it is, and why. */
function read(text: string): readonly string[] {
  const lines = readLines(text, DOORS);
  switch (lines.type) {
    case 'doors':
      return lines.entries.map(({ door, result, level }) =>
        [door, result, level ?? ''].join(' ').trim(),
      );
    case 'result':
      return [`here ${lines.result} ${lines.level ?? ''}`.trim()];
    case 'unclear':
      return [`unclear ${lines.why}`];
    case 'words':
      return ['words'];
    default:
      return lines satisfies never;
  }
}

describe('shorthand', () => {
  test.each([
    ['12 3G abs', ['Quai 12 3 G not_home']],
    ['12 rdc d refus', ['Quai 12 RDC D refused']],
    ['12 tous abs', ['3 G', '3 D', 'RDC G', 'RDC D'].map((flat) => `Quai 12 ${flat} not_home`)],
    ['20 vu 2', ['Quai 20 canvassed 2']],
    ['14bis tract', ['Quai 14 bis lit_dropped']],
    ['14 bis déménagé', ['Quai 14 bis moved']],
    ['quai 18 vu 1', ['Quai 18 canvassed 1']],
    ['18 rue du lavoir vide', ['Rue du Lavoir 18 vacant']],
    ['lavoir 2, 4 abs', ['Rue du Lavoir 2 not_home', 'Rue du Lavoir 4 not_home']],
    ['2 abs; 4 refused', ['Rue du Lavoir 2 not_home', 'Rue du Lavoir 4 refused']],
    ['13-15 no answer', ['Quai 13 not_home', 'Quai 15 not_home']],
    ['20 à 22 pas là', ['Quai 20 not_home', 'Quai 22 not_home']],
    ['15–16 abs', ['Quai 15 not_home', 'Quai 16 not_home']],
    ['quai 20 abs\n22 vu 5', ['Quai 20 not_home', 'Quai 22 canvassed 5']],
    ['Personne', ['here not_home']],
    ['vu 3', ['here canvassed 3']],
    ['Langue', ['here language_barrier']],
  ])('reads %p', (text, entries) => {
    expect(read(text)).toEqual(entries);
  });

  test.each([
    ['18 abs', 'several'],
    ['12 abs', 'several'],
    ['12 3 abs', 'several'],
    ['12 14 abs', 'door'],
    ['14-22 abs', 'several'],
    ['99 abs', 'door'],
    ['22-20 abs', 'door'],
    ['rue des lilas 2 abs', 'street'],
    ['20 abs; 22', 'result'],
    ['20 peut-être', 'result'],
    ['20 abs; 20 vu', 'twice'],
    ['20 abs; abs', 'door'],
  ])('asks about %p: %s', (text, why) => {
    expect(read(text)).toEqual([`unclear ${why}`]);
  });

  test.each([
    'le code de la porte a changé',
    'la dame du 3e veut être rappelée',
    'bonjour',
    '?',
    '',
    'il y a 2 chiens ici en ce moment',
  ])('takes %p for words', (text) => {
    expect(read(text)).toEqual(['words']);
  });

  test('never fails, and never names a door that is not there', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '12',
        '3G',
        'abs',
        ';',
        ',',
        '14-22',
        'vu',
        '2',
        'bis',
        'tous',
        'rue du lavoir',
        'impairs',
        '\n',
        '-',
        'quai',
      ),
      fc.string({ maxLength: 6 }),
    );
    const ids = new Set(DOORS.map(({ id }) => id));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const lines = readLines(pieces.join(' '), DOORS);
        if (lines.type !== 'doors') return;
        expect(lines.entries.length).toBeGreaterThan(0);
        for (const { door, level, result } of lines.entries) {
          expect(ids).toContain(door);
          if (level !== undefined) expect(result).toBe('canvassed');
        }
        expect(new Set(lines.entries.map(({ door }) => door)).size).toBe(lines.entries.length);
      }),
      { numRuns: 500 },
    );
  });
});
