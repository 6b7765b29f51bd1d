import { Double, Int32, Long } from 'bson';
import { CommandError, failedToParse, typeMismatch } from './query/command-error.js';
import { getField, isDoc, type Doc, type Value } from './query/values.js';

/** A number of any BSON kind as a JavaScript number; undefined for everything else. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Double || value instanceof Int32) return value.value;
  if (typeof value === 'bigint') return Number(value);
  return undefined;
}

/** Reads a field that may be missing; throws 14 when it is something else than a number. */
export function readNumber(doc: Doc, name: string): number | undefined {
  const value = present(doc, name);
  if (value === undefined) return undefined;
  const number = numberOf(value);
  if (number === undefined) throw typeMismatch(`The field ${name} must be a number.`);
  return number;
}

/** Reads a count: a whole number from 0 on; throws 9 otherwise. */
export function readCount(doc: Doc, name: string): number | undefined {
  const number = readNumber(doc, name);
  if (number === undefined) return undefined;
  if (!Number.isInteger(number) || number < 0) {
    throw new CommandError(
      51024,
      'Location51024',
      `The field ${name} must be a whole number >= 0.`,
    );
  }
  return number;
}

/** Reads a field that may be missing; numbers count as true unless 0, as in MongoDB. */
export function readBoolean(doc: Doc, name: string): boolean | undefined {
  const value = present(doc, name);
  if (value === undefined || typeof value === 'boolean') return value;
  const number = numberOf(value);
  if (number === undefined) throw typeMismatch(`The field ${name} must be a boolean.`);
  return number !== 0;
}

/** Reads a field that may be missing; throws 14 when it is something else than a string. */
export function readString(doc: Doc, name: string): string | undefined {
  const value = present(doc, name);
  if (value === undefined || typeof value === 'string') return value;
  throw typeMismatch(`The field ${name} must be a string.`);
}

/** Reads a field that may be missing; throws 14 when it is something else than a document. */
export function readDoc(doc: Doc, name: string): Doc | undefined {
  const value = present(doc, name);
  if (value === undefined || isDoc(value)) return value;
  throw typeMismatch(`The field ${name} must be a document.`);
}

/** Reads a list of documents that may be missing; throws 14 when it is something else. */
export function readDocs(doc: Doc, name: string): Doc[] | undefined {
  const value = present(doc, name);
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => isDoc(item))) return value.filter(isDoc);
  throw typeMismatch(`The field ${name} must be an array of documents.`);
}

/** Demands what `read` found; throws 9 when the field is missing. */
export function need<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw failedToParse(`The field ${name} is missing.`);
  return value;
}

/** Refuses fields that a part of a command does not know; code 40415 as MongoDB has it. */
export function refuseUnknown(part: string, doc: Doc, known: ReadonlySet<string>): void {
  for (const name of Object.keys(doc)) {
    if (!known.has(name)) {
      throw new CommandError(
        40415,
        'Location40415',
        `The embedded store does not know the field ${part}.${name}.`,
      );
    }
  }
}

/** Refuses a collation other than the simple one, which compares bytes. */
export function refuseCollation(doc: Doc): void {
  const collation = readDoc(doc, 'collation');
  if (!collation || Object.keys(collation).length === 0) return;
  const simple = getField(collation, 'locale') === 'simple';
  if (!simple) {
    throw new CommandError(
      72,
      'InvalidOptions',
      'The embedded store compares strings by their bytes only: no collation but "simple".',
    );
  }
}

function present(doc: Doc, name: string): Value | undefined {
  const value = getField(doc, name);
  return value === null ? undefined : value;
}
