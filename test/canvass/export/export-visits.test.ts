import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CANVASS_RESULTS } from '../../../src/canvass/canvass-result.js';
import { openDoors, type DoorRow, type Doors } from '../../../src/canvass/doors.js';
import { exportVisits, type VisitFormat } from '../../../src/canvass/export/export-visits.js';
import { writeVan } from '../../../src/canvass/export/write-visit.js';
import { printTurf } from '../../../src/canvass/export/print-turf.js';
import type { TurfRow } from '../../../src/canvass/turfs.js';
import { openVisits, type VisitRow, type Visits } from '../../../src/canvass/visits.js';
import { openHere } from '../../store/support.js';

const AT = new Date('2032-03-01T17:00Z');
const DOOR: DoorRow = {
  _id: 'd1',
  number: '12',
  suffix: 'bis',
  street: 'Rue du Lac',
  floor: '3',
  flat: 'G',
  postcode: '35200',
  city: 'Valbrume',
  lat: 48.1,
  lon: -1.6,
  station: '35999_0007',
  building: 'x',
  at: AT,
};
const visit = (more: Partial<VisitRow> = {}): VisitRow => ({
  _id: 'v1',
  door: 'd1',
  turf: 't1',
  canvasser: 'c1',
  result: 'not_home',
  at: AT,
  received_at: new Date('2032-03-01T19:00Z'),
  outing: 'o1',
  ...more,
});
const ADDRESS = '12 bis Rue du Lac, 3, G, 35200 Valbrume';

let tables: { readonly doors: Doors; readonly visits: Visits };
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  const { connection } = opened.store;
  tables = { doors: openDoors(connection), visits: openVisits(connection) };
  await tables.doors.table.insert(DOOR);
});
afterEach(() => close());

async function written(
  format: VisitFormat,
  ...more: Parameters<typeof exportVisits>[2][]
): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportVisits(tables, format, ...more)) lines.push(line);
  return lines;
}
const parsed = (lines: readonly string[]): unknown[] =>
  lines.map((line): unknown => JSON.parse(line));

describe('visits go out', () => {
  test('to NGP VAN as a result or as responses, with contact type and time', async () => {
    await tables.visits.table.insertAll([
      visit(),
      visit({ _id: 'v2', result: 'canvassed', support_level: 2 }),
      visit({ _id: 'v3', result: 'moved', undone_at: AT }),
    ]);
    const canvassContext = {
      contactTypeId: 2,
      inputTypeId: 11,
      dateCanvassed: '2032-03-01T17:00:00.000Z',
    };
    const head = { door: 'd1', address: ADDRESS };
    expect(parsed(await written('van'))).toEqual([
      { ...head, body: { canvassContext, resultCodeId: 1 } },
      { ...head, body: { canvassContext, resultCodeId: 14 } },
    ]);
    const support = { question: 7, responses: [71, 72, 73, 74, 75] };
    expect(parsed(await written('van', { van: { support } }))[1]).toEqual({
      ...head,
      body: {
        canvassContext,
        responses: [{ type: 'SurveyResponse', surveyQuestionId: 7, surveyResponseId: 72 }],
      },
    });
  });

  test('never to VAN with both a result and responses, nor with neither', () => {
    const anyVisit = fc.record({
      result: fc.constantFrom(...CANVASS_RESULTS),
      level: fc.constantFrom(1, 2, 3, 4, 5, undefined),
      asks: fc.boolean(),
    });
    fc.assert(
      fc.property(anyVisit, ({ result, level, asks }) => {
        const support = { question: 7, responses: [71, 72, 73, 74, 75] };
        const one = visit({ result, ...(level === undefined ? {} : { support_level: level }) });
        const line = writeVan({ visit: one, door: undefined }, asks ? { support } : {});
        if (line === undefined) {
          expect(result).toBe('language_barrier');
          return;
        }
        expect('resultCodeId' in line.body).toBe(!('responses' in line.body));
        expect('responses' in line.body).toBe(
          result === 'canvassed' && level !== undefined && asks,
        );
      }),
    );
  });

  test('to VAN without those it has no id for, which are told, unless the campaign has one', async () => {
    await tables.visits.table.insertAll([visit({ result: 'language_barrier' })]);
    const left: string[] = [];
    expect(await written('van', { leftOut: ({ result }) => left.push(result) })).toEqual([]);
    expect(left).toEqual(['language_barrier']);
    const [line] = parsed(await written('van', { van: { results: { language_barrier: 29 } } }));
    expect(line).toMatchObject({ body: { resultCodeId: 29 } });
  });

  test('as canvasses of OSDI', async () => {
    await tables.visits.table.insertAll([
      visit(),
      visit({ _id: 'v2', result: 'canvassed', support_level: 1, note: 'likes the river' }),
    ]);
    expect(parsed(await written('osdi'))).toMatchObject([
      {
        identifiers: ['portevoix:v1'],
        origin_system: 'Portevoix',
        action_date: '2032-03-01T17:00:00.000Z',
        contact_type: 'in-person',
        input_type: 'mobile',
        success: false,
        status_code: 'not-home',
        'portevoix:door': { id: 'd1', address: ADDRESS },
      },
      { success: true, status_code: 'success', 'portevoix:support_level': 1 },
    ]);
  });

  test('as CSV that a spreadsheet cannot run, and as JSON with all that is known', async () => {
    await tables.visits.table.insertAll([
      visit({
        result: 'canvassed',
        support_level: 3,
        answers: { topics: ['river'] },
        note: '=HYPERLINK("x")',
      }),
      visit({ _id: 'v2', door: 'gone' }),
    ]);
    const [head, first, second] = await written('csv');
    expect(head).toBe(
      'visit,door,number,suffix,street,floor,flat,postcode,city,station,turf,canvasser,outing,result,support_level,answers,note,at,received_at\n',
    );
    expect(first).toBe(
      'v1,d1,12,bis,Rue du Lac,3,G,35200,Valbrume,35999_0007,t1,c1,o1,canvassed,3,"{""topics"":[""river""]}","\'=HYPERLINK(""x"")",2032-03-01T17:00:00.000Z,2032-03-01T19:00:00.000Z\n',
    );
    expect(second).toBe(
      'v2,gone,,,,,,,,,t1,c1,o1,not_home,,,,2032-03-01T17:00:00.000Z,2032-03-01T19:00:00.000Z\n',
    );
    expect(parsed(await written('json'))[0]).toEqual({
      id: 'v1',
      door: 'd1',
      address: ADDRESS,
      lat: 48.1,
      lon: -1.6,
      station: '35999_0007',
      turf: 't1',
      canvasser: 'c1',
      outing: 'o1',
      result: 'canvassed',
      support_level: 3,
      answers: { topics: ['river'] },
      note: '=HYPERLINK("x")',
      at: '2032-03-01T17:00:00.000Z',
      received_at: '2032-03-01T19:00:00.000Z',
    });
  });
});

describe('a walk list on paper', () => {
  const turf: TurfRow = {
    _id: 't1',
    name: 'Rue du Lac <1>',
    stations: [],
    doors: [{ door: 'd1' }, { door: 'd2', result: 'moved' }, { door: 'd3' }],
    centre: { lat: 0, lon: 0 },
    metres: 412.4,
    canvassers: [],
    state: 'free',
    rank: 1,
    revision: 1,
    at: AT,
  };
  const doors = [
    {
      _id: 'd1',
      number: '12',
      suffix: 'bis',
      street: 'Rue du Lac',
      floor: '3',
      flat: 'G',
      note: 'chien & chat',
    },
    { _id: 'd2', number: '14', street: 'Rue du Lac' },
    { _id: 'd3', number: '3', street: 'Rue du Lac', floor: 'RDC' },
    { _id: 'd4', street: 'Le Moulin' },
  ];
  const page = printTurf(turf, doors, { campaign: 'Valbrume en commun', tongue: 'fr' });
  const text = page
    .replace(/<style>[^]*<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

  test('has a row for each door in walk order, under headings of street and side', () => {
    expect(page.match(/<tr class="(?:open|done)">/g)).toHaveLength(4);
    expect([...page.matchAll(/colspan="8">([^<]*)</g)].map(([, heading]) => heading)).toEqual([
      'Rue du Lac, côté pair',
      'Rue du Lac, côté impair',
      'Le Moulin',
    ]);
    expect(text).toContain('1 12 bis étage 3, G');
    expect(text).toContain('4 portes, 412 m à pied');
  });
  test('marks what is done, and leaves nothing unescaped', () => {
    expect(page.match(/<tr class="done">/g)).toHaveLength(1);
    expect(page).toContain('Rue du Lac &lt;1&gt;');
    expect(page).toContain('chien &amp; chat');
    expect(page).not.toContain('<1>');
  });
  test('speaks English too', () => {
    expect(printTurf(turf, doors, { campaign: '', tongue: 'en' })).toContain(
      'Rue du Lac, even side',
    );
  });
});
