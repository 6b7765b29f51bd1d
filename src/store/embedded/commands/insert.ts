import { ObjectId } from 'bson';
import { namespaceOf, type Call } from '../call.js';
import { duplicateKey, ID_INDEX } from '../changes.js';
import type { Command } from '../dispatch.js';
import { readBoolean } from '../fields.js';
import { CommandError } from '../query/command-error.js';
import { decode, encode, withoutField, type Doc, type Value } from '../query/values.js';
import { BSONRegExp } from 'bson';
import { documentKey, StoredDocument } from '../views.js';
import { prepareCollection, runStatements, type Statement, type Writer } from '../writing.js';
import { replyToWrites } from './write-reply.js';

/** The largest document, as told in `hello`. */
export const LARGEST_DOCUMENT_BYTES = 16 * 2 ** 20;

/** `insert`: documents into a collection, which is made when it is missing. */
export const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  transactional: true,
  async run(call: Call) {
    const namespace = namespaceOf(call);
    const ordered = readBoolean(call.body, 'ordered') ?? true;
    const documents = call.rawDocuments('documents');
    if (documents.length === 0) {
      throw new CommandError(16, 'InvalidLength', 'There is nothing to insert.');
    }
    await prepareCollection(call, namespace);
    const statements = documents.map((bytes): Statement => {
      return (writer) => {
        insertOne(writer, namespace, readDocument(bytes));
        return { n: 1 };
      };
    });
    return replyToWrites(await runStatements(call, statements, ordered), ['n']);
  },
};

/** Inserts one document; throws 11000 when its `_id` or another unique key is taken. */
export function insertOne(writer: Writer, namespace: string, document: StoredDocument): void {
  const collection = writer.need(namespace);
  if (writer.view.get(collection, document.key)) {
    throw duplicateKey(collection, ID_INDEX, document.doc);
  }
  writer.write({ collection, key: document.key, before: undefined, after: document });
}

/** A document as it is stored: with an `_id`, which comes first. */
export function toStored(doc: Doc, bytes?: Uint8Array): StoredDocument {
  const id = doc['_id'];
  const key = documentKey(checkId(id));
  const first = Object.keys(doc)[0] === '_id';
  const ordered = first || id === undefined ? doc : { _id: id, ...withoutField(doc, '_id') };
  const encoded = first && bytes ? bytes : encode(ordered);
  if (encoded.length > LARGEST_DOCUMENT_BYTES) {
    throw new CommandError(10334, 'BSONObjectTooLarge', 'A document may have at most 16 MB.');
  }
  return new StoredDocument(key, encoded, ordered);
}

function readDocument(bytes: Uint8Array): StoredDocument {
  let doc: Doc;
  try {
    doc = decode(bytes);
  } catch {
    throw new CommandError(22, 'InvalidBSON', 'A document is not valid BSON.');
  }
  if (doc['_id'] !== undefined) return toStored(doc, bytes);
  return toStored({ _id: new ObjectId(), ...doc });
}

function checkId(id: Value | undefined): Value {
  if (id === undefined || Array.isArray(id) || id instanceof BSONRegExp) {
    throw new CommandError(53, 'InvalidIdField', 'An _id cannot be an array or a pattern.');
  }
  return id;
}
