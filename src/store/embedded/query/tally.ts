import { numberOf } from './numbers.js';
import { getField, isDoc, type Doc, type Value } from './values.js';

/** A `$group` that counts: what all are grouped under, and the field that tells how many. */
export type Tally = { readonly id: Value; readonly field: string };

/**
 * The stages of a pipeline as a mere count, as drivers ask for one: a single `$group` of all under one
 * number or null, with the sum of 1 as its only field. Undefined when they are anything else.
 */
export function tallyIn(stages: readonly Doc[]): Tally | undefined {
  const [stage, ...more] = stages;
  if (stage === undefined || more.length > 0 || Object.keys(stage).join() !== '$group') {
    return undefined;
  }
  const group = getField(stage, '$group');
  if (!isDoc(group)) return undefined;
  const [first, field, ...others] = Object.keys(group);
  const id = getField(group, '_id');
  if (first !== '_id' || field === undefined || others.length > 0 || id === undefined) {
    return undefined;
  }
  if (id !== null && numberOf(id) === undefined) return undefined;
  const sum = getField(group, field);
  const isOne = isDoc(sum) && Object.keys(sum).join() === '$sum';
  return isOne && numberOf(getField(sum, '$sum')) === 1 ? { id, field } : undefined;
}
