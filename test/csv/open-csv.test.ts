import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CsvFault } from '../../src/csv/csv-fault.js';
import { openCsv, type OpenCsv } from '../../src/csv/open-csv.js';
import { writeCsv } from '../../src/csv/write-csv.js';
import { makeFolder, removeFolder } from '../store/support.js';

let folder: string;
beforeEach(() => {
  folder = makeFolder('csv');
});
afterEach(() => removeFolder(folder));

function file(content: string | Buffer): string {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  return path;
}

async function cells(csv: OpenCsv): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of csv.rows()) rows.push(...batch.map((row) => [...row.cells]));
  return rows;
}

describe('a table in a file', () => {
  test.each([';', ',', '\t', '|'])(
    'is told by its delimiter (%j), with a mark before it',
    async (sign) => {
      const csv = await openCsv(
        file(`\ufeffnumber${sign}street\r\n12${sign}"Rue, ""haute""; du Lac"\r\n`),
      );
      expect(csv).toMatchObject({
        delimiter: sign,
        header: ['number', 'street'],
        encoding: 'utf-8',
      });
      expect(await cells(csv)).toEqual([['12', 'Rue, "haute"; du Lac']]);
    },
  );

  test('is read as Windows writes it when it is no UTF-8', async () => {
    const csv = await openCsv(
      file(
        Buffer.from(
          'rue;ville\nRue de l\u2019\xc9glise;Orl\xe9ans\n'.replace('\u2019', '\x92'),
          'latin1',
        ),
      ),
    );
    expect(csv.encoding).toBe('windows-1252');
    expect(await cells(csv)).toEqual([['Rue de l’Église', 'Orléans']]);
  });

  test('keeps letters whole that two pieces of the file share', async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => `é€😀${'x'.repeat(n % 7)};é`);
    const csv = await openCsv(file(`a;b\n${rows.join('\n')}`));
    expect(csv.encoding).toBe('utf-8');
    const read = await cells(csv);
    expect(read).toHaveLength(30_000);
    expect(read.every(([one = '', other]) => one.startsWith('é€😀') && other === 'é')).toBe(true);
  });

  test('is unzipped on the way, and a broken archive says so', async () => {
    const zipped = gzipSync('a;b\n1;2\n');
    expect(await cells(await openCsv(file(zipped)))).toEqual([['1', '2']]);
    await expect(openCsv(file(zipped.subarray(0, 20)))).rejects.toThrow('cut short');
  });

  test.each([
    ['a spreadsheet', Buffer.from('PK\x03\x04xl/workbook'), 'save it as CSV'],
    ['UTF-16', Buffer.from('\ufeffa;b', 'utf16le'), 'UTF-16'],
    ['a picture', Buffer.from([0x89, 0x50, 0, 0, 0]), 'no text'],
    ['nothing', '', 'empty'],
    ['a line without end', 'a'.repeat(300_000), 'no end'],
  ])('is refused with the cure when it is %s', async (_, content, cure) => {
    await expect(openCsv(file(content))).rejects.toThrow(CsvFault);
    await expect(openCsv(file(content))).rejects.toThrow(cure);
  });

  test('tells of a quote that never ends, and gives nothing of what comes after it', async () => {
    const csv = await openCsv(file(`a;b\n${'1;2\n'.repeat(9_000)}3;"4\n${'5;6\n'.repeat(30_000)}`));
    let seen = 0;
    const reading = (async () => {
      for await (const batch of csv.rows()) seen += batch.length;
    })();
    await expect(reading).rejects.toThrow(/quoted cell.* no closing quote/);
    expect(seen).toBeLessThanOrEqual(9_000);
  });

  test('names lines as an editor counts them, with cells of several lines among them', async () => {
    const csv = await openCsv(file('a;b\n1;"x\ny"\n\n2;z\n'));
    const lines: number[] = [];
    for await (const batch of csv.rows()) lines.push(...batch.map(({ line }) => line));
    expect(lines).toEqual([3, 5]);
  });

  test('is read as it was written, whatever stands in the cells', async () => {
    const cell = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !text.includes('\r') && !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const text = writeCsv([['a', 'b'], ...rows], { delimiter: ';', forSpreadsheets: false });
          expect(await cells(await openCsv(file(text)))).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('a cell that begins like a formula is none in a spreadsheet', () => {
  expect(writeCsv([['=1+1', '@x', 'plain', undefined, 3, new Date(0), true]])).toBe(
    "'=1+1,'@x,plain,,3,1970-01-01T00:00:00.000Z,true\n",
  );
});
