import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { CsvFault } from './csv-fault.js';

export type Encoding = 'utf-8' | 'windows-1252';

const KINDS: readonly (readonly [sign: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a spreadsheet or a zip archive: save it as CSV, or unpack it'],
  [[0xff, 0xfe], 'in UTF-16: save it as CSV in UTF-8'],
  [[0xfe, 0xff], 'in UTF-16: save it as CSV in UTF-8'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file: take the CSV of the same data'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old spreadsheet: save it as CSV'],
];

/**
 * Reads all of a file once, and tells how its letters are written: UTF-8 when every byte of it is, else
 * what Windows and old spreadsheets write (Windows-1252, of which Latin-1 is a part). What is no text at
 * all is a CsvFault.
 */
export async function detectEncoding(bytes: Readable): Promise<Encoding> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of bytes) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A file is read as bytes here.');
    if (first) refuseOthers(chunk);
    first = false;
    const joined: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = lastWhole(joined);
    if (!isUtf8(joined.subarray(0, end))) return 'windows-1252';
    rest = joined.subarray(end);
  }
  return rest.length === 0 ? 'utf-8' : 'windows-1252';
}

function refuseOthers(start: Buffer): void {
  for (const [sign, what] of KINDS) {
    if (sign.every((byte, index) => start[index] === byte))
      throw new CsvFault(`This file is ${what}.`);
  }
  if (start.subarray(0, 1_024).includes(0)) {
    throw new CsvFault('This file is no text: take a CSV file.');
  }
}

/** Where the last letter begins that may go on in the next piece; a letter of UTF-8 has four bytes at most. */
function lastWhole(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      let length = 2;
      if (byte >= 0xf0) length = 4;
      else if (byte >= 0xe0) length = 3;
      return back < length ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
