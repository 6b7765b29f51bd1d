import { readPlainText } from './text.js';
import { read, type Reading, type ReadingContext } from './reading.js';

/** Reads a postal address. */
export function readAddress(text: string, context: ReadingContext): Reading {
  const reading = readPlainText(text, context);
  return reading.type === 'read' ? read({ text: reading.value }) : reading;
}
