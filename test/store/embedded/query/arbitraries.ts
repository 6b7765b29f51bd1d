import {
  Binary,
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
import * as fc from 'fast-check';
import { setField } from '../../../../src/store/embedded/query/values.js';
import type { Doc, Value } from '../../../../src/store/embedded/query/values.js';

/** Numbers of every type that lie close to one another, where rounding would show. */
const nearNumbers = fc.constantFrom<Value>(
  0,
  -0,
  1,
  new Double(1),
  Long.fromNumber(1),
  Decimal128.fromString('1'),
  Decimal128.fromString('1.00'),
  Decimal128.fromString('-0'),
  Decimal128.fromString('0E+3'),
  0.1,
  Decimal128.fromString('0.1'),
  Decimal128.fromString('0.1000000000000000055511151231257827'),
  2 ** 53,
  Long.fromString('9007199254740992'),
  Long.fromString('9007199254740993'),
  Decimal128.fromString('9007199254740993'),
  Decimal128.fromString('9007199254740993.5'),
  Long.MAX_VALUE,
  Long.MIN_VALUE,
  2 ** 63,
  -(2 ** 63),
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  Decimal128.fromString('1E-6000'),
  Decimal128.fromString('-1E-6000'),
  Decimal128.fromString('1E+6000'),
  Decimal128.fromString('-1E+6000'),
  Decimal128.fromString('Infinity'),
  Decimal128.fromString('NaN'),
  Infinity,
  -Infinity,
  NaN,
);

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -30, max: 30 }))
  .map(([coefficient, exponent]) => Decimal128.fromString(`${coefficient}E${exponent}`));

/** Numbers of all four types. */
export const numbers: fc.Arbitrary<Value> = fc.oneof(
  nearNumbers,
  fc.integer({ min: -5, max: 5 }),
  fc.integer(),
  fc.double(),
  fc.integer().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  decimals,
);

/** Strings with NULs, characters above and below the surrogates, and shared beginnings. */
export const strings = fc
  .array(fc.constantFrom('a', 'b', '\0', 'é', '\uffff', '\ue000', '😀', '𐀀', 'z'), { maxLength: 5 })
  .map((parts) => parts.join(''));

const bytes = fc.uint8Array({ maxLength: 4 });

const leaves: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: numbers },
  { weight: 3, arbitrary: strings },
  fc.constant(null),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((id) => new ObjectId(id)),
  fc.tuple(bytes, fc.constantFrom(0, 4, 128)).map(([value, type]) => new Binary(value, type)),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
  fc.tuple(strings, fc.constantFrom('', 'i')).map(([pattern, options]) => {
    return new BSONRegExp(pattern.replaceAll('\0', ''), options);
  }),
  strings.map((value) => new BSONSymbol(value)),
  strings.map((value) => new Code(value)),
  strings.map((value) => new Code(value, { x: 1 })),
  fc.constantFrom<Value>(new MinKey(), new MaxKey()),
);

/** Builds a document the safe way, so that any name may be a field. */
export function docOf(entries: readonly (readonly [string, Value])[]): Doc {
  const doc: Doc = {};
  for (const [name, value] of entries) setField(doc, name, value);
  return doc;
}

const fieldNames = fc.constantFrom('a', 'b', 'ab', 'c', '__proto__', 'constructor', 'é');

/** Any BSON value, nested up to two levels. */
export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value; inner: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 2 },
    { weight: 4, arbitrary: leaves },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.tuple(fieldNames, tie('value')), { maxLength: 3 }).map(docOf),
    },
  ),
  inner: leaves,
})).value;
