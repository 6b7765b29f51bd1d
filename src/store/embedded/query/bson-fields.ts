import { BSONError } from 'bson';
import { readBson } from './bson-reader.js';
import { readName } from './field-names.js';
import type { Doc } from './kinds.js';

/** Reads some fields of a BSON document and skips the bytes of the others. */
export function readFields(bytes: Uint8Array, names: ReadonlySet<string>): Doc {
  return readBson(pickFields(bytes, names));
}

/** A BSON document of some fields of another, their bytes as they are. */
export function pickFields(bytes: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  const buffer = asBuffer(bytes);
  const parts: number[] = [];
  let length = 5;
  eachField(buffer, (name, start, end) => {
    if (!names.has(name)) return;
    parts.push(start, end);
    length += end - start;
  });
  const picked = Buffer.allocUnsafe(length);
  let at = picked.writeInt32LE(length, 0);
  for (let i = 0; i < parts.length; i += 2) at += buffer.copy(picked, at, parts[i], parts[i + 1]);
  picked[at] = 0;
  return picked;
}

/** Names of the fields that two BSON documents do not have in the very same bytes. */
export function changedFields(before: Uint8Array, after: Uint8Array): Set<string> {
  const old = asBuffer(before);
  const now = asBuffer(after);
  const places = new Map<string, [start: number, end: number]>();
  const changed = new Set<string>();
  eachField(old, (name, start, end) => {
    // A name that comes twice is taken for changed.
    if (places.has(name)) changed.add(name);
    places.set(name, [start, end]);
  });
  const seen = new Set<string>();
  eachField(now, (name, start, end) => {
    const place = places.get(name);
    if (seen.has(name) || !place || old.compare(now, start, end, place[0], place[1]) !== 0) {
      changed.add(name);
    }
    seen.add(name);
  });
  for (const name of places.keys()) if (!seen.has(name)) changed.add(name);
  return changed;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Tells each field at the top of a document: its name, and where all of it begins and ends. */
function eachField(buffer: Buffer, tell: (name: string, start: number, end: number) => void): void {
  const last = buffer.length - 1;
  if (last < 4 || buffer.readInt32LE(0) !== buffer.length) throw corrupt();
  let at = 4;
  while (at < last) {
    const start = at;
    const type = buffer[at] ?? 0;
    let end = at + 1;
    while (end < last && buffer[end] !== 0) end += 1;
    const value = end + 1;
    const size = sizeOf(buffer, type, value);
    at = value + size;
    if (size < 0 || at > last) throw corrupt();
    tell(readName(buffer, start + 1, end), start, at);
  }
  if (at !== last || buffer[last] !== 0) throw corrupt();
}

/** How many bytes a value takes, by the types of https://bsonspec.org/spec.html. */
function sizeOf(buffer: Buffer, type: number, at: number): number {
  switch (type) {
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      return 8;
    case 0x02:
    case 0x0d:
    case 0x0e:
      return 4 + lengthAt(buffer, at);
    case 0x03:
    case 0x04:
    case 0x0f:
      return lengthAt(buffer, at);
    case 0x05:
      return 5 + lengthAt(buffer, at);
    case 0x06:
    case 0x0a:
    case 0x7f:
    case 0xff:
      return 0;
    case 0x07:
      return 12;
    case 0x08:
      return 1;
    case 0x0b:
      return buffer.indexOf(0, buffer.indexOf(0, at) + 1) + 1 - at;
    case 0x10:
      return 4;
    case 0x13:
      return 16;
    default:
      throw new BSONError(`unsupported BSON type 0x${type.toString(16)}`);
  }
}

function lengthAt(buffer: Buffer, at: number): number {
  if (at + 4 > buffer.length) throw corrupt();
  const length = buffer.readInt32LE(at);
  if (length < 0) throw corrupt();
  return length;
}

function corrupt(): BSONError {
  return new BSONError('corrupt BSON document');
}
