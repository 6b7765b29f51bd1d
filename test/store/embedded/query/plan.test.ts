import { describe, expect, test } from '@jest/globals';
import { BSONRegExp, Decimal128, Long, MaxKey } from 'bson';
import * as fc from 'fast-check';
import { compareBytes } from '../../../../src/store/embedded/query/compare.js';
import { compileFilter } from '../../../../src/store/embedded/query/filter.js';
import { compileIndex } from '../../../../src/store/embedded/query/keys.js';
import type { IndexSpec } from '../../../../src/store/embedded/query/keys.js';
import { planQuery } from '../../../../src/store/embedded/query/plan.js';
import type { KeysWithin, Plan } from '../../../../src/store/embedded/query/plan.js';
import { compileSort, sortDocs } from '../../../../src/store/embedded/query/sort.js';
import type { Doc, Value } from '../../../../src/store/embedded/query/values.js';
import { docOf, strings } from './arbitraries.js';

/** Reads documents the way the storage does: by bounds, in order of keys, without the filter. */
function read(plan: Plan, docs: readonly Doc[]): Doc[] {
  if (plan.type === 'scan') return [...docs];
  const index = compileIndex(plan.index);
  const rows = docs
    .flatMap((doc) => index.keysOf(doc).map((key) => ({ key, doc })))
    .filter(({ key }) =>
      plan.bounds.some(
        ({ lower, upper }) => compareBytes(key, lower) >= 0 && compareBytes(key, upper) < 0,
      ),
    )
    .sort((a, b) => compareBytes(a.key, b.key));
  if (plan.reverse) rows.reverse();
  return [...new Set(rows.map(({ doc }) => doc))];
}

/** How many entries of the index the storage comes by. */
function entriesRead(plan: Plan & { type: 'index' }, docs: readonly Doc[]): number {
  return docs.reduce((sum, doc) => sum + keysWithin(plan, doc), 0);
}

function keysWithin({ index, bounds }: Plan & { type: 'index' }, doc: Doc): number {
  return compileIndex(index)
    .keysOf(doc)
    .filter((key) =>
      bounds.some(
        ({ lower, upper }) => compareBytes(key, lower) >= 0 && compareBytes(key, upper) < 0,
      ),
    ).length;
}

/** Checks what a plan says of its keys: whether they tell alone what matches. */
function isExact(plan: Plan, docs: readonly Doc[], matches: (doc: Doc) => boolean): boolean {
  if (plan.type === 'index' && !plan.repeats) {
    expect(entriesRead(plan, docs)).toBe(read(plan, docs).length);
  }
  const without = plan.exactBut;
  if (!without) return false;
  const told = read(plan, docs).filter((doc) => !without.some((name) => has(doc, name)));
  expect(new Set(told)).toEqual(new Set(docs.filter(matches)));
  return true;
}

const has = (doc: Doc, path: string): boolean => compileFilter({ [path]: { $exists: true } })(doc);

type World = { docs: fc.Arbitrary<Doc[]>; filters: fc.Arbitrary<Doc> };

const fieldOf = (name: fc.Arbitrary<string>, value: fc.Arbitrary<Value>, maxLength: number) =>
  fc.array(fc.tuple(name, value), { maxLength }).map(docOf);

/** Documents and queries made of the same leaves, so that they often meet. */
function worldOf(near: fc.Arbitrary<Value>, withArrays: boolean): World {
  const nested: fc.Arbitrary<Value> = fc.oneof(
    { weight: 4, arbitrary: near },
    { weight: 2, arbitrary: fc.array(near, { maxLength: 2 }) },
    { weight: 1, arbitrary: fieldOf(fc.constantFrom('x', 'y', '0'), near, 2) },
  );
  const inner = fieldOf(fc.constantFrom('x', 'y'), nested, 2);
  const field: fc.Arbitrary<Value> = fc.oneof(
    { weight: 3, arbitrary: nested },
    { weight: 2, arbitrary: fc.array(nested, { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.array(inner, { maxLength: 3 }) },
  );
  const names = fc.constantFrom('a', 'b', 'c');
  return {
    docs: fc.array(fieldOf(names, withArrays ? field : near, 3), { maxLength: 8 }),
    filters: filtersOf(near, nested),
  };
}

const paths = fc.constantFrom('a', 'a', 'a.x', 'a.y', 'b', 'c', 'a.0', 'b.x.y');

function filtersOf(near: fc.Arbitrary<Value>, nested: fc.Arbitrary<Value>): fc.Arbitrary<Doc> {
  const plain = near.filter((value) => !(value instanceof BSONRegExp));
  const comparison = fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne');
  const operand = fc.oneof({ weight: 4, arbitrary: plain }, fc.array(plain, { maxLength: 2 }));
  const condition: fc.Arbitrary<Value> = fc.oneof(
    { weight: 3, arbitrary: nested },
    fc.tuple(comparison, operand).map(([name, value]) => docOf([[name, value]])),
    fc.tuple(plain, plain).map(([low, high]) => ({ $gte: low, $lt: high })),
    fc.array(near, { maxLength: 3 }).map((list) => ({ $in: list })),
    fc.array(near, { maxLength: 2 }).map((list) => ({ $all: list })),
    fc.boolean().map((exists) => ({ $exists: exists })),
    fc.constantFrom<Value>({ $regex: '^a' }, { $regex: 'A', $options: 'i' }, { $regex: '^ab?' }),
    fc.tuple(plain, plain).map(([low, high]) => ({ $elemMatch: { $gte: low, $lte: high } })),
    fc
      .array(fc.tuple(fc.constantFrom('x', 'y', '0'), plain), { minLength: 1, maxLength: 2 })
      .map((parts) => ({ $elemMatch: docOf(parts) })),
    plain.map((value) => ({ $not: { $gt: value } })),
  );
  const clauses = fc.array(fc.tuple(paths, condition), { minLength: 1, maxLength: 3 }).map(docOf);
  const branches = fc.array(clauses, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: clauses },
    fc.tuple(clauses, branches).map(([base, parts]) => ({ ...base, $or: parts })),
    branches.map((parts) => ({ $and: parts })),
  );
}

const few = fc.constantFrom<Value>(0, 1, 2, null);
const many = fc.oneof(
  strings,
  fc.constantFrom<Value>(
    null,
    0,
    1,
    2,
    1.5,
    NaN,
    true,
    'a',
    'ab',
    'b',
    Long.fromNumber(1),
    Decimal128.fromString('1.5'),
    new BSONRegExp('^a'),
    new Date(1),
    new MaxKey(),
    'x'.repeat(1000),
    `${'x'.repeat(1000)}y`,
  ),
);

/** Filters of which an index often tells all. */
const plainFilters: fc.Arbitrary<Doc> = (() => {
  const operand = many.filter((value) => !(value instanceof BSONRegExp));
  const list = fc.array(operand, { maxLength: 3 });
  const condition: fc.Arbitrary<Value> = fc.oneof(
    operand,
    fc
      .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte'), operand)
      .map(([name, value]) => docOf([[name, value]])),
    list.map(($in) => ({ $in })),
    fc.constantFrom<Value>({ $exists: true }, { $ne: null }, { $nin: [null, []] }),
    fc.tuple(operand, operand).map(([$gte, $lt]) => ({ $gte, $lt })),
  );
  const clause = fc.tuple(paths, condition).map((entry) => docOf([entry]));
  const query = fc.oneof(
    { weight: 4, arbitrary: clause },
    fc.tuple(clause, clause).map(([a, b]) => ({ $and: [a, b] })),
    fc.array(clause, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })),
  );
  return fc
    .tuple(query, fc.constantFrom<Doc>({}, { c: { $exists: false } }))
    .map(([base, absent]) => ({ $and: [base, absent] }));
})();

const direction = fc.constantFrom(1, -1);
const indexes: fc.Arbitrary<IndexSpec> = fc
  .record({
    key: fc
      .uniqueArray(fc.tuple(paths, direction), {
        minLength: 1,
        maxLength: 3,
        selector: ([path]) => path,
      })
      .map(docOf),
    options: fc.constantFrom<Partial<IndexSpec>>(
      {},
      {},
      {},
      { sparse: true },
      { partialFilterExpression: { a: { $gt: 0 } } },
      { partialFilterExpression: { a: { $exists: true } } },
      { partialFilterExpression: { a: 'a', b: { $lte: 1.5 } } },
    ),
  })
  .map(({ key, options }) => ({ name: 'i', key, ...options }));
const sorts = fc.option(
  fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), direction), {
      maxLength: 2,
      selector: ([path]) => path,
    })
    .map(docOf),
  { nil: undefined },
);

const indexable = (spec: IndexSpec, all: readonly Doc[]) => {
  const index = compileIndex(spec);
  return all.filter((doc) => {
    try {
      return index.keysOf(doc).length >= 0;
    } catch {
      return false;
    }
  });
};

/** Any count at all leads to bounds that hold what matches. */
const someCount: KeysWithin = (_index, { lower, upper }) =>
  (lower.at(-1) ?? 0) ^ (upper.at(-1) ?? 0);

const index = (key: Doc, rest: Partial<IndexSpec> = {}, multikey = false) => ({
  name: Object.keys(key).join('_'),
  key,
  ...rest,
  multikey,
});
const named = (plan: Plan) => (plan.type === 'index' ? plan.index.name : 'scan');

describe('a plan', () => {
  test.each([
    ['documents with arrays', worldOf(many, true), 0],
    ['documents without arrays', worldOf(many, false), 50],
    ['much alike documents with arrays', worldOf(few, true), 0],
    ['much alike documents without arrays', worldOf(few, false), 50],
  ])(
    'loses nothing that matches, in order and exact when it says so, of %s',
    (_what, { docs, filters }, leastSorted) => {
      let used = 0;
      let sorted = 0;
      let exact = 0;
      fc.assert(
        fc.property(docs, filters, indexes, sorts, (all, filter, spec, sort) => {
          const kept = indexable(spec, all);
          const compiled = compileIndex(spec);
          const multikey = kept.some((doc) => compiled.isMultikey(doc));
          const plan = planQuery(filter, sort, [{ ...spec, multikey }], undefined, someCount);
          const matches = compileFilter(filter);
          const found = read(plan, kept).filter(matches);
          expect(new Set(found)).toEqual(new Set(kept.filter(matches)));
          exact += isExact(plan, kept, matches) ? 1 : 0;
          if (plan.type === 'scan') return;
          used += 1;
          const isCut = kept.some((doc) => compiled.keysOf(doc).some((key) => key.length >= 900));
          if (!plan.sorted || !sort || isCut) return;
          sorted += 1;
          const order = compileSort(sort);
          found
            .slice(1)
            .forEach((doc, i) => expect(order(found[i] ?? {}, doc)).toBeLessThanOrEqual(0));
          expect(sortDocs(found, sort)).toHaveLength(found.length);
        }),
        { numRuns: 3000 },
      );
      expect(used).toBeGreaterThan(500);
      expect(sorted).toBeGreaterThanOrEqual(leastSorted);
      expect(exact).toBeGreaterThan(10);
    },
  );

  test.each([
    ['with arrays', worldOf(many, true)],
    ['without arrays', worldOf(many, false)],
    ['much alike, with arrays', worldOf(few, true)],
  ])('says rightly when its keys tell alone what matches, of documents %s', (_what, { docs }) => {
    let exact = 0;
    fc.assert(
      fc.property(docs, plainFilters, indexes, (all, filter, spec) => {
        const kept = indexable(spec, all);
        const compiled = compileIndex(spec);
        const multikey = kept.some((doc) => compiled.isMultikey(doc));
        const plan = planQuery(filter, undefined, [{ ...spec, multikey }], undefined, someCount);
        if (isExact(plan, kept, compileFilter(filter)) && plan.type === 'index') exact += 1;
      }),
      { numRuns: 1200 },
    );
    // Some hold in every run, about four in a hundred; fewer than one in a hundred would be a change.
    expect(exact).toBeGreaterThan(10);
  });

  test.each<[Doc, boolean, readonly string[] | undefined]>([
    [{ a: 1 }, true, []],
    [{ a: { $in: [1, 'x', null] } }, false, []],
    [{ a: { $in: [1, 'x', null] } }, true, undefined],
    [{ a: { $gte: 1, $lt: 5 } }, false, []],
    [{ a: { $gte: 1, $lt: 5 } }, true, undefined],
    [{ $and: [{ a: 1 }, { erasing: { $exists: false } }] }, true, ['erasing']],
    [{ $or: [{ a: 1 }, { a: 2 }], erasing: { $exists: false } }, true, ['erasing']],
    [{ $or: [{ a: 1, b: { $exists: false } }, { a: 2 }] }, true, undefined],
    [{ a: 1, b: 1 }, true, undefined],
    [{ a: 1, $nor: [{ b: 1 }] }, true, undefined],
    [{ a: { $regex: '^x' } }, false, undefined],
    [{ a: 'x'.repeat(1000) }, false, undefined],
    [{ a: { $nin: [null, []] } }, false, []],
    [{ a: { $nin: [null, 1] } }, false, undefined],
  ])('of %j (arrays: %p) the keys tell all but %j', (filter, multikey, expected) => {
    const plan = planQuery(filter, undefined, [index({ a: 1 }, {}, multikey)]);
    expect(plan).toMatchObject({ type: 'index' });
    expect(plan.exactBut).toEqual(expected);
  });

  test.each<[Doc, Doc | undefined, string]>([
    [{ _id: 5 }, undefined, '_id'],
    [{ x: 5 }, undefined, 'scan'],
    [{ a: 1 }, undefined, 'a'],
    [{ a: 1, b: 2 }, undefined, 'a_b'],
    [{ a: 1, b: { $gt: 2 } }, undefined, 'a_b'],
    [{ a: 1, _id: 2 }, undefined, '_id'],
    [{ a: 1 }, { b: -1 }, 'a_b'],
    [{}, { c: -1 }, 'c'],
    [{ x: 1 }, { c: 1 }, 'c'],
    [{ a: { $in: [1, 2] } }, undefined, 'a'],
    [{ $or: [{ a: 1 }, { a: 2, b: 1 }] }, undefined, 'a_b'],
    [{ $or: [{ a: 1 }, { x: 1 }] }, undefined, 'scan'],
    [{ s: { $ne: null } }, undefined, 's'],
    [{ s: null }, undefined, 'scan'],
    [{ s: { $exists: true } }, undefined, 's'],
    [{ p: { $gt: 20 } }, undefined, 'p'],
    [{ p: { $gt: 5 } }, undefined, 'scan'],
    [{ h: 1 }, undefined, 'scan'],
    [{ a: { $not: { $gt: 1 } } }, undefined, 'scan'],
  ])('for %j sorted by %j takes %s', (filter, sort, expected) => {
    const plan = planQuery(filter, sort, [
      index({ _id: 1 }, { unique: true }),
      index({ a: 1 }),
      index({ a: 1, b: 1 }),
      index({ c: 1 }),
      index({ s: 1 }, { sparse: true }),
      index({ p: 1 }, { partialFilterExpression: { p: { $gt: 10 } } }),
      index({ h: 1 }, { hidden: true }),
    ]);
    expect(named(plan)).toBe(expected);
  });

  test.each<[Doc, Doc, Doc, boolean, boolean | undefined]>([
    [{ a: 1, b: -1 }, {}, { a: 1, b: -1 }, false, false],
    [{ a: 1, b: -1 }, {}, { a: -1, b: 1 }, false, true],
    [{ a: 1, b: 1 }, { a: 5 }, { b: -1 }, false, true],
    [{ a: 1, b: 1 }, { a: { $in: [1, 2] } }, { a: 1 }, false, false],
    [{ a: 1, b: 1 }, { a: { $in: [1, 2] } }, { b: 1 }, false, undefined],
    [{ a: 1, b: 1 }, { a: 5 }, { a: -1, b: 1 }, false, false],
    [{ a: 1, b: 1 }, { a: { $gt: 5 } }, { b: 1 }, false, undefined],
    [{ a: 1 }, { a: { $gt: 5 } }, { a: 1 }, true, undefined],
  ])(
    'over %j for %j sorted by %j (multikey: %p) is in order backward: %p',
    (key, filter, sort, multikey, reverse) => {
      const plan = planQuery(filter, sort, [index(key, {}, multikey)], Object.keys(key).join('_'));
      expect(plan).toMatchObject({ sorted: reverse !== undefined, reverse: reverse ?? false });
    },
  );

  test('finds an element of an array that a position names, which is indexed whole', () => {
    const docs: Doc[] = [{ a: [['x', 'y']] }, { a: [[3]] }];
    const filter = { 'a.0': { $elemMatch: { $gte: '', $lte: 'z' } } };
    const plan = planQuery(filter, undefined, [index({ 'a.0': 1 }, {}, true)], 'a.0');
    expect(read(plan, docs).filter(compileFilter(filter))).toEqual([docs[0]]);
  });

  test('finds an element without the field by what another element has', () => {
    const docs: Doc[] = [{ a: [0, {}] }, { a: [{}] }];
    const filter = { 'a.0': { $gte: null, $lt: 1 } };
    const plan = planQuery(filter, undefined, [index({ 'a.0': 1 }, { sparse: true }, true)], 'a.0');
    expect(read(plan, docs).filter(compileFilter(filter))).toEqual([docs[0]]);
  });

  test('follows a hint and refuses one that names no index', () => {
    const all = [
      index({ a: 1 }),
      index({ b: 1 }, { hidden: true }),
      index({ p: 1 }, { partialFilterExpression: { p: 1 } }),
    ];
    expect(named(planQuery({ x: 1 }, undefined, all, 'a'))).toBe('a');
    expect(named(planQuery({ x: 1 }, undefined, all, { a: 1 }))).toBe('a');
    expect(named(planQuery({ a: 1 }, undefined, all, { $natural: 1 }))).toBe('scan');
    for (const hint of ['nope', 'b', { a: -1 }]) {
      expect(() => planQuery({}, undefined, all, hint)).toThrow(
        expect.objectContaining({ code: 2 }),
      );
    }
    expect(() => planQuery({}, undefined, all, 'p')).toThrow(
      expect.objectContaining({ code: 291 }),
    );
  });

  test.each<[Doc, Doc, Doc]>([
    [{ a: 1 }, { a: { $gt: 3, $lt: 2 } }, { a: [1, 5] }],
    [{ 'a.x': 1, 'a.y': 1 }, { 'a.x': 1, 'a.y': 2 }, { a: [{ x: 1 }, { y: 2 }] }],
    [{ a: 1 }, { a: [1, 2] }, { a: [[1, 2]] }],
    [{ a: 1 }, { a: [] }, { a: [] }],
    [{ a: 1 }, { a: { $gt: [1] } }, { a: [2] }],
    [{ a: -1 }, { a: { $gte: 'x'.repeat(2000) } }, { a: 'x'.repeat(2000) }],
    [{ 'a.b': 1 }, { 'a.b': { $ne: null } }, { a: [] }],
    [{ 'a.0': 1 }, { a: { $elemMatch: { 0: 7 } } }, { a: [[7]] }],
  ])('over %j for %j finds %j', (key, filter, doc) => {
    const plan = planQuery(filter, undefined, [index(key, {}, true)], Object.keys(key).join('_'));
    expect(compileFilter(filter)(doc)).toBe(true);
    expect(read(plan, [doc])).toEqual([doc]);
  });

  test('reads one point for an equality on every field', () => {
    const plan = planQuery({ a: 1, b: 'x' }, undefined, [index({ a: 1, b: 1 })]);
    expect(plan).toMatchObject({ type: 'index', bounds: [expect.anything()] });
    const kept = [{ a: 1, b: 'x' }, { a: 1, b: 'y' }, { a: 2, b: 'x' }, { a: 1 }];
    expect(read(plan, kept)).toEqual([kept[0]]);
  });

  test('reads nothing when clauses exclude one another', () => {
    const plan = planQuery({ a: { $gt: 5, $lt: 3 } }, undefined, [index({ a: 1 })]);
    expect(plan).toMatchObject({ type: 'index', bounds: [] });
  });
});
