import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { compareExact, exactOfDouble, magnitudeOf } from './decimal.js';
import type { Exact } from './decimal.js';
import { createKeyWriter } from './key-writer.js';
import type { KeyWriter } from './key-writer.js';
import { contentOf, isNumeric } from './numbers.js';
import type { Numeric } from './numbers.js';
import { rankOf } from './rank.js';
import { getField, isDoc, scopeOf } from './values.js';
import type { Doc, Value } from './values.js';

/** Writes one value: its rank, then a content whose byte order is `compareValues`. */
export function writeValue(writer: KeyWriter, value: Value | undefined): void {
  writer.byte(rankOf(value));
  writeContent(writer, value);
}

function writeContent(writer: KeyWriter, value: Value | undefined): void {
  if (typeof value === 'string') writer.text(value);
  else if (value === undefined || value === null) return;
  else if (isNumeric(value)) writeNumber(writer, value);
  else if (typeof value === 'boolean') writer.byte(value ? 1 : 0);
  else if (value instanceof ObjectId) writer.bytes(value.id);
  else if (value instanceof Date) writer.double(value.getTime());
  else if (Array.isArray(value)) writeArray(writer, value);
  else if (isDoc(value)) writeDoc(writer, value);
  else if (value instanceof Timestamp) {
    writeUint32(writer, value.t);
    writeUint32(writer, value.i);
  } else if (value instanceof Binary) {
    writeUint32(writer, value.position);
    writer.byte(value.sub_type);
    writer.bytes(value.value());
  } else if (value instanceof BSONRegExp) {
    writer.text(value.pattern);
    writer.text(value.options);
  } else if (value instanceof BSONSymbol) writer.text(value.value);
  else if (value instanceof Code) {
    writer.text(value.code);
    if (value.scope) writeDoc(writer, scopeOf(value));
  }
}

function writeUint32(writer: KeyWriter, value: number): void {
  for (let shift = 24; shift >= 0; shift -= 8) writer.byte((value >>> shift) & 0xff);
}

/** Elements one after the other, closed by a byte below every rank, so the shorter comes first. */
function writeArray(writer: KeyWriter, array: readonly Value[]): void {
  for (const element of array) writeValue(writer, element);
  writer.byte(0);
}

function writeDoc(writer: KeyWriter, doc: Doc): void {
  for (const name of Object.keys(doc)) {
    const value = getField(doc, name);
    writer.byte(rankOf(value));
    writer.text(name);
    writeContent(writer, value);
  }
  writer.byte(0);
}

/**
 * A number is the greatest double not above it, then 00 if that is exact, otherwise 01 and its
 * decimal digits: equal values get equal bytes whatever their types.
 */
function writeNumber(writer: KeyWriter, value: Numeric): void {
  if (typeof value === 'number') {
    writer.double(value);
    writer.byte(0);
    return;
  }
  const content = contentOf(value);
  if (typeof content === 'number') {
    writer.double(content);
    writer.byte(0);
    return;
  }
  const floor = floorDouble(content);
  writer.double(floor);
  if (Number.isFinite(floor) && compareExact(exactOfDouble(floor), content) === 0) writer.byte(0);
  else {
    writer.byte(1);
    writeDigits(writer, content);
  }
}

function floorDouble(content: Exact): number {
  const nearest = Number(`${content.coefficient}e${content.exponent}`);
  if (nearest === Infinity) return Number.MAX_VALUE;
  if (nearest === -Infinity) return nearest;
  return compareExact(exactOfDouble(nearest), content) > 0 ? nextBelow(nearest) : nearest;
}

const view = new DataView(new ArrayBuffer(8));

function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/** Position of the first digit, then the digits without trailing zeros; inverted when negative. */
function writeDigits(writer: KeyWriter, content: Exact): void {
  const negative = content.coefficient < 0n;
  const start = writer.length();
  const magnitude = magnitudeOf(content) + 0x8000;
  writer.byte(magnitude >> 8);
  writer.byte(magnitude & 0xff);
  writer.text(String(content.coefficient).replace('-', '').replace(/0+$/, ''));
  if (negative) writer.invertFrom(start);
}

/** The least bytes above everything that starts with these; keys never start with FF. */
export function bytesAfter(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 1 && bytes[end - 1] === 0xff) end -= 1;
  const next = bytes.slice(0, end);
  next[end - 1] = Math.min((next[end - 1] ?? 0) + 1, 0xff);
  return next;
}

const writer = createKeyWriter();

/** The bytes of one value in full length, ascending. */
export function encodeComponent(value: Value | undefined): Uint8Array {
  writer.clear();
  writeValue(writer, value);
  return writer.take(Infinity);
}
