import type { AnswerType } from '../flow.js';
import { readAddress } from './address.js';
import { readAmount } from './amount.js';
import { readChoice } from './choice.js';
import { readChoices } from './choices.js';
import { readWrittenContact } from './contact.js';
import { readDate } from './date.js';
import { readEmail } from './email.js';
import { readPoint } from './location.js';
import { readName } from './name.js';
import { readNumber } from './number.js';
import { readPhone } from './phone.js';
import { readPostalCode } from './postal-code.js';
import { refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';
import { LONGEST, readPlainText } from './text.js';
import { readYesNo } from './yes-no.js';

/** Reads a supporter's text as an answer of a type; at most 2,000 characters are read. */
export function readAnswer(
  type: AnswerType,
  text: string,
  mode: Mode,
  context: ReadingContext,
): Reading {
  if (text.length > LONGEST) return refused('too_long');
  switch (type) {
    case 'text':
      return readPlainText(text, context);
    case 'name':
      return readName(text, mode, context);
    case 'email':
      return readEmail(text, mode, context);
    case 'phone':
      return readPhone(text, mode, context);
    case 'postal_code':
      return readPostalCode(text, mode, context);
    case 'number':
      return readNumber(text, mode, context);
    case 'yes_no':
      return readYesNo(text, mode, context);
    case 'choice':
      return readChoice(text, mode, context);
    case 'choices':
      return readChoices(text, mode, context);
    case 'address':
      return readAddress(text, mode, context);
    case 'amount':
      return readAmount(text, mode, context);
    case 'date':
      return readDate(text, mode, context);
    case 'location':
      return readPoint(text, mode);
    case 'contact':
      return readWrittenContact(text, mode, context);
    case 'media':
      return UNREAD;
    default:
      return type satisfies never;
  }
}
