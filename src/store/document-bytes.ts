import { mongo } from 'mongoose';

/** How many bytes a document takes in the store. */
export function documentBytes(document: object): number {
  return mongo.BSON.calculateObjectSize({ ...document });
}
