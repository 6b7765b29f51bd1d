import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/connection.js';
import {
  openFiles,
  FILE_BYTES,
  FILES_OF_ONE,
  type Files,
} from '../../../src/supporters/files/files.js';
import { createKeepFile } from '../../../src/supporters/files/keep-file.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';

const at = new Date('2032-01-01T12:00:00Z');
const PNG = new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n and a picture', 'latin1'));

let store: Store;
let close: () => Promise<void>;
let files: Files;
let record: SupporterRecord | undefined;
let onFetch: () => Promise<void>;
let there: { readonly bytes: Uint8Array } | 'too_large' | undefined;
let settled: string[];

beforeEach(async () => {
  ({ store, close } = await openHere());
  files = openFiles(store.connection);
  for (const table of [files.table, files.blobs.table]) await table.createIndexes();
  record = newSupporter('s', 'fr', { channel: 'web', address: 'a' }, at);
  onFetch = async () => undefined;
  there = { bytes: PNG };
  settled = [];
});
afterEach(() => close());

const keep = (name?: string, key = 's:3.4') =>
  createKeepFile({
    files,
    get: async () => record,
    async fetch() {
      await onFetch();
      return there;
    },
    settled: async (_channel, id) => void settled.push(id),
    now: () => at.getTime(),
  })({
    supporter: 's',
    key,
    with: {
      channel: 'web',
      address: 'a',
      id: 'a|u-1.0',
      media: 'photo',
      turn: 3,
      ...(name === undefined ? {} : { name }),
    },
  });

describe('a file that a supporter sent', () => {
  test('is kept with the turn it came with, under a safe name and its real kind', async () => {
    await keep('../rue des Saules.exe');
    const [row, ...others] = await files.of({ _id: 's' });
    expect(others).toEqual([]);
    expect(row).toEqual({
      _id: expect.stringMatching(/^[\da-f]{16}$/),
      supporter: 's',
      entry: 's:3',
      at,
      channel: 'web',
      address: 'a',
      media: 'photo',
      name: 'rue-des-Saules.png',
      content_type: 'image/png',
      size: PNG.length,
    });
    expect(await files.read(row?._id ?? '')).toEqual(PNG);
    expect(settled).toEqual(['a|u-1.0']);
  });

  test('is read back byte for byte at the largest size', async () => {
    const largest = new Uint8Array(FILE_BYTES).map((_, index) => index % 251);
    largest.set(PNG);
    there = { bytes: largest };
    await keep();
    const [row] = await files.of({ _id: 's' });
    const read = await files.read(row?._id ?? '');
    expect(Buffer.compare(read ?? new Uint8Array(), largest)).toBe(0);
  });

  test('is kept once when it is asked for again, also after a kill before its bytes were there', async () => {
    await keep();
    const [row] = await files.of({ _id: 's' });
    await files.blobs.remove([row?._id ?? '']);
    await keep();
    there = undefined;
    await keep();
    expect(await files.of({ _id: 's' })).toEqual([row]);
    expect(await files.read(row?._id ?? '')).toEqual(PNG);
  });

  test.each([
    ['gone', undefined],
    ['too_large', 'too_large'],
    ['too_large', { bytes: new Uint8Array(FILE_BYTES + 1) }],
    ['kind', { bytes: new Uint8Array(Buffer.from('<svg onload="alert(1)">')) }],
  ] as const)('is noted as %s where it cannot be kept', async (refused, answer) => {
    there = answer;
    await keep('logo.svg');
    const [row] = await files.of({ _id: 's' });
    expect(row).toMatchObject({ refused, name: 'logo.not-kept' });
    expect(await files.read(row?._id ?? '')).toBeUndefined();
  });

  test('is not kept after very many of the same person', async () => {
    for (let n = 0; n <= FILES_OF_ONE; n += 1) await keep(undefined, `s:${n}.1`);
    const rows = await files.of({ _id: 's' });
    expect(rows.filter(({ refused }) => refused === 'too_many')).toHaveLength(1);
  });

  test('leaves nothing of somebody who was erased, before or meanwhile', async () => {
    record = undefined;
    await keep();
    expect(await files.of({ _id: 's' })).toEqual([]);
    record = newSupporter('s', 'fr', { channel: 'web', address: 'a' }, at);
    onFetch = async () => {
      record = record && { ...record, erasing: at };
    };
    await keep();
    expect(await files.of({ _id: 's' })).toEqual([]);
    expect(await files.blobs.table.count({})).toBe(0);
  });
});
