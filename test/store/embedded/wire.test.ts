import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { array, assert, integer, property, uint8Array } from 'fast-check';
import { encode } from '../../../src/store/embedded/query/values.js';
import {
  createFrameReader,
  readRequest,
  WireError,
  writeRequest,
} from '../../../src/store/embedded/wire.js';
import { openHere } from '../support.js';
import { connectRaw, socketIn, type RawClient } from './raw-client.js';

const ping = writeRequest(7, encode({ ping: 1, $db: 'admin' }));

function patched(change: (frame: Buffer) => void): Buffer {
  const frame = Buffer.from(ping);
  change(frame);
  return frame;
}

describe('the frame reader', () => {
  test('finds the same messages however the stream is cut', () => {
    assert(
      property(
        array(integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 8 }),
        array(integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 40 }),
        (sizes, cuts) => {
          const messages = sizes.map((size, id) =>
            writeRequest(id, encode({ text: 'x'.repeat(size) })),
          );
          const stream = Buffer.concat(messages);
          const reader = createFrameReader();
          const found: Buffer[] = [];
          let at = 0;
          for (let turn = 0; at < stream.length; turn += 1) {
            const end = at + (cuts[turn % cuts.length] ?? 1);
            found.push(...reader.push(stream.subarray(at, end)));
            at = end;
          }
          expect(found.map((frame) => frame.toString('hex'))).toEqual(
            messages.map((frame) => frame.toString('hex')),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('refuses lengths that cannot be', () => {
    for (const length of [-1, 0, 15, 48_000_001]) {
      const reader = createFrameReader();
      expect(() => reader.push(patched((frame) => frame.writeInt32LE(length, 0)))).toThrow(
        WireError,
      );
    }
  });
});

describe('a request', () => {
  test('is read with its sequences, and without its checksum', () => {
    const body = encode({ insert: 'things', $db: 'test' });
    const docs = [encode({ _id: 1 }), encode({ _id: 2 })];
    const name = Buffer.from('documents\0');
    const size = Buffer.alloc(4);
    size.writeInt32LE(4 + name.length + docs.reduce((sum, doc) => sum + doc.length, 0));
    const sections = [Buffer.from([1]), size, name, ...docs, Buffer.from([0]), body];
    const flags = Buffer.from([1, 0, 0, 0]);
    const checksum = Buffer.from([9, 9, 9, 9]);
    const frame = Buffer.concat([Buffer.alloc(16), flags, ...sections, checksum]);
    frame.writeInt32LE(frame.length, 0);
    frame.writeInt32LE(2013, 12);
    const request = readRequest(frame);
    expect(Buffer.from(request.body)).toEqual(Buffer.from(body));
    expect(request.sequences.get('documents')?.map((doc) => Buffer.from(doc))).toEqual(
      docs.map((doc) => Buffer.from(doc)),
    );
  });

  test('is refused when it is not what the protocol allows', () => {
    const refused = [
      patched((frame) => frame.writeInt32LE(2012, 12)),
      patched((frame) => frame.writeUInt32LE(4, 16)),
      patched((frame) => frame.writeUInt8(9, 20)),
      patched((frame) => frame.writeInt32LE(4, 21)),
      patched((frame) => frame.writeInt32LE(9999, 21)),
      patched((frame) => frame.writeUInt8(7, frame.length - 1)),
      ping.subarray(0, 20),
    ];
    for (const frame of refused) expect(() => readRequest(frame)).toThrow(WireError);
  });

  test('never fails in another way, whatever the bytes', () => {
    assert(
      property(uint8Array({ minLength: 0, maxLength: 200 }), (bytes) => {
        const frame = Buffer.concat([ping.subarray(0, 16), bytes]);
        try {
          readRequest(frame);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('whoever sends garbage', () => {
  let store: Awaited<ReturnType<typeof openHere>>;
  let client: RawClient;
  beforeAll(async () => {
    store = await openHere();
    client = await connectRaw(socketIn(store.dataDir));
  });
  afterAll(async () => {
    client.close();
    await store.close();
  });

  test('is cut off, and nobody else notices', async () => {
    const garbage = [
      // A length that cannot be; any other would be waited for.
      Buffer.concat([Buffer.alloc(4, 0xff), randomBytes(996)]),
      Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
      patched((frame) => frame.writeInt32LE(2012, 12)),
    ];
    for (const bytes of garbage) {
      const other = await connectRaw(socketIn(store.dataDir));
      await other.sendAndWaitForClose(Buffer.concat([bytes, Buffer.alloc(64, 0xff)]));
      expect(await client.ask({ ping: 1, $db: 'admin' })).toEqual({ ok: 1 });
    }
  });

  test('in a body is told so', async () => {
    expect(await client.ask({ find: 'things' })).toMatchObject({ ok: 0, code: 9 });
    expect(await client.ask({ find: 1, $db: 'test' })).toMatchObject({ ok: 0, code: 14 });
    expect(await client.ask({ find: 'x', filter: 1, $db: 'test' })).toMatchObject({
      ok: 0,
      code: 14,
    });
    expect(await client.ask({ $db: 'test' })).toMatchObject({ ok: 0, code: 59 });
  });
});
