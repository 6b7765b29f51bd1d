import { describe, expect, test } from '@jest/globals';
import { Double, Long } from 'bson';
import { compileFilter } from '../../../../src/store/embedded/query/filter.js';
import { compilePipeline, leadingMatch } from '../../../../src/store/embedded/query/pipeline.js';
import { compileUpdate } from '../../../../src/store/embedded/query/update.js';
import type { Doc } from '../../../../src/store/embedded/query/values.js';

const now = new Date('2024-05-01T10:00:00Z');
const people: Doc[] = [
  { _id: 1, team: 'red', points: 5, tags: ['a', 'b'] },
  { _id: 2, team: 'blue', points: 7, tags: [] },
  { _id: 3, team: 'red', points: 9 },
  { _id: 4, points: 1, tags: ['b'] },
];
const teams: Doc[] = [
  { _id: 'red', city: 'Lyon', members: [1, 3] },
  { _id: 'blue', city: 'Lille', members: [2] },
  { _id: 'none', city: null },
];
const collections: Record<string, Doc[]> = { people, teams };
const context = { now, read: (name: string) => collections[name] ?? [] };
const run = (stages: Doc[], input: Iterable<Doc> = people) => [
  ...compilePipeline(stages, context)(input),
];

describe('a pipeline', () => {
  test.each<[string, Doc[], Doc[]]>([
    [
      'matches',
      [{ $match: { team: 'red' } }, { $project: { points: 1 } }],
      [
        { _id: 1, points: 5 },
        { _id: 3, points: 9 },
      ],
    ],
    [
      'projects computed fields',
      [{ $limit: 1 }, { $project: { _id: 0, double: { $multiply: ['$points', 2] } } }],
      [{ double: 10 }],
    ],
    [
      'adds fields',
      [{ $limit: 1 }, { $unset: 'tags' }, { $addFields: { 'x.y': '$points', points: '$$REMOVE' } }],
      [{ _id: 1, team: 'red', x: { y: 5 } }],
    ],
    [
      'sets constants',
      [{ $limit: 1 }, { $set: { tags: [] } }],
      [{ _id: 1, team: 'red', points: 5, tags: [] }],
    ],
    ['unsets several', [{ $skip: 3 }, { $unset: ['tags', 'points'] }], [{ _id: 4 }]],
    [
      'sorts and skips',
      [{ $sort: { points: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }],
      [{ _id: 2 }],
    ],
    [
      'keeps the first of a sort',
      [{ $sort: { points: 1 } }, { $limit: 2 }, { $project: { _id: 1 } }],
      [{ _id: 4 }, { _id: 1 }],
    ],
    ['counts', [{ $match: { points: { $gt: 4 } } }, { $count: 'n' }], [{ n: 3 }]],
    ['counts nothing as nothing', [{ $match: { points: 99 } }, { $count: 'n' }], []],
    [
      'groups',
      [
        {
          $group: {
            _id: '$team',
            sum: { $sum: '$points' },
            avg: { $avg: '$points' },
            n: { $count: {} },
            ids: { $push: '$_id' },
          },
        },
      ],
      [
        { _id: 'red', sum: 14, avg: new Double(7), n: 2, ids: [1, 3] },
        { _id: 'blue', sum: 7, avg: new Double(7), n: 1, ids: [2] },
        { _id: null, sum: 1, avg: new Double(1), n: 1, ids: [4] },
      ],
    ],
    [
      'groups all',
      [
        {
          $group: {
            _id: null,
            min: { $min: '$points' },
            max: { $max: '$points' },
            first: { $first: '$_id' },
            last: { $last: '$_id' },
            teams: { $addToSet: '$team' },
          },
        },
      ],
      [{ _id: null, min: 1, max: 9, first: 1, last: 4, teams: ['red', 'blue'] }],
    ],
    [
      'groups by a document',
      [{ $limit: 1 }, { $group: { _id: { t: '$team' }, m: { $mergeObjects: { p: '$points' } } } }],
      [{ _id: { t: 'red' }, m: { p: 5 } }],
    ],
    [
      'unwinds',
      [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
      [
        { _id: 1, tags: 'a' },
        { _id: 1, tags: 'b' },
        { _id: 4, tags: 'b' },
      ],
    ],
    [
      'unwinds and keeps what is empty',
      [
        { $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
        { $project: { tags: 1, i: 1 } },
      ],
      [
        { _id: 1, tags: 'a', i: Long.fromNumber(0) },
        { _id: 1, tags: 'b', i: Long.fromNumber(1) },
        { _id: 2, i: null },
        { _id: 3, i: null },
        { _id: 4, tags: 'b', i: Long.fromNumber(0) },
      ],
    ],
    [
      'looks up by equal fields',
      [
        { $lookup: { from: 'teams', localField: 'team', foreignField: '_id', as: 't' } },
        { $project: { t: '$t.city' } },
      ],
      [
        { _id: 1, t: ['Lyon'] },
        { _id: 2, t: ['Lille'] },
        { _id: 3, t: ['Lyon'] },
        { _id: 4, t: [] },
      ],
    ],
    [
      'looks up in arrays',
      [
        { $lookup: { from: 'teams', localField: '_id', foreignField: 'members', as: 't' } },
        { $project: { t: '$t._id' } },
      ],
      [
        { _id: 1, t: ['red'] },
        { _id: 2, t: ['blue'] },
        { _id: 3, t: ['red'] },
        { _id: 4, t: [] },
      ],
    ],
    [
      'looks up by a pipeline with let',
      [
        { $match: { team: { $exists: true } } },
        {
          $lookup: {
            from: 'teams',
            let: { mine: '$team' },
            pipeline: [
              { $match: { $expr: { $eq: ['$_id', '$$mine'] } } },
              { $project: { city: 1, _id: 0 } },
            ],
            as: 't',
          },
        },
        { $project: { t: 1, _id: 0 } },
      ],
      [{ t: [{ city: 'Lyon' }] }, { t: [{ city: 'Lille' }] }, { t: [{ city: 'Lyon' }] }],
    ],
    [
      'looks up by both',
      [
        { $limit: 1 },
        {
          $lookup: {
            from: 'people',
            localField: 'team',
            foreignField: 'team',
            let: { me: '$_id' },
            pipeline: [{ $match: { $expr: { $ne: ['$_id', '$$me'] } } }],
            as: 'in.others',
          },
        },
        { $project: { ids: '$in.others._id' } },
      ],
      [{ _id: 1, ids: [3] }],
    ],
    [
      'runs facets side by side',
      [
        {
          $facet: {
            n: [{ $count: 'n' }],
            top: [{ $sort: { points: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
          },
        },
      ],
      [{ n: [{ n: 4 }], top: [{ _id: 3 }] }],
    ],
    [
      'replaces the root',
      [
        { $limit: 1 },
        { $replaceRoot: { newRoot: { id: '$_id' } } },
        { $replaceWith: { $mergeObjects: ['$$ROOT', { x: 1 }] } },
      ],
      [{ id: 1, x: 1 }],
    ],
    ['sorts by count', [{ $sortByCount: '$team' }, { $limit: 1 }], [{ _id: 'red', count: 2 }]],
    [
      'puts into buckets',
      [
        {
          $bucket: {
            groupBy: '$points',
            boundaries: [0, 6, 8],
            default: 'more',
            output: { n: { $sum: 1 } },
          },
        },
      ],
      [
        { _id: 0, n: 2 },
        { _id: 6, n: 1 },
        { _id: 'more', n: 1 },
      ],
    ],
  ])('%s', (_what, stages, expected) => {
    expect(run(stages)).toEqual(expected);
  });

  test('looks up through the storage when it offers to find', () => {
    const asked: Doc[] = [];
    const find = (name: string, filter: Doc) => {
      asked.push(filter);
      return (collections[name] ?? []).filter(compileFilter(filter));
    };
    const stages = [
      { $lookup: { from: 'people', localField: 'members', foreignField: '_id', as: 'p' } },
    ];
    const found = [...compilePipeline(stages, { ...context, find })(teams)];
    expect(found.map((doc) => doc['p'])).toEqual([[people[0], people[2]], [people[1]], []]);
    expect(asked[0]).toEqual({ _id: { $in: [1, 3] } });
  });

  test('reads no more than a limit asks for', () => {
    let taken = 0;
    function* endless() {
      for (;;) yield { _id: taken++ };
    }
    expect(run([{ $match: { _id: { $gte: 2 } } }, { $limit: 2 }], endless())).toHaveLength(2);
    expect(taken).toBe(4);
  });

  test('samples without repetition', () => {
    const sample = run([{ $sample: { size: 3 } }]);
    expect(new Set(sample.map((doc) => doc['_id'])).size).toBe(3);
    expect(run([{ $sample: { size: 9 } }])).toHaveLength(4);
  });

  test('runs twice with the same result', () => {
    const pipeline = compilePipeline([{ $group: { _id: '$team', n: { $sum: 1 } } }], context);
    expect([...pipeline(people)]).toEqual([...pipeline(people)]);
  });

  test.each<[number, Doc[]]>([
    [40324, [{ $foo: 1 }]],
    [40324, [{ $densify: {} }]],
    [40323, [{}]],
    [40323, [{ $match: {}, $limit: 1 }]],
    [2, [{ $out: 'x' }]],
    [2, [{ $merge: { into: 'x' } }]],
    [40573, [{ $changeStream: {} }]],
    [15959, [{ $match: 1 }]],
    [2, [{ $match: { a: { $foo: 1 } } }]],
    [15958, [{ $limit: 0 }]],
    [5107201, [{ $skip: -1 }]],
    [5107201, [{ $limit: 'x' }]],
    [15976, [{ $sort: {} }]],
    [15975, [{ $sort: { a: 2 } }]],
    [40156, [{ $count: '$x' }]],
    [15955, [{ $group: { n: { $sum: 1 } } }]],
    [15952, [{ $group: { _id: 1, n: { $foo: 1 } } }]],
    [40234, [{ $group: { _id: 1, n: 1 } }]],
    [40238, [{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }]],
    [28818, [{ $unwind: 'tags' }]],
    [28811, [{ $unwind: { path: '$a', foo: 1 } }]],
    [9, [{ $lookup: { from: 'x', as: 'y' } }]],
    [9, [{ $lookup: { from: 'x', as: 'y', localField: 'a' } }]],
    [9, [{ $lookup: { from: 'x', as: 'y', pipeline: [], foo: 1 } }]],
    [40324, [{ $lookup: { from: 'x', as: 'y', pipeline: [{ $foo: 1 }] } }]],
    [40324, [{ $facet: { a: [{ $foo: 1 }] } }]],
    [40169, [{ $facet: {} }]],
    [40231, [{ $replaceRoot: {} }]],
    [40147, [{ $sortByCount: 'x' }]],
    [40194, [{ $bucket: { groupBy: '$a', boundaries: [2, 1] } }]],
    [40197, [{ $bucket: { groupBy: '$a', boundaries: [1, 2], foo: 1 } }]],
    [28749, [{ $sample: {} }]],
    [51272, [{ $project: {} }]],
    [40272, [{ $set: {} }]],
    [31120, [{ $unset: 5 }]],
  ])('is refused with code %d when compiled: %j', (code, stages) => {
    expect(() => compilePipeline(stages, context)).toThrow(expect.objectContaining({ code }));
  });

  test.each<[number, Doc[]]>([
    [40228, [{ $replaceWith: '$points' }]],
    [40066, [{ $bucket: { groupBy: '$points', boundaries: [0, 1] } }]],
  ])('fails with code %d when run: %j', (code, stages) => {
    expect(() => run(stages)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the part a storage answers', () => {
  test.each<[Doc[], ReturnType<typeof leadingMatch>]>([
    [[], { filter: {}, rest: [] }],
    [
      [{ $match: { a: 1 } }, { $group: { _id: 1 } }],
      { filter: { a: 1 }, rest: [{ $group: { _id: 1 } }] },
    ],
    [
      [
        { $match: { a: 1 } },
        { $match: { b: 1 } },
        { $sort: { c: 1 } },
        { $limit: 5 },
        { $skip: 1 },
      ],
      { filter: { $and: [{ a: 1 }, { b: 1 }] }, sort: { c: 1 }, limit: 5, rest: [{ $skip: 1 }] },
    ],
    [
      [{ $sort: { c: 1 } }, { $match: { a: 1 } }],
      { filter: {}, sort: { c: 1 }, rest: [{ $match: { a: 1 } }] },
    ],
    [[{ $limit: 2 }, { $sort: { c: 1 } }], { filter: {}, limit: 2, rest: [{ $sort: { c: 1 } }] }],
    [[{ $limit: 0 }], { filter: {}, rest: [{ $limit: 0 }] }],
    [[{ $match: 1 }], { filter: {}, rest: [{ $match: 1 }] }],
  ])('of %j is %j', (stages, expected) => {
    expect(leadingMatch(stages)).toEqual(expected);
  });
});

const apply = (stages: Doc[], doc: Doc) => compileUpdate(stages, { filter: {} }).apply(doc);

describe('a pipeline as an update', () => {
  test('changes a document by its own fields', () => {
    expect(
      apply([{ $set: { b: { $add: ['$a', 1] } } }, { $unset: 'a' }], { _id: 1, a: 1 }),
    ).toEqual({ _id: 1, b: 2 });
    expect(apply([{ $replaceWith: { x: '$a' } }], { _id: 1, a: 5 })).toEqual({ _id: 1, x: 5 });
  });

  test('returns the very document when nothing changed', () => {
    const doc = { _id: 1, a: 1 };
    expect(apply([{ $set: { a: 1 } }], doc)).toBe(doc);
  });

  test('starts an upsert from the query', () => {
    const update = compileUpdate([{ $set: { b: '$a' } }], { filter: { _id: 9, a: 3 } });
    expect(update.upsert()).toEqual({ _id: 9, a: 3, b: 3 });
  });

  test('refuses another _id and other stages', () => {
    expect(() => apply([{ $set: { _id: 2 } }], { _id: 1 })).toThrow(
      expect.objectContaining({ code: 66 }),
    );
    expect(() => apply([{ $match: {} }], {})).toThrow(expect.objectContaining({ code: 72 }));
  });
});
