import { createHash } from 'node:crypto';
import { mongo } from 'mongoose';
import { BackupFault } from './backup-fault.js';

const { serialize, deserialize } = mongo.BSON;

/** The format that this program writes; it reads all up to it. */
export const FORMAT_VERSION = 1;
const FORMAT = 'portevoix-backup';

/** What a backup tells of itself. */
export type BackupHeader = {
  /** The instant whose state it holds. */
  readonly at: Date;
  /** Tells one SECRET_KEY from another, and nothing more of it. */
  readonly key: string;
  /** The secret itself, where whoever made the backup wanted it in. */
  readonly secret?: string;
};

/** An index as the store lists it. */
export type IndexDescription = { readonly [option: string]: unknown };

/**
 * A backup is a gzipped row of frames, each a letter and a BSON document: `H` the header, for each collection
 * `C` its name and indexes and then `D` each of its documents as it lies in the store, and `E` the end, with
 * the SHA-256 of all bytes before it.
 */
export type Frame =
  | { readonly type: 'header'; readonly header: BackupHeader }
  | {
      readonly type: 'collection';
      readonly name: string;
      readonly indexes: readonly IndexDescription[];
    }
  | { readonly type: 'document'; readonly bson: Uint8Array }
  | { readonly type: 'end'; readonly documents: number };

const LETTERS = { header: 0x48, collection: 0x43, document: 0x44, end: 0x45 } as const;
/** MongoDB's largest document, with what it adds around one. */
const LARGEST = 16 * 2 ** 20 + 16_384;
/** Frames go to the compression in pieces of about this size. */
const PIECE_BYTES = 262_144;

/** Bytes of frames, in pieces. The end, with the checksum, is added here. */
export async function* encodeFrames(
  frames: AsyncIterable<Exclude<Frame, { readonly type: 'end' }>>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let documents = 0;
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const piece = (): Buffer => {
    const joined = Buffer.concat(waiting);
    hash.update(joined);
    waiting = [];
    bytes = 0;
    return joined;
  };
  for await (const frame of frames) {
    if (frame.type === 'document') documents += 1;
    const bson = bsonOf(frame);
    waiting.push(Buffer.of(LETTERS[frame.type]), bson);
    bytes += bson.length + 1;
    if (bytes >= PIECE_BYTES) yield piece();
  }
  yield piece();
  yield Buffer.of(LETTERS.end);
  yield Buffer.from(serialize({ documents, sha256: new mongo.Binary(hash.digest()) }));
}

function bsonOf(frame: Exclude<Frame, { readonly type: 'end' }>): Uint8Array {
  switch (frame.type) {
    case 'header':
      return serialize({ format: FORMAT, version: FORMAT_VERSION, ...frame.header });
    case 'collection':
      return serialize({ name: frame.name, indexes: [...frame.indexes] });
    case 'document':
      return frame.bson;
    default:
      return frame satisfies never;
  }
}

/**
 * Reads frames, and last of all the end, once the checksum is found right; a BackupFault for whatever is no
 * backup, broken, cut short, or of a later version.
 */
export async function* decodeFrames(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const hash = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  let ended = false;
  let documents = 0;
  let begun = false;
  for await (const piece of pieces) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    let at = 0;
    while (rest.length - at >= 5) {
      if (ended) throw broken('something follows its end');
      const length = rest.readInt32LE(at + 1);
      if (!begun && rest[at] !== LETTERS.header) throw noBackup();
      if (length < 5 || length > LARGEST) throw begun ? broken('a length is wrong') : noBackup();
      if (rest.length - at < length + 1) break;
      const whole = rest.subarray(at, at + length + 1);
      const frame = decode(whole[0] ?? 0, whole.subarray(1), () => hash.digest());
      if (frame.type === 'header' && begun) throw broken('it begins twice');
      if (frame.type === 'document') documents += 1;
      if (frame.type === 'end') {
        ended = true;
        if (frame.documents !== documents) throw broken('documents are missing');
      } else hash.update(whole);
      begun = true;
      yield frame;
      at += length + 1;
    }
    rest = rest.subarray(at);
  }
  if (!begun) throw noBackup();
  if (!ended || rest.length > 0) throw broken('it is cut short');
}

function decode(letter: number, bson: Buffer, digest: () => Buffer): Frame {
  // Documents are looked into when they are restored, and only there.
  if (letter === LETTERS.document) return { type: 'document', bson };
  const doc = open(bson);
  switch (letter) {
    case LETTERS.header:
      return { type: 'header', header: readHeader(doc) };
    case LETTERS.collection: {
      const { name, indexes } = doc;
      if (typeof name !== 'string' || !Array.isArray(indexes)) throw broken('a collection');
      return { type: 'collection', name, indexes };
    }
    case LETTERS.end: {
      const { documents, sha256 } = doc;
      const isRight = sha256 instanceof Uint8Array && digest().equals(sha256);
      if (!isRight) throw broken('its checksum is another one');
      return { type: 'end', documents: Number(documents) };
    }
    default:
      throw broken('an unknown part');
  }
}

function open(bson: Buffer): mongo.BSON.Document {
  try {
    return deserialize(bson, { promoteBuffers: true });
  } catch {
    throw broken('a part cannot be read');
  }
}

function readHeader(doc: mongo.BSON.Document): BackupHeader {
  const { format, version, at, key, secret } = doc;
  if (format !== FORMAT) throw noBackup();
  if (typeof version !== 'number' || version > FORMAT_VERSION) {
    throw new BackupFault(
      `This backup was made by a later version of Portevoix (format ${String(version)}, this one reads up to ${FORMAT_VERSION}): update, then restore it.`,
    );
  }
  if (!(at instanceof Date) || typeof key !== 'string') throw broken('its header');
  return { at, key, ...(typeof secret === 'string' ? { secret } : {}) };
}

function noBackup(): BackupFault {
  return new BackupFault('This file is no backup: portevoix backup writes one.');
}

/** A fault of a file that was a backup once. */
export function broken(what: string): BackupFault {
  return new BackupFault(
    `This backup is damaged (${what}): nothing can be taken from it safely. Take another one.`,
  );
}
