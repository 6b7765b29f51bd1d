import { Long, type Timestamp } from 'bson';
import { CommandError } from './query/command-error.js';
import { encode, type Doc } from './query/values.js';

/** What a command answers: a document, or a cursor whose documents are BSON already. */
export type Reply =
  | { type: 'doc'; doc: Doc }
  | {
      type: 'cursor';
      batch: 'firstBatch' | 'nextBatch';
      id: bigint;
      namespace: string;
      documents: Uint8Array[];
      /** The instant of a snapshot that this began or read. */
      at?: Timestamp;
    };

/** An answer that says `ok: 1` beside what is given. */
export function done(doc: Doc = {}): Reply {
  return { type: 'doc', doc };
}

/** Writes a reply as BSON. */
export function encodeReply(reply: Reply): Uint8Array {
  switch (reply.type) {
    case 'doc':
      return encode({ ...reply.doc, ok: 1 });
    case 'cursor':
      return encodeCursor(reply);
    default:
      return reply satisfies never;
  }
}

/** Writes an error as BSON, with MongoDB's code, name and labels. */
export function encodeError(error: unknown): Uint8Array {
  if (error instanceof CommandError) {
    const { code, codeName, message, extra } = error;
    const doc: Doc = { ok: 0, errmsg: message, code, codeName };
    if (extra.keyPattern) doc['keyPattern'] = extra.keyPattern;
    if (extra.keyValue) doc['keyValue'] = extra.keyValue;
    if (extra.errorLabels) doc['errorLabels'] = extra.errorLabels;
    return encode(doc);
  }
  const errmsg = error instanceof Error ? error.message : 'The embedded store failed.';
  return encode({ ok: 0, errmsg, code: 1, codeName: 'InternalError' });
}

const DOCUMENT = 3;
const ARRAY = 4;

// { cursor: { <batch>: [documents], id, ns }, ok: 1 }, copying the documents as they are.
function encodeCursor({
  batch,
  id,
  namespace,
  documents,
  at: instant,
}: Extract<Reply, { type: 'cursor' }>): Uint8Array {
  const rest = encode({
    id: Long.fromBigInt(id),
    ns: namespace,
    ...(instant ? { atClusterTime: instant } : {}),
  });
  const tail = encode({ ok: 1 });
  let items = 5;
  documents.forEach((document, at) => {
    items += 2 + digits(at) + document.length;
  });
  const cursor = 4 + 1 + batch.length + 1 + items + (rest.length - 4);
  const total = 4 + 1 + 'cursor'.length + 1 + cursor + (tail.length - 4);
  const out = Buffer.allocUnsafe(total);
  let at = out.writeInt32LE(total, 0);
  at = writeName(out, at, DOCUMENT, 'cursor');
  at = out.writeInt32LE(cursor, at);
  at = writeName(out, at, ARRAY, batch);
  at = out.writeInt32LE(items, at);
  for (let item = 0; item < documents.length; item += 1) {
    const document = documents[item];
    if (!document) continue;
    at = writeName(out, at, DOCUMENT, String(item));
    out.set(document, at);
    at += document.length;
  }
  at = out.writeUInt8(0, at);
  out.set(rest.subarray(4), at);
  at += rest.length - 4;
  out.set(tail.subarray(4), at);
  return out;
}

function writeName(out: Buffer, start: number, type: number, name: string): number {
  const at = out.writeUInt8(type, start);
  const end = at + out.write(name, at, 'latin1');
  return out.writeUInt8(0, end);
}

function digits(value: number): number {
  return value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : String(value).length;
}
