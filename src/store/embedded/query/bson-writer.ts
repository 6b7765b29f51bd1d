import {
  Binary,
  BSONError,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { getField, isDoc, isInt32, scopeOf } from './kinds.js';
import type { Doc, Value } from './kinds.js';

/** What is being written. Writing is synchronous, so one of it serves all. */
let buffer = Buffer.allocUnsafe(16_384);
let at = 0;

const DEEPEST = 250;
const KEPT = 1_048_576;

/** Writes one BSON document into bytes of its own. Fields that are undefined are left out. */
export function writeBson(doc: Doc): Uint8Array {
  at = 0;
  writeDoc(doc, 0);
  const bytes = new Uint8Array(at);
  bytes.set(buffer.subarray(0, at));
  if (buffer.length > KEPT) buffer = Buffer.allocUnsafe(16_384);
  return bytes;
}

function reserve(count: number): void {
  if (at + count <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + count));
  buffer.copy(larger, 0, 0, at);
  buffer = larger;
}

function writeByte(value: number): void {
  reserve(1);
  buffer[at++] = value;
}

function putInt32(value: number, position: number): void {
  buffer[position] = value & 0xff;
  buffer[position + 1] = (value >>> 8) & 0xff;
  buffer[position + 2] = (value >>> 16) & 0xff;
  buffer[position + 3] = (value >>> 24) & 0xff;
}

function writeInt32(value: number): void {
  reserve(4);
  putInt32(value, at);
  at += 4;
}

function writeInt64(low: number, high: number): void {
  writeInt32(low);
  writeInt32(high);
}

function writeDouble(value: number): void {
  reserve(8);
  buffer.writeDoubleLE(value, at);
  at += 8;
}

function writeBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  for (let i = 0; i < bytes.length; i++) buffer[at + i] = bytes[i] ?? 0;
  at += bytes.length;
}

const SHORT = 40;

/** Writes text as UTF-8; short ASCII, the commonest, without a call out of JavaScript. */
function writeText(text: string): void {
  const { length } = text;
  reserve(length * 3 + 1);
  if (length <= SHORT) {
    const target = buffer;
    let end = at;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        at += buffer.write(text, at, 'utf8');
        return;
      }
      target[end++] = unit;
    }
    at = end;
    return;
  }
  at += buffer.write(text, at, 'utf8');
}

function writeCString(text: string): void {
  const start = at;
  writeText(text);
  for (let i = start; i < at; i++) {
    if (buffer[i] === 0) throw new BSONError('a field name or pattern must not contain a NUL');
  }
  writeByte(0);
}

function writeString(text: string): void {
  const start = at;
  writeInt32(0);
  writeText(text);
  writeByte(0);
  putInt32(at - start - 4, start);
}

function writeDoc(doc: Doc, depth: number): void {
  const start = open(depth);
  const names = Object.keys(doc);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const value = getField(doc, name);
    if (value !== undefined) writeField(name, value, depth);
  }
  close(start);
}

/** Arrays are written as documents whose field names are the positions. */
function writeArray(array: readonly Value[], depth: number): void {
  const start = open(depth);
  for (let i = 0; i < array.length; i++) writeField(String(i), array[i] ?? null, depth);
  close(start);
}

function open(depth: number): number {
  if (depth > DEEPEST) throw new BSONError('document nested too deeply');
  const start = at;
  writeInt32(0);
  return start;
}

function close(start: number): void {
  writeByte(0);
  putInt32(at - start, start);
}

function writeField(name: string, value: Value, depth: number): void {
  const start = at;
  writeByte(0);
  writeCString(name);
  const type = writeValue(value, depth);
  buffer[start] = type;
}

/** Writes a value and returns the type byte of https://bsonspec.org/spec.html. */
function writeValue(value: Value, depth: number): number {
  if (typeof value === 'string') {
    writeString(value);
    return 0x02;
  }
  if (typeof value === 'number') {
    if (isInt32(value)) {
      writeInt32(value);
      return 0x10;
    }
    writeDouble(value);
    return 0x01;
  }
  if (typeof value === 'boolean') {
    writeByte(value ? 1 : 0);
    return 0x08;
  }
  if (value === null) return 0x0a;
  if (typeof value === 'bigint') {
    writeInt64(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
    return 0x12;
  }
  if (isDoc(value)) {
    writeDoc(value, depth + 1);
    return 0x03;
  }
  if (Array.isArray(value)) {
    writeArray(value, depth + 1);
    return 0x04;
  }
  if (value instanceof Date) {
    const time = value.getTime();
    if (Number.isNaN(time)) throw new BSONError('an invalid date cannot be stored');
    writeInt64(time | 0, Math.floor(time / 0x1_0000_0000));
    return 0x09;
  }
  return writeInstance(value);
}

function writeInstance(value: Value & object): number {
  if (value instanceof ObjectId) {
    writeBytes(value.id);
    return 0x07;
  }
  if (value instanceof Double) {
    writeDouble(value.value);
    return 0x01;
  }
  if (value instanceof Int32) {
    writeInt32(value.value);
    return 0x10;
  }
  if (value instanceof Timestamp) {
    writeInt64(value.i | 0, value.t | 0);
    return 0x11;
  }
  if (value instanceof Long) {
    writeInt64(value.low, value.high);
    return 0x12;
  }
  if (value instanceof Decimal128) {
    writeBytes(value.bytes);
    return 0x13;
  }
  if (value instanceof Binary) {
    writeBinary(value);
    return 0x05;
  }
  if (value instanceof BSONRegExp) {
    writeCString(value.pattern);
    writeCString(value.options);
    return 0x0b;
  }
  if (value instanceof BSONSymbol) {
    writeString(value.value);
    return 0x0e;
  }
  if (value instanceof Code) return writeCode(value);
  if (value instanceof MinKey) return 0xff;
  if (value instanceof MaxKey) return 0x7f;
  throw new BSONError('a value of this kind cannot be stored');
}

function writeBinary(value: Binary): void {
  const bytes = value.value();
  const isOld = value.sub_type === Binary.SUBTYPE_BYTE_ARRAY;
  writeInt32(isOld ? bytes.length + 4 : bytes.length);
  writeByte(value.sub_type);
  if (isOld) writeInt32(bytes.length);
  writeBytes(bytes);
}

function writeCode(value: Code): number {
  if (!value.scope) {
    writeString(value.code);
    return 0x0d;
  }
  const start = at;
  writeInt32(0);
  writeString(value.code);
  writeDoc(scopeOf(value), 0);
  putInt32(at - start, start);
  return 0x0f;
}
