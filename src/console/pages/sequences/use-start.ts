import type { SequenceStartDraft } from '../../../staff/api.js';
import { fieldWords, nameField } from '../../words/field-words.js';
import { sequenceWords, signupWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';

/** What a sequence begins with, in words. */
export function useStart(): (start: SequenceStartDraft) => string {
  const { starts } = useWords(sequenceWords);
  const signups = useWords(signupWords);
  const fields = useWords(fieldWords);
  return (start) => {
    switch (start.type) {
      case 'consent':
        return starts.consent(fields.values[start.value] ?? start.value);
      case 'tag':
        return starts.tag(start.value);
      case 'signup':
        return starts.signup(signups[start.value] ?? start.value);
      case 'silent':
        return starts.silent(start.value);
      case 'donation':
        return starts.donation;
      case 'field':
        return starts.field(nameField(start.field, fields).label, start.value);
      default:
        return start satisfies never;
    }
  };
}

/** The start of a row, which is told as a key, as a form has it. */
export function startOfKey(key: string): SequenceStartDraft {
  const [, type = '', rest = ''] = /^(\w+)[ :]?([^]*)$/.exec(key) ?? [];
  switch (type) {
    case 'consent':
    case 'tag':
    case 'signup':
    case 'silent':
      return { type, value: rest };
    case 'field': {
      const [field = '', ...value] = rest.split(' ');
      return { type, field, value: value.join(' ').replace(/^"([^]*)"$/, '$1') };
    }
    default:
      return { type: 'donation' };
  }
}
