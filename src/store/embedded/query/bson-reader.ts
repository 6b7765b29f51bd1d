import {
  Binary,
  BSONError,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { readName } from './field-names.js';
import { isInt32, setField } from './kinds.js';
import type { Doc, Value } from './kinds.js';

/** What is being read and where. Reading is synchronous, so one of it serves all. */
let buffer: Buffer = Buffer.alloc(0);
let at = 0;
let limit = 0;

const DEEPEST = 250;

/** Reads one BSON document. Throws a BSONError when the bytes are not one. */
export function readBson(bytes: Uint8Array): Doc {
  buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  at = 0;
  limit = buffer.length;
  const doc = readDoc(0);
  if (at !== buffer.length) throw corrupt();
  return doc;
}

function corrupt(): BSONError {
  return new BSONError('corrupt BSON document');
}

/** Moves over some bytes and returns where they began. */
function skip(count: number): number {
  const start = at;
  at += count;
  if (count < 0 || at > limit) throw corrupt();
  return start;
}

function readInt32(): number {
  const i = skip(4);
  return (
    (buffer[i] ?? 0) |
    ((buffer[i + 1] ?? 0) << 8) |
    ((buffer[i + 2] ?? 0) << 16) |
    ((buffer[i + 3] ?? 0) << 24)
  );
}

/** Enters an embedded document: returns the limit to restore and the position of its end. */
function enter(): [outer: number, end: number] {
  const start = at;
  const end = start + readInt32();
  if (end < start + 5 || end > limit || buffer[end - 1] !== 0) throw corrupt();
  const outer = limit;
  limit = end;
  return [outer, end];
}

function readDoc(depth: number): Doc {
  if (depth > DEEPEST) throw new BSONError('BSON document nested too deeply');
  const [outer, end] = enter();
  const doc: Doc = {};
  for (let type = buffer[at++] ?? 0; type !== 0; type = buffer[at++] ?? 0) {
    const start = at;
    while (buffer[at] !== 0) at += 1;
    const name = readName(buffer, start, at);
    skip(1);
    setField(doc, name, readValue(type, depth));
  }
  if (at !== end) throw corrupt();
  limit = outer;
  return doc;
}

function readArray(depth: number): Value[] {
  if (depth > DEEPEST) throw new BSONError('BSON document nested too deeply');
  const [outer, end] = enter();
  const array: Value[] = [];
  for (let type = buffer[at++] ?? 0; type !== 0; type = buffer[at++] ?? 0) {
    while (buffer[at] !== 0) at += 1;
    skip(1);
    array.push(readValue(type, depth));
  }
  if (at !== end) throw corrupt();
  limit = outer;
  return array;
}

function readString(): string {
  const length = readInt32();
  const start = skip(length);
  if (length < 1 || buffer[at - 1] !== 0) throw corrupt();
  return buffer.toString('utf8', start, at - 1);
}

function readCString(): string {
  const start = at;
  while (at < limit && buffer[at] !== 0) at += 1;
  const text = buffer.toString('utf8', start, at);
  skip(1);
  return text;
}

/** A copy, for the bytes may be memory that the storage uses again. */
function readBytes(count: number): Uint8Array {
  const start = skip(count);
  const copy = new Uint8Array(count);
  for (let i = 0; i < count; i++) copy[i] = buffer[start + i] ?? 0;
  return copy;
}

function readDouble(): Value {
  const value = buffer.readDoubleLE(skip(8));
  return isInt32(value) ? new Double(value) : value;
}

function readBinary(): Binary {
  let length = readInt32();
  const type = buffer[skip(1)] ?? 0;
  if (type === Binary.SUBTYPE_BYTE_ARRAY) {
    if (readInt32() !== length - 4) throw corrupt();
    length -= 4;
  }
  return new Binary(readBytes(length), type);
}

function readCode(depth: number): Code {
  readInt32();
  const code = readString();
  return new Code(code, readDoc(depth + 1));
}

/** Reads a value by the type byte of https://bsonspec.org/spec.html. */
function readValue(type: number, depth: number): Value {
  switch (type) {
    case 0x01:
      return readDouble();
    case 0x02:
      return readString();
    case 0x03:
      return readDoc(depth + 1);
    case 0x04:
      return readArray(depth + 1);
    case 0x05:
      return readBinary();
    case 0x07:
      return new ObjectId(readBytes(12));
    case 0x08:
      return buffer[skip(1)] === 1;
    case 0x09: {
      const low = readInt32() >>> 0;
      return new Date(readInt32() * 0x1_0000_0000 + low);
    }
    // The old "undefined" is kept as null.
    case 0x06:
    case 0x0a:
      return null;
    case 0x0b: {
      const pattern = readCString();
      return new BSONRegExp(pattern, readCString());
    }
    case 0x0d:
      return new Code(readString());
    case 0x0e:
      return new BSONSymbol(readString());
    case 0x0f:
      return readCode(depth);
    case 0x10:
      return readInt32();
    case 0x11: {
      const i = readInt32() >>> 0;
      return new Timestamp({ t: readInt32() >>> 0, i });
    }
    case 0x12: {
      const low = readInt32();
      return new Long(low, readInt32());
    }
    case 0x13:
      return new Decimal128(readBytes(16));
    case 0x7f:
      return new MaxKey();
    case 0xff:
      return new MinKey();
    default:
      throw new BSONError(`unsupported BSON type 0x${type.toString(16)}`);
  }
}
