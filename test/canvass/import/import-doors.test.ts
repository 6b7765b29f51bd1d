import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDoors, type Doors } from '../../../src/canvass/doors.js';
import { importDoors } from '../../../src/canvass/import/import-doors.js';
import type { ImportOutcome } from '../../../src/canvass/import/outcome.js';
import { openHere } from '../../store/support.js';

let doors: Doors;
let dataDir: string;
let close: () => Promise<void>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close, dataDir } = opened);
  doors = openDoors(opened.store.connection);
  await doors.table.createIndexes();
});
afterEach(() => close());

const HEADER = 'external_id,number,suffix,street,floor,flat,postcode,city,lat,lon,station,note';
const rejects = (): string => join(dataDir, 'doors.rejects.csv');

async function take(lines: readonly string[], at = new Date(1_000)): Promise<ImportOutcome> {
  const path = join(dataDir, 'doors.csv');
  writeFileSync(path, lines.join('\n'));
  return importDoors(doors, path, { at });
}

describe('a file of doors', () => {
  test('is taken with every column, and a second time changes nothing', async () => {
    const lines = [
      HEADER,
      'd1,12,bis,Rue du Lac,3,G,35200,Valbrume,48.1,-1.6,35999_7,code 12A',
      ',14,,Rue du Lac,,,35200,Valbrume,"48,2",-1.6,,',
    ];
    expect(await take(lines)).toEqual({
      rows: 2,
      created: 2,
      changed: 0,
      unchanged: 0,
      rejected: 0,
      left_out: 0,
    });
    const kept = await doors.table.find({}, { sort: { number: 1 } });
    expect(kept).toEqual([
      {
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
        note: 'code 12A',
        building: 'valbrume|rue du lac|12bis',
        at: new Date(1_000),
      },
      expect.objectContaining({ _id: '35200|valbrume|rue du lac|14||', lat: 48.2 }),
    ]);
    expect(await take(lines, new Date(2_000))).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 2,
    });
    expect(await doors.table.find({}, { sort: { number: 1 } })).toEqual(kept);
  });

  test('changes a door that differs, which keeps its turf, and its station where the file says none', async () => {
    await take([HEADER, 'd1,12,,Rue du Lac,,,35200,Valbrume,48.1,-1.6,35999_7,']);
    await doors.table.set({ _id: 'd1' }, { turf: 't1' });
    const again = await take(
      [HEADER, 'd1,12,,Rue du Lac,2,,35200,Valbrume,48.1,-1.6,,dog'],
      new Date(2_000),
    );
    expect(again).toMatchObject({ created: 0, changed: 1, unchanged: 0 });
    expect(await doors.table.get('d1')).toMatchObject({
      floor: '2',
      note: 'dog',
      turf: 't1',
      station: '35999_0007',
      at: new Date(2_000),
    });
  });

  test('writes what it cannot take beside the file, with line and reason, and takes the rest', async () => {
    const outcome = await take([
      HEADER,
      'd1,1,,,,,35200,Valbrume,48.1,-1.6,,',
      'd2,2,,Rue du Lac,,,35200,Valbrume,,,,',
      'd3,3,,Rue du Lac,,,35200,Valbrume,148.1,-1.6,,',
      'd4,4,,Rue du Lac,,,35200,Valbrume,0,0,,',
      'd5,5,,Rue du Lac,,,35200,Valbrume,"48°06\'N",-1.6,,',
      'd6,6,,Rue du Lac,,,35200,Valbrume,48.1,-1.6,,',
      'd6,8,,Rue du Lac,,,35200,Valbrume,48.1,-1.6,,',
      'd7,7,,Rue du Lac,,,35200,Valbrume,48,1,-1,6,,note, with a comma',
      `d8,9,,${'x'.repeat(121)},,,35200,Valbrume,48.1,-1.6,,`,
    ]);
    expect(outcome).toMatchObject({ rows: 9, created: 1, rejected: 8, rejects: rejects() });
    const told = readFileSync(rejects(), 'utf8').split('\n');
    expect(told[0]).toBe(`line,reason,${HEADER}`);
    const reasons = [
      '2,no street,',
      '3,no latitude or longitude,',
      '4,the position is not on Earth',
      '5,"the position is 0, 0',
      '6,"""48°06',
      '8,an earlier row of this file is the same (d6),',
      '9,more cells than the header has columns',
      '10,street is longer than 120 signs,',
    ];
    expect(told.slice(1, -1).map((line, n) => line.slice(0, reasons[n]?.length))).toEqual(reasons);
  });

  test('takes the mended rejects as they are, and no rejects stay once all is taken', async () => {
    await take([HEADER, 'd1,1,,,,,35200,Valbrume,48.1,-1.6,,']);
    const mended = readFileSync(rejects(), 'utf8').replace('d1,1,,,', 'd1,1,,Rue du Lac,');
    expect(await take(mended.split('\n'))).toMatchObject({ created: 1, rejected: 0 });
    expect(existsSync(rejects())).toBe(false);
  });

  test('may be of the Base adresse nationale, whose numbers 99999 are places without one', async () => {
    await take([
      'id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat;type_position',
      '35238_0042_00012_bis;35238_0042;12;bis;Rue de l’Église;35000;35238;Rennes;352000.1;6789000.2;-1.68;48.11;entrée',
      '35238_b042_99999;35238_b042;99999;;La Prévalaye;35000;35238;Rennes;352000.1;6789000.2;-1.71;48.09;',
    ]);
    expect(await doors.table.find({}, { sort: { _id: 1 } })).toMatchObject([
      { number: '12', suffix: 'bis', street: 'Rue de l’Église', commune: '35238', lat: 48.11 },
      { _id: '35238_b042_99999', street: 'La Prévalaye' },
    ]);
    expect(await doors.table.get('35238_b042_99999')).not.toHaveProperty('number');
  });

  test('says which columns it misses, and takes nothing', async () => {
    await expect(take(['adresse;ville', 'Rue du Lac;Valbrume'])).rejects.toThrow(
      /no street, lat, lon.*It has: adresse, ville\./,
    );
  });

  test('does not undo a turf that is cut while it is read', async () => {
    await take([HEADER, 'd1,1,,Rue du Lac,,,35200,Valbrume,48.1,-1.6,,']);
    const { table } = doors;
    let cut = false;
    doors = {
      table: {
        ...table,
        async replaceAllIf(writes) {
          if (!cut) await table.set({ _id: 'd1' }, { turf: 't9' });
          cut = true;
          return table.replaceAllIf(writes);
        },
      },
    };
    const changed = await take(
      [HEADER, 'd1,1,,Rue du Lac,,,35200,Valbrume,48.2,-1.6,,'],
      new Date(9_000),
    );
    expect(changed).toMatchObject({ changed: 1 });
    expect(await table.get('d1')).toMatchObject({ turf: 't9', lat: 48.2 });
  });
});
