import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDoors, type DoorRow, type Doors } from '../../../src/canvass/doors.js';
import { forgetRoll } from '../../../src/canvass/forget-roll.js';
import { buildingKey } from '../../../src/canvass/import/building-key.js';
import { importRoll } from '../../../src/canvass/import/import-roll.js';
import { readStationPoints } from '../../../src/canvass/import/import-stations.js';
import { openResults, type Results } from '../../../src/canvass/results.js';
import {
  openRollAddresses,
  openUndertakings,
  UNDERTAKING,
  type RollAddresses,
  type Undertakings,
} from '../../../src/canvass/roll.js';
import { stationCode } from '../../../src/canvass/station-code.js';
import { assignStations } from '../../../src/canvass/stations/assign-stations.js';
import { createStationFinder } from '../../../src/canvass/stations/station-finder.js';
import { openHere } from '../../store/support.js';

let tables: {
  readonly doors: Doors;
  readonly results: Results;
  readonly roll: RollAddresses;
  readonly undertakings: Undertakings;
};
let dataDir: string;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close, dataDir } = opened);
  const { connection } = opened.store;
  tables = {
    doors: openDoors(connection),
    results: openResults(connection),
    roll: openRollAddresses(connection),
    undertakings: openUndertakings(connection),
  };
  await tables.doors.table.createIndexes();
});
afterEach(() => close());

const AT = new Date(1_000);
/** A door so many metres north of a place. */
function door(id: string, north: number, more: Partial<DoorRow> = {}): DoorRow {
  const number = id.replace(/\D/g, '');
  const address = { number, street: 'Rue du Lac', city: 'Valbrume' };
  return {
    _id: id,
    ...address,
    lat: 48 + north / 111_194,
    lon: -1.6,
    building: buildingKey(address),
    at: AT,
    ...more,
  };
}
const stations = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await tables.doors.table.find({}, { sort: { _id: 1 } })).map((row) => [
      row._id,
      [row.station, row.station_by].filter((part) => part !== undefined).join(' '),
    ]),
  );

describe('a code of a polling station', () => {
  test.each([
    ['35238_7', '', '35238_0007'],
    ['35238-0007', '', '35238_0007'],
    ['2a004_12', '', '2A004_0012'],
    ['7', '35238', '35238_0007'],
    ['0102A', '35238', '35238_0102A'],
    ['Precinct 4', '', 'PRECINCT 4'],
    ['', '35238', ''],
  ])('%j in the commune %j is %j', (written, commune, code) => {
    expect(stationCode(written, commune)).toBe(code);
    expect(stationCode(code)).toBe(code);
  });
});

describe('a door without a polling station', () => {
  test('has the one on which its neighbours agree; not at an edge, nor far away', async () => {
    await tables.doors.table.insertAll([
      ...[1, 2, 3].map((n) => door(`s${n}`, n * 10, { station: 'A' })),
      ...[4, 5, 6].map((n) => door(`s${n}`, 200 + n * 10, { station: 'B' })),
      door('near7', 0),
      door('edge8', 135),
      door('far9', 900),
    ]);
    expect(await assignStations(tables)).toEqual({
      without: 3,
      roll: 0,
      commune: 0,
      near: 1,
      untold: 2,
    });
    expect(await stations()).toMatchObject({ near7: 'A near', edge8: '', far9: '', s1: 'A' });
    // What was told is no ground for telling others, and is not told again.
    await tables.doors.table.insert(door('next10', -100));
    expect(await assignStations(tables)).toMatchObject({ without: 3, near: 1 });
    expect(await tables.doors.table.get('next10')).toMatchObject({
      station: 'A',
      station_by: 'near',
    });
  });

  test('has the only one of its commune', async () => {
    const result = { election: 'e', votes: [], at: AT };
    await tables.results.table.insertAll([
      { ...result, _id: 'e:35001_0001', station: '35001_0001' },
      { ...result, _id: 'e:35002_0001', station: '35002_0001' },
      { ...result, _id: 'e:35002_0002', station: '35002_0002' },
    ]);
    await tables.doors.table.insertAll([
      door('a1', 0, { commune: '35001' }),
      door('b2', 9_000, { commune: '35002' }),
    ]);
    expect(await assignStations(tables)).toMatchObject({ commune: 1, untold: 1 });
    expect(await stations()).toEqual({ a1: '35001_0001 commune', b2: '' });
  });

  test('has that of places around it in a table of INSEE', async () => {
    const path = join(dataDir, 'points.csv');
    const lines = [0, 10, 20].map((north) => `35999;35999_3;${48 + north / 111_194};-1.6;0.9`);
    writeFileSync(
      path,
      [
        'code_commune_ref;id_brut_bv_reu;latitude;longitude;geo_score',
        ...lines,
        '29019;29019_1;48;-4;1',
        '35999;;48;-1.6;1',
      ].join('\n'),
    );
    const { points, left_out: left } = await readStationPoints(path, ['35']);
    expect(points).toHaveLength(3);
    expect(left).toBe(2);
    await tables.doors.table.insert(door('a1', 5));
    expect(await assignStations(tables, points)).toMatchObject({ near: 1 });
    expect(await stations()).toEqual({ a1: '35999_0003 near' });
    writeFileSync(path, 'a;b\n');
    await expect(readStationPoints(path)).rejects.toThrow('id_brut_bv_reu');
  });

  test('is asked of nobody when nobody knows', () => {
    expect(createStationFinder([])({ lat: 48, lon: -1.6 })).toBeUndefined();
    const alone = createStationFinder([{ lat: 48, lon: -1.6, station: 'A' }]);
    expect(alone({ lat: 48, lon: -1.6 })).toBeUndefined();
  });
});

const HEADER =
  "code du l'ugle;libellé de l'ugle;libellé du type de liste;nom de naissance;nom d'usage;prénoms;sexe;date de naissance;code commune de naissance;libellé commune de naissance;code département de naissance;pays de naissance;libellé nationalité;numéro de voie;libellé de voie;complément 1;complément 2;lieu-dit;code postal;commune;pays;code du bureau de vote;libellé du bureau de vote;code circonscription législative du bureau de vote;libellé canton du bureau de vote;libellé circonscription métropolitaine du bureau de vote;numéro d'ordre dans le bureau de vote";

/** A row as the REU writes it: all quoted but the last. */
function voter({
  list = 'Liste principale',
  name = 'MARTIN',
  born = '12/03/1961',
  number = '12',
  street = 'R DU LAC',
  station = '0007',
  order = '1',
}: Partial<
  Record<'list' | 'name' | 'born' | 'number' | 'street' | 'station' | 'order', string>
> = {}): string {
  const cells = [
    '35999',
    'VALBRUME',
    list,
    name,
    '',
    'Camille',
    'F',
    born,
    '35238',
    'RENNES',
    '35',
    'FRANCE',
    'Française',
    number,
    street,
    '',
    '',
    '',
    '35200',
    'VALBRUME',
    'FRANCE',
    station,
    'Mairie',
    '3501',
    'Valbrume',
    '',
  ];
  return `${cells.map((cell) => `"${cell}"`).join(';')};${order}`;
}

describe('the electoral roll', () => {
  const take = async (rows: readonly string[], at = AT) => {
    const path = join(dataDir, 'roll.csv');
    writeFileSync(path, [HEADER, ...rows].join('\n'));
    return importRoll(tables, path, { at, name: 'Léa Martin', purpose: 'stations' });
  };
  const QUIRKS = [
    voter({ born: '00/00/1953' }),
    voter({ born: '1961', order: '2' }),
    // Homonyms: the same name and the same order number, another day of birth.
    voter({ born: '01/01/1990', order: '2' }),
    voter({ list: 'Liste complémentaire municipale', name: 'ROSSI' }),
    voter({ list: 'Liste complémentaire européenne', name: 'ROSSI' }),
    voter({ number: '14 BIS', station: '8' }),
  ];

  test('is counted by address, with all its quirks, and again changes nothing', async () => {
    expect(await take(QUIRKS)).toEqual({
      rows: 6,
      created: 2,
      changed: 0,
      unchanged: 0,
      rejected: 0,
      left_out: 0,
    });
    expect(await tables.roll.table.find({}, { sort: { _id: 1 } })).toEqual([
      {
        _id: 'valbrume|rue du lac|12',
        station: '35999_0007',
        voters: { main: 3, municipal: 1, european: 1 },
        at: AT,
      },
      { _id: 'valbrume|rue du lac|14bis', station: '35999_0008', voters: { main: 1 }, at: AT },
    ]);
    expect(await take(QUIRKS, new Date(9_000))).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 2,
    });
  });

  test('rejects rows without address or station, and one that is wholly the same', async () => {
    const outcome = await take([
      voter(),
      voter(),
      voter({ street: '' }),
      voter({ station: '', order: '9' }),
    ]);
    expect(outcome).toMatchObject({ rows: 4, created: 1, rejected: 3 });
    const told = readFileSync(join(dataDir, 'roll.rejects.csv'), 'utf8');
    expect(told).toContain('wholly the same as an earlier row');
    expect(told).toContain('no door to knock at');
    expect(told).toContain('no polling station');
  });

  test('is read only after somebody undertook what the law asks, which is kept', async () => {
    const { table } = tables.undertakings;
    let asked = 0;
    const watched = {
      ...tables,
      undertakings: {
        table: {
          ...table,
          insert: async (row: Parameters<typeof table.insert>[0]) => {
            asked = await tables.roll.table.count({});
            return table.insert(row);
          },
        },
      },
    };
    const path = join(dataDir, 'roll.csv');
    writeFileSync(path, [HEADER, voter()].join('\n'));
    await importRoll(watched, path, { at: AT, name: 'Léa Martin', purpose: 'stations' });
    expect(asked).toBe(0);
    expect(await table.find({})).toMatchObject([
      { name: 'Léa Martin', purpose: 'stations', wording: UNDERTAKING, file: 'roll.csv', at: AT },
    ]);
    const refused = {
      ...tables,
      undertakings: { table: { ...table, insert: () => Promise.reject(new Error('full')) } },
    };
    await tables.roll.table.remove({});
    await expect(importRoll(refused, path, { at: AT, name: 'x', purpose: 'y' })).rejects.toThrow(
      'full',
    );
    expect(await tables.roll.table.count({})).toBe(0);
  });

  test('keeps no name, date, nationality or order of anybody', async () => {
    await take(QUIRKS);
    const kept = JSON.stringify([
      await tables.roll.table.find({}),
      await tables.undertakings.table.find({}),
    ]);
    for (const secret of [
      'MARTIN',
      'ROSSI',
      'Camille',
      '1953',
      '1961',
      '1990',
      'Française',
      'RENNES',
    ]) {
      expect(kept.includes(secret)).toBe(false);
    }
  });

  test('tells doors their station, whatever it shortens; what is erased is told no more', async () => {
    await take(QUIRKS);
    await tables.doors.table.insertAll([
      door('a12', 0, { street: 'Rue du Lac' }),
      door('b12', 0, { street: 'rue du  LAC', flat: '2' }),
      door('c99', 5_000, { turf: 't' }),
      door('d3', 9_000, { station: 'said' }),
    ]);
    expect(await assignStations(tables)).toMatchObject({ without: 3, roll: 2, untold: 1 });
    expect(await stations()).toEqual({
      a12: '35999_0007 roll',
      b12: '35999_0007 roll',
      c99: '',
      d3: 'said',
    });
    expect(await forgetRoll(tables)).toEqual({ addresses: 2, doors: 2 });
    expect(await stations()).toEqual({ a12: '', b12: '', c99: '', d3: 'said' });
    expect(await forgetRoll(tables)).toEqual({ addresses: 0, doors: 0 });
    expect(await tables.undertakings.table.count({})).toBe(1);
  });

  test('is not looked for in another file', async () => {
    const path = join(dataDir, 'roll.csv');
    writeFileSync(path, 'a;b\n1;2\n');
    await expect(importRoll(tables, path, { at: AT, name: 'x', purpose: 'y' })).rejects.toThrow(
      'libellé de voie',
    );
    expect(await tables.undertakings.table.count({})).toBe(0);
  });
});
