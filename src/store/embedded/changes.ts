import { prefixed, textOf } from './bytes.js';
import type { Catalog, Collection, Index } from './catalog.js';
import { CommandError } from './query/command-error.js';
import { changedFields } from './query/bson-fields.js';
import { KEY_LIMIT } from './query/keys.js';
import type { Needed } from './query/needed-fields.js';
import type { Doc } from './query/values.js';
import type { Storage } from './storage.js';
import { documentKeyOf, entryKey, type StoredDocument, type View } from './views.js';

/** A document made, changed or (without `after`) deleted. */
export type Change = {
  collection: Collection;
  key: Uint8Array;
  before: StoredDocument | undefined;
  after: StoredDocument | undefined;
};

/**
 * Works out every write that some changes mean, document and index keys alike, checking unique
 * indexes against `live` first (throws a CommandError 11000), then writes them all.
 */
export function writeChanges(
  storage: Storage,
  catalog: Catalog,
  live: View,
  changes: readonly Change[],
): void {
  const removed: Buffer[] = [];
  const added: Buffer[] = [];
  const changed = new Set(changes.length > 1 ? changes.map(nameOf) : []);
  const taken = new Map<string, Change>();
  const turnedMultikey: Array<{ collection: Collection; index: Index }> = [];

  for (const change of changes) {
    const { before, after } = change;
    const differing = before && after ? changedFields(before.bytes, after.bytes) : undefined;
    for (const index of change.collection.indexes) {
      const { needed, keysOf } = index.compiled;
      // Together with others, a document claims its unique keys, whether it had them before or not.
      const claims = index.unique === true && changes.length > 1;
      if (differing && !claims && !touches(needed, differing)) continue;
      const old = before ? keysOf(before.read(needed)) : [];
      const now = after ? keysOf(after.read(needed)) : [];
      const fresh = now.filter((key) => !includesKey(old, key));
      for (const key of old) {
        if (!includesKey(now, key)) removed.push(entryKey(index.id, key, change.key));
      }
      for (const key of fresh) added.push(entryKey(index.id, key, change.key));
      if (change.after && !index.multikey && index.compiled.isMultikey(change.after.doc)) {
        turnedMultikey.push({ collection: change.collection, index });
      }
      if (index.unique && change.after) {
        const others = (name: string): boolean => changed.has(name);
        for (const key of fresh) refuseTaken(live, index, key, change, change.after.doc, others);
        if (changes.length > 1) {
          for (const key of now) claim(taken, index, key, change, change.after.doc);
        }
      }
    }
  }

  for (const key of removed) storage.remove('entries', key);
  for (const key of added) storage.put('entries', key, MARK);
  for (const change of changes) writeDocument(storage, catalog, change);
  for (const { collection, index } of turnedMultikey) {
    index.multikey = true;
    catalog.save(collection);
  }
}

/** Whether some of the fields that something reads are among those named. */
function touches(needed: Needed, names: ReadonlySet<string>): boolean {
  if (needed === 'all') return names.size > 0;
  for (const name of needed) if (names.has(name)) return true;
  return false;
}

/** The value of every index entry: its key says all. */
export const MARK = Buffer.from([1]);

function writeDocument(storage: Storage, catalog: Catalog, change: Change): void {
  const { collection, before, after } = change;
  const key = prefixed(collection.id, change.key);
  if (after) storage.put('documents', key, after.bytes);
  else if (before) storage.remove('documents', key);
  collection.count += (after ? 1 : 0) - (before ? 1 : 0);
  collection.bytes += (after?.bytes.length ?? 0) - (before?.bytes.length ?? 0);
  catalog.touch(collection);
}

/** Refuses a key of a unique index that a document outside `others` already has. */
export function refuseTaken(
  view: View,
  index: Index,
  key: Uint8Array,
  change: Change,
  doc: Doc,
  others: (name: string) => boolean,
): void {
  const own = textOf(change.key);
  const bounds = { lower: key, upper: afterPrefix(key) };
  for (const entry of view.entries(index, bounds, false)) {
    const documentKey = documentKeyOf(entry);
    const text = textOf(documentKey);
    if (text === own || others(`${change.collection.id}:${text}`)) continue;
    if (key.length >= KEY_LIMIT) {
      const other = view.get(change.collection, documentKey);
      if (!other || !index.compiled.collides(other.doc, doc)) continue;
    }
    throw duplicateKey(change.collection, index, doc);
  }
}

function claim(
  taken: Map<string, Change>,
  index: Index,
  key: Uint8Array,
  change: Change,
  doc: Doc,
): void {
  const name = `${index.id}:${textOf(key)}`;
  const other = taken.get(name);
  if (other?.after && other !== change) {
    const same = key.length < KEY_LIMIT || index.compiled.collides(other.after.doc, doc);
    if (same) throw duplicateKey(change.collection, index, doc);
  }
  taken.set(name, change);
}

/** The error 11000. Values are told apart in `keyValue`, not in the message: messages get logged. */
export function duplicateKey(
  collection: Collection,
  index: { name: string; key: Doc; compiled?: Index['compiled'] },
  doc: Doc,
): CommandError {
  const fields = Object.keys(index.key);
  const keyValue = index.compiled ? index.compiled.keyValueOf(doc) : { _id: doc['_id'] ?? null };
  return new CommandError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${fields.join(', ')} }`,
    { keyPattern: index.key, keyValue },
  );
}

/** The index that every collection has: documents are stored in its order. */
export const ID_INDEX = { name: '_id_', key: { _id: 1 }, unique: true, multikey: false };

function nameOf(change: Change): string {
  return `${change.collection.id}:${textOf(change.key)}`;
}

function includesKey(keys: readonly Uint8Array[], key: Uint8Array): boolean {
  return keys.some((other) => Buffer.compare(other, key) === 0);
}

/** The end, exclusive, of all keys that begin with these bytes. */
export function afterPrefix(prefix: Uint8Array): Uint8Array {
  const end = Buffer.from(prefix);
  for (let at = end.length - 1; at >= 0; at -= 1) {
    const byte = end[at] ?? 0xff;
    if (byte !== 0xff) {
      end[at] = byte + 1;
      return end.subarray(0, at + 1);
    }
  }
  throw new Error('No key begins with bytes that are all 255.');
}
