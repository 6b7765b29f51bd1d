import { Binary } from 'bson';
import { badValue } from './command-error.js';
import type { Test } from './match-path.js';
import { fitsLong, isIntegral, isNumeric, truncate } from './numbers.js';
import type { Value } from './values.js';

export type BitOperator = '$bitsAllSet' | '$bitsAnySet' | '$bitsAllClear' | '$bitsAnyClear';

/** Tests the bits of an integer or of binary data. */
export function bitTest(operator: BitOperator, operand: Value): Test {
  const mask = maskOf(operator, operand);
  return (value) => {
    const bits = bitsOf(value);
    if (bits === undefined) return false;
    const set = bits & mask;
    switch (operator) {
      case '$bitsAllSet':
        return set === mask;
      case '$bitsAnySet':
        return set !== 0n;
      case '$bitsAllClear':
        return set === 0n;
      case '$bitsAnyClear':
        return set !== mask;
      default:
        return operator satisfies never;
    }
  };
}

function maskOf(operator: BitOperator, operand: Value): bigint {
  if (Array.isArray(operand)) {
    let mask = 0n;
    for (const position of operand) {
      const bit = isNumeric(position) && isIntegral(position) ? truncate(position) : undefined;
      if (bit === undefined || bit < 0n || bit > 0xffffn) {
        throw badValue(`${operator} takes bit positions between 0 and 65535`);
      }
      mask |= 1n << bit;
    }
    return mask;
  }
  const mask = bitsOf(operand);
  if (mask === undefined || mask < 0n) {
    throw badValue(`${operator} takes an Array, a non-negative number, or a BinData`);
  }
  return mask;
}

/** Bits with the lowest first; a negative integer goes on with ones, as two's complement does. */
function bitsOf(value: Value | undefined): bigint | undefined {
  if (value instanceof Binary) {
    return [...value.value()].reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
  }
  if (!isNumeric(value) || !isIntegral(value)) return undefined;
  const bits = truncate(value);
  return bits !== undefined && fitsLong(bits) ? bits : undefined;
}
