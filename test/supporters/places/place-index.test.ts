import { describe, expect, test } from '@jest/globals';
import { placesFile, openPlaces } from '../../../src/supporters/places/open-places.js';
import { territoryFacts } from '../../../src/engine/calendar/territories.js';
import { placesOf, readLists } from './lists.js';

const lists = readLists();
const places = placesOf(lists);
const rennes = {
  commune: '35238',
  commune_name: 'Rennes',
  department: '35',
  region: '53',
  territory: 'metropole',
  timezone: 'Europe/Paris',
};

describe('the communes of a postal code', () => {
  test('are found with department, region, territory and clock', () => {
    expect(places.find('35000')).toEqual([rennes]);
  });

  test('are those of the official list, for every postal code, with what they have in common', () => {
    const expected = new Map<string, Set<string>>();
    for (const { type, code, codesPostaux = [] } of lists.communes) {
      if (type !== 'commune-actuelle' || code === '98901') continue;
      for (const postal of codesPostaux) {
        expected.set(postal, (expected.get(postal) ?? new Set()).add(code));
      }
    }
    expect(expected.size).toBeGreaterThan(6_000);
    for (const [postal, codes] of expected) {
      const found = places.find(postal);
      expect(new Set(found.map(({ commune }) => commune))).toEqual(codes);
      for (const { territory, timezone } of found) {
        expect(territoryFacts(territory)?.zones).toContain(timezone);
      }
    }
  });

  test('come with the largest first', () => {
    const names = places.find('51300').map(({ commune_name }) => commune_name);
    expect(names).toHaveLength(46);
    expect(names[0]).toBe('Vitry-le-François');
  });

  test('may lie in two departments', () => {
    expect(new Set(places.find('05110').map(({ department }) => department))).toEqual(
      new Set(['04', '05']),
    );
  });

  test.each([
    ['75011', 'Paris', '75111'],
    ['75016', 'Paris', '75116'],
    ['75116', 'Paris', '75116'],
    ['69003', 'Lyon', '69383'],
    ['13001', 'Marseille', '13201'],
  ])('%s is %s, in the arrondissement %s', (postal, commune_name, arrondissement) => {
    expect(places.find(postal)).toEqual([
      expect.objectContaining({ commune_name, arrondissement }),
    ]);
  });

  test.each([
    ['20000', '2A'],
    ['20200', '2B'],
  ])('%s is in the part %s of Corsica', (postal, department) => {
    expect(places.find(postal)[0]).toMatchObject({ department, region: '94' });
  });

  test.each([
    ['97110', 'guadeloupe', 'America/Guadeloupe'],
    ['97200', 'martinique', 'America/Martinique'],
    ['97300', 'guyane', 'America/Cayenne'],
    ['97400', 'reunion', 'Indian/Reunion'],
    ['97500', 'saint-pierre-et-miquelon', 'America/Miquelon'],
    ['97600', 'mayotte', 'Indian/Mayotte'],
    ['97133', 'saint-barthelemy', 'America/St_Barthelemy'],
    ['97150', 'saint-martin', 'America/Marigot'],
    ['98600', 'wallis-et-futuna', 'Pacific/Wallis'],
    ['98714', 'polynesie', 'Pacific/Tahiti'],
    ['98742', 'polynesie', 'Pacific/Marquesas'],
    ['98755', 'polynesie', 'Pacific/Gambier'],
    ['98800', 'nouvelle-caledonie', 'Pacific/Noumea'],
  ])('%s is in %s, by the clock of %s', (postal, territory, timezone) => {
    expect(places.find(postal)[0]).toMatchObject({ territory, timezone });
  });

  test('are unknown of a CEDEX, whose department is told by its first digits', () => {
    const { commune: _, commune_name: __, ...area } = rennes;
    expect(places.find('35069')).toEqual([area]);
    expect(places.find('97159')[0]).toMatchObject({ department: '971', territory: 'guadeloupe' });
    expect(places.find('20289')[0]).toMatchObject({ department: '2B' });
    expect(places.find('20407')).toEqual([
      { region: '94', territory: 'metropole', timezone: 'Europe/Paris' },
    ]);
  });

  test.each(['98000', '99138', '00100', '97060', '96000', 'SW1A 1AA', '3500', '', '35000\t'])(
    'are none for %j',
    (postal) => expect(places.find(postal)).toEqual([]),
  );
});

describe('the list that the build wrote', () => {
  test('is what its package says, and is read when first asked', () => {
    const built = openPlaces(placesFile(), () => undefined);
    expect(built.find('35000')).toEqual([rennes]);
    expect(built.source()).toBe('@etalab/decoupage-administratif 6.0.0');
  });

  test('places nobody anywhere where it is missing, and tells so once', () => {
    const told: string[] = [];
    const missing = openPlaces('/nowhere/places.txt', (sentence) => told.push(sentence));
    expect([missing.find('35000'), missing.find('75011')]).toEqual([[], []]);
    expect(told).toEqual(['The list of communes cannot be read: run "npm run build".']);
  });
});
