import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Schema, type Connection } from 'mongoose';
import { openStore } from '../../src/store/connection.js';
import { encode } from '../../src/store/embedded/query/values.js';
import { listenOnSocket } from '../../src/store/embedded/server.js';
import { makeFolder, openHere, removeFolder } from './support.js';

let folder: string;
beforeEach(() => {
  folder = makeFolder('connection');
});
afterEach(() => removeFolder(folder));

test('a MongoDB server without a replica set is refused with the cure', async () => {
  const socket = join(folder, 'standalone.sock');
  const hello = { ok: 1, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 21 };
  const server = await listenOnSocket(socket, {
    answer: async () => encode(hello),
    left: () => undefined,
  });
  const mongodbUri = `mongodb://${encodeURIComponent(socket)}/`;
  await expect(openStore({ dataDir: folder, mongodbUri })).rejects.toThrow(/rs\.initiate/);
  await server.close();
});

describe('mongoose on the embedded store', () => {
  let connection: Connection;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const here = await openHere({ dataDir: folder });
    connection = here.store.connection;
    close = here.close;
  });
  afterEach(() => close());

  test('makes, finds, changes and populates documents', async () => {
    const people = connection.model(
      'Person',
      new Schema({ name: { type: String, required: true }, born: Date }, { timestamps: true }),
    );
    const visits = connection.model(
      'Visit',
      new Schema({ to: { type: Schema.Types.ObjectId, ref: 'Person' }, doors: [Number] }),
    );
    const ada = await people.create({ name: 'Ada', born: new Date('1815-12-10') });
    await expect(people.create({})).rejects.toThrow(/name/);
    await visits.create([
      { to: ada.id, doors: [1, 2] },
      { to: ada.id, doors: [3] },
    ]);
    ada.name = 'Ada L.';
    await ada.save();
    const found = await visits
      .findOne({ doors: { $elemMatch: { $gt: 2 } } })
      .populate('to')
      .lean();
    expect(found).toMatchObject({ doors: [3], to: { name: 'Ada L.' } });
    const names: string[] = [];
    for await (const person of people.find().cursor()) names.push(person.name);
    expect(names).toEqual(['Ada L.']);
  });

  test('keeps indexes as the schema declares them, made when asked to', async () => {
    const schema = new Schema({ mail: String, at: Date });
    schema.index(
      { mail: 1 },
      { unique: true, partialFilterExpression: { mail: { $type: 'string' } } },
    );
    schema.index({ at: -1 });
    const people = connection.model('Indexed', schema);
    await people.create({ mail: 'a' });
    expect(await people.listIndexes()).toHaveLength(1);
    await people.createIndexes();
    expect(await people.listIndexes()).toHaveLength(3);
    expect(await people.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
    await expect(people.create({ mail: 'a' })).rejects.toMatchObject({ code: 11000 });
  });

  test('runs a transaction as one step', async () => {
    const people = connection.model('Moved', new Schema({ name: String }));
    const failed = connection.transaction(async (session) => {
      await people.create([{ name: 'one' }, { name: 'two' }], { session, ordered: true });
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await people.countDocuments()).toBe(0);
    await connection.transaction(async (session) => {
      await people.create([{ name: 'one' }, { name: 'two' }], { session, ordered: true });
    });
    expect(await people.countDocuments()).toBe(2);
  });
});
