import { formatSpan } from './span.js';
import type { They } from '../transcript.js';

/** What the supporter does, on one line. */
export function describeThey(they: They): string {
  switch (they.type) {
    case 'text':
      return `${they.text.replace(/\s+/g, ' ')}${they.intent === undefined ? '' : ` (${they.intent})`}`;
    case 'choose':
      return `[${they.values.join(', ')}]${they.of === undefined ? '' : ` of turn ${they.of}`}`;
    case 'skip':
      return '[skip]';
    case 'share':
      return `(shares ${they.what})`;
    case 'send':
      return `(sends ${they.media})`;
    case 'after':
      return `(after ${formatSpan(they.ms)})`;
    case 'start':
      return `(flow ${they.flow} starts)`;
    case 'open':
      return '(opens the chat)';
    default:
      return they satisfies never;
  }
}
