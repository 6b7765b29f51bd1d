import type { Json } from '../json.js';
import type { Done, They, Transcript, TranscriptTurn } from '../transcript.js';
import { formatSpan } from './span.js';

/** Writes a transcript as the YAML that `readTranscript` reads. */
export function writeTranscript(transcript: Transcript): string {
  const { title, flow, locale, at, channel, supporter, consents, turns, after } = transcript;
  const lines = [
    `title: ${scalar(title)}`,
    `flow: ${scalar(flow)}`,
    `locale: ${scalar(locale)}`,
    ...(at === undefined ? [] : [`at: ${new Date(at).toISOString()}`]),
    ...(channel === undefined ? [] : [`channel: ${scalar(channel)}`]),
    ...(supporter === undefined ? [] : [`supporter: ${inline(supporter)}`]),
    ...(consents === undefined ? [] : [`consents: ${inline(yesNo(consents))}`]),
    'turns:',
    ...turns.flatMap(turnLines),
  ];
  if (after !== undefined) {
    lines.push('after:');
    if (after.supporter !== undefined) lines.push(`  supporter: ${inline(after.supporter)}`);
    if (after.consents !== undefined) lines.push(`  consents: ${inline(yesNo(after.consents))}`);
  }
  return `${lines.join('\n')}\n`;
}

function turnLines(turn: TranscriptTurn): string[] {
  const done = turn.do.map(doneText);
  return [
    `  - they: ${theyText(turn.they)}`,
    ...(done.length === 0 ? [] : [`    do: [${done.join(', ')}]`]),
    ...(turn.we.length === 0 ? [] : [`    we: [${turn.we.map(scalar).join(', ')}]`]),
  ];
}

function theyText(they: They): string {
  switch (they.type) {
    case 'text': {
      const { type: _, text, ...understood } = they;
      const isPlain = Object.keys(understood).length === 0;
      return isPlain ? scalar(text) : inline({ say: text, ...understood });
    }
    case 'choose': {
      const of = they.of === undefined ? {} : { of: they.of };
      return inline({ choose: they.values, ...of });
    }
    case 'skip':
      return '{ skip: true }';
    case 'open':
      return '{ open: true }';
    case 'share':
      return inline({ share: they.what });
    case 'send':
      return inline({ send: they.media });
    case 'after':
      return `{ after: ${formatSpan(they.ms)} }`;
    case 'start':
      return inline({ start: they.flow });
    default:
      return they satisfies never;
  }
}

function doneText({ action, returns, fails }: Done): string {
  if (fails === true) return `{ ${scalar(action)}: { fails: true } }`;
  return returns === undefined
    ? scalar(action)
    : `{ ${scalar(action)}: { returns: ${inline(returns)} } }`;
}

function yesNo(consents: { readonly [purpose: string]: boolean }): { [purpose: string]: Json } {
  return Object.fromEntries(
    Object.entries(consents).map(([purpose, given]) => [purpose, given ? 'yes' : 'no']),
  );
}

function inline(value: Json): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${scalar(key)}: ${inline(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Plain where YAML cannot take it for anything but a text, quoted elsewhere. */
function scalar(text: string): string {
  const plain = /^[\p{L}/_][\p{L}\p{N} ._/@’-]*$/u.test(text) && text === text.trim();
  const keyword = /^(?:true|false|null|~|[+-]?\.?(?:inf|nan))$/i.test(text);
  if (plain && !keyword) return text;
  // What JSON writes, YAML reads; single quotes know no escapes.
  return /^[^'"\\\p{C}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text);
}
