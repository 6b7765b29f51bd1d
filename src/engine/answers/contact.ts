import type { SharedContact } from '../event.js';
import { readPhone } from './phone.js';
import { read, refused, type Mode, type Reading, type ReadingContext } from './reading.js';

/** Takes a contact that was shared, with its number as E.164; only the sender's own. */
export function readContact({ phone, name, own }: SharedContact, context: ReadingContext): Reading {
  if (!own) return refused('not_own');
  const plain = readPhone(phone, 'lenient', context);
  // Telegram gives the international number without its plus sign.
  const reading = plain.type === 'read' ? plain : readPhone(`+${phone}`, 'lenient', context);
  return named(reading, name);
}

/** Reads a contact that was written: its phone number. */
export function readWrittenContact(text: string, mode: Mode, context: ReadingContext): Reading {
  return named(readPhone(text, mode, context), undefined);
}

function named(reading: Reading, name: string | undefined): Reading {
  if (reading.type !== 'read') return reading;
  return read(name === undefined ? { phone: reading.value } : { phone: reading.value, name });
}
