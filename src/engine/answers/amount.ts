import { MINOR_UNITS } from '../currency.js';
import { readNumber } from './number.js';
import { read, refused, type Mode, type Reading, type ReadingContext } from './reading.js';

/** Reads an amount of money as minor units (cents); bounds are in whole euros or dollars. */
export function readAmount(text: string, mode: Mode, context: ReadingContext): Reading {
  const reading = readNumber(text.replace(/[€$]/g, ' '), mode, context);
  if (reading.type !== 'read' || typeof reading.value !== 'number') return reading;
  return reading.value < 0 ? refused('too_small') : read(Math.round(reading.value * MINOR_UNITS));
}
