import { expect, test } from '@jest/globals';
import { compileFilter } from '../../../../src/store/embedded/query/filter.js';
import {
  neededByFilter,
  neededByProjection,
  neededByStages,
  wholeFields,
  type Needed,
} from '../../../../src/store/embedded/query/needed-fields.js';
import { compilePipeline } from '../../../../src/store/embedded/query/pipeline.js';
import { compileProjection } from '../../../../src/store/embedded/query/projection.js';
import type { Doc } from '../../../../src/store/embedded/query/values.js';

const doc: Doc = { _id: 1, a: { x: 1, y: [1, 2] }, b: [{ x: 1 }, { x: 5 }], c: 'z', d: 4 };
const part = (needed: Needed): Doc =>
  needed === 'all'
    ? doc
    : Object.fromEntries(Object.entries(doc).filter(([name]) => needed.has(name)));
const named = (needed: Needed) => (needed === 'all' ? 'all' : [...needed].sort().join(' '));

test.each<[Doc, string]>([
  [{}, ''],
  [{ a: 1 }, 'a'],
  [{ 'a.x': 1, $comment: 'why' }, 'a'],
  [{ $and: [{ 'b.x': { $gt: 1 } }, { $or: [{ c: 'z' }, { $nor: [{ d: 1 }] }] }] }, 'b c d'],
  [{ b: { $elemMatch: { x: 5 } } }, 'b'],
  [{ $expr: { $gt: ['$d', '$a.x'] } }, 'a d'],
  [{ $expr: { $eq: ['$$ROOT.d', 4] } }, 'all'],
  [{ $expr: { $eq: [{ $getField: 'd' }, 4] } }, 'all'],
  [{ $expr: { $let: { vars: { v: '$d' }, in: { $eq: ['$$v', 4] } } } }, 'd'],
])('a filter %j reads %s', (filter, expected) => {
  const needed = neededByFilter(filter);
  expect(named(needed)).toBe(expected);
  expect(compileFilter(filter)(part(needed))).toBe(compileFilter(filter)(doc));
});

test.each<[Doc, Doc, string]>([
  [{ a: 1 }, {}, '_id a'],
  [{ _id: 1 }, {}, '_id'],
  [{ 'a.x': 1, _id: 0 }, {}, '_id a'],
  [{ a: 0 }, {}, 'all'],
  [{ _id: 0 }, {}, 'all'],
  [{ b: { $slice: 1 } }, {}, 'all'],
  [{ b: { $elemMatch: { x: 5 } }, c: 1 }, {}, '_id b c'],
  [{ b: { $elemMatch: { x: 5 } } }, {}, 'all'],
  [{ c: 1, e: { $add: ['$d', 1] } }, {}, '_id c d e'],
  [{ c: 1, e: '$$ROOT' }, {}, 'all'],
  [{ 'b.$': 1 }, { 'b.x': 5, c: 'z' }, '_id b b c'],
])('a projection %j of %j reads %s', (spec, filter, expected) => {
  const needed = neededByProjection(spec, filter);
  expect(named(needed)).toBe(expected.replace('b b', 'b'));
  const project = compileProjection(spec, filter);
  expect(project(part(needed))).toEqual(project(doc));
});

test.each<[Doc[], string]>([
  [[], 'all'],
  [[{ $group: { _id: 1, n: { $sum: 1 } } }], ''],
  [[{ $skip: 1 }, { $limit: 2 }, { $count: 'n' }], ''],
  [[{ $group: { _id: '$c', all: { $push: '$a.x' } } }], 'a c'],
  [[{ $group: { _id: 1, all: { $push: '$$ROOT' } } }], 'all'],
  [[{ $match: { d: 4 } }, { $project: { c: 1 } }], '_id c d'],
  [[{ $project: { c: 0 } }], 'all'],
  [[{ $project: { c: 0 } }, { $sortByCount: '$d' }], 'd'],
  [[{ $project: { e: '$$ROOT' } }, { $group: { _id: '$e.d' } }], 'all'],
  [[{ $project: { e: { f: '$d' } } }, { $group: { _id: '$e.f' } }], 'all'],
  [[{ $unwind: '$b' }, { $sort: { d: 1 } }, { $group: { _id: '$b.x' } }], 'b d'],
  [[{ $set: { e: '$d' } }, { $group: { _id: '$e' } }], 'd e'],
  [[{ $unset: 'c' }, { $replaceWith: '$a' }], 'a'],
  [[{ $facet: { n: [{ $count: 'n' }], d: [{ $group: { _id: '$d' } }] } }], 'd'],
  [[{ $facet: { all: [{ $limit: 1 }] } }], 'all'],
])('a pipeline %j reads %s', (stages, expected) => {
  const needed = neededByStages(stages);
  expect(named(needed)).toBe(expected);
  const run = compilePipeline(stages, { read: () => [], now: new Date(0) });
  expect([...run([part(needed)])]).toEqual([...run([doc])]);
});

test.each<[Doc, string | undefined]>([
  [{ a: 1, b: true }, '_id a b'],
  [{ _id: 0, a: 1 }, 'a'],
  [{ _id: 1 }, '_id'],
  [{ _id: 0 }, undefined],
  [{ 'a.x': 1 }, undefined],
  [{ a: 1, e: '$d' }, undefined],
  [{ a: 0 }, undefined],
])('a projection %j asks for the whole fields %s', (spec, expected) => {
  const whole = wholeFields(spec);
  expect(whole && named(whole)).toBe(expected);
});
