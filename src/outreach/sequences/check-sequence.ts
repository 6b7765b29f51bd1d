import type { Campaign } from '../../engine/campaign.js';
import {
  fieldAt,
  missingField,
  quoted,
  tellProblem,
  type DraftLine,
  type DraftProblem,
} from '../messages/check-draft.js';
import type { MessageContext } from '../messages/read-matter.js';
import { readSequence } from './read-sequence.js';
import type {
  AfterDraft,
  SequenceDraft,
  SequenceStartDraft,
  SequenceStepDraft,
} from './sequence-draft.js';
import type { After, SequenceDefinition, SequenceStart, SequenceStep } from './sequence.js';

export type SequenceCheck = {
  /** Absent when there is any error. */
  readonly sequence?: SequenceDefinition;
  /** Each by its field: `name`, `start`, `steps.0.words.fr`. */
  readonly problems: readonly DraftProblem[];
};

const UNITS = { minutes: 'm', hours: 'h', days: 'd' } as const;
const MINUTE_MS = 60_000;

/** Checks what a form holds as its file would be checked; every mistake is told by its field. */
export function checkSequence(draft: SequenceDraft, context: MessageContext): SequenceCheck {
  const missing = missingIn(draft, context.campaign).map(missingField);
  const lines = linesOf(draft, context.campaign);
  const text = lines.map((line) => `${line.text}\n`).join('');
  const { sequence, problems } = readSequence({ path: 'sequence', text }, context);
  const told = problems.flatMap((problem) => {
    const field = fieldAt(problem, lines);
    // What is missing altogether has been said beside its own field.
    const isSaid = missing.some((one) => one.field === field || one.field.startsWith(`${field}.`));
    return isSaid ? [] : [tellProblem(field, problem)];
  });
  const isSound = sequence !== undefined && missing.length === 0;
  return { problems: [...missing, ...told], ...(isSound ? { sequence } : {}) };
}

/** A sequence as a form shows it. */
export function sequenceDraftOf({ name, start, leave, steps }: SequenceDefinition): SequenceDraft {
  return {
    name,
    start: startOf(start),
    leave: { answered: leave.answered === true, segment: leave.segment ?? '' },
    steps: steps.map(stepOf),
  };
}

function missingIn(draft: SequenceDraft, { languages }: Campaign): readonly string[] {
  const { name, start, steps } = draft;
  const isVague =
    (start.type !== 'donation' && start.type !== 'field' && start.value.trim() === '') ||
    (start.type === 'field' && start.field.trim() === '');
  return [
    ...(name.trim() === '' ? ['name'] : []),
    ...(isVague ? ['start'] : []),
    ...(steps.length === 0 ? ['steps'] : []),
    ...steps.flatMap((step, index) =>
      missingInStep(step, languages).map((field) => `steps.${index}.${field}`),
    ),
  ];
}

function missingInStep(step: SequenceStepDraft, languages: readonly string[]): readonly string[] {
  const { says, flow, words, channels, after } = step;
  const isSilent = (language: string): boolean => (words[language] ?? '').trim() === '';
  return [
    ...(after.type === 'day' && after.time === '' ? ['after'] : []),
    ...(says === 'flow'
      ? flow === ''
        ? ['flow']
        : []
      : languages.filter(isSilent).map((language) => `words.${language}`)),
    ...(channels.length === 0 ? ['channels'] : []),
  ];
}

function linesOf(draft: SequenceDraft, { languages }: Campaign): readonly DraftLine[] {
  const line = (field: string, text: string): DraftLine => ({ field, text });
  const { answered, segment } = draft.leave;
  const leave = [
    ...(answered ? ['answered: true'] : []),
    ...(segment === '' ? [] : [`segment: ${quoted(segment)}`]),
  ];
  return [
    line('name', `name: ${quoted(draft.name)}`),
    line('start', `start: ${writeStart(draft.start)}`),
    ...(leave.length === 0 ? [] : [line('leave', `leave: { ${leave.join(', ')} }`)]),
    line('steps', draft.steps.length === 0 ? 'steps: []' : 'steps:'),
    ...draft.steps.flatMap((step, index) => linesOfStep(step, `steps.${index}`, languages)),
  ];
}

function linesOfStep(
  step: SequenceStepDraft,
  at: string,
  languages: readonly string[],
): readonly DraftLine[] {
  const line = (field: string, text: string): DraftLine => ({ field: `${at}.${field}`, text });
  const { cap, says } = step;
  return [
    line('after', `  - after: ${writeAfter(step.after)}`),
    line('purpose', `    purpose: ${quoted(step.purpose)}`),
    line('content', `    content: ${step.content}`),
    ...(says === 'flow'
      ? [line('flow', `    flow: ${quoted(step.flow)}`)]
      : [
          line('words', '    words:'),
          ...languages.map((language) =>
            line(`words.${language}`, `      ${language}: ${quoted(step.words[language] ?? '')}`),
          ),
        ]),
    line('channels', `    channels: [${step.channels.map(quoted).join(', ')}]`),
    ...(step.skips ? [line('mode', '    mode: skip')] : []),
    ...(step.urgent ? [line('urgent', '    urgent: true')] : []),
    ...(cap === 'usual'
      ? []
      : [
          line(
            'cap',
            cap === 'none'
              ? '    frequency_cap: none'
              : `    frequency_cap: { messages: ${cap.messages}, days: ${cap.days} }`,
          ),
        ]),
  ];
}

function writeStart(start: SequenceStartDraft): string {
  switch (start.type) {
    case 'silent':
      return `{ silent_days: ${/^\d+$/.test(start.value) ? start.value : quoted(start.value)} }`;
    case 'donation':
      return '{ donation: any }';
    case 'field': {
      const value = start.value.trim();
      const isPlain = /^(true|false|-?\d+(\.\d+)?)$/.test(value);
      const written = value === '' ? '' : `, value: ${isPlain ? value : quoted(value)}`;
      return `{ field: ${quoted(start.field.trim())}${written} }`;
    }
    case 'consent':
    case 'tag':
    case 'signup':
      return `{ ${start.type}: ${quoted(start.value.trim())} }`;
    default:
      return start satisfies never;
  }
}

function writeAfter(after: AfterDraft): string {
  if (after.type === 'day') return `{ days: ${after.days}, time: ${quoted(after.time)} }`;
  return `${after.count}${UNITS[after.unit]}`;
}

function startOf(start: SequenceStart): SequenceStartDraft {
  switch (start.type) {
    case 'consent':
      return { type: 'consent', value: start.purpose };
    case 'tag':
      return { type: 'tag', value: start.tag };
    case 'signup':
      return { type: 'signup', value: start.state };
    case 'silent':
      return { type: 'silent', value: `${start.days}` };
    case 'donation':
      return { type: 'donation' };
    case 'field': {
      const { field, value } = start;
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return { type: 'field', field, value: value === undefined ? '' : text };
    }
    default:
      return start satisfies never;
  }
}

function stepOf(step: SequenceStep): SequenceStepDraft {
  const { after, purpose, content, says, mode, channels, urgent, frequencyCap } = step;
  return {
    after: after.type === 'day' ? after : spanOf(after),
    purpose,
    content,
    says: says.type,
    words: says.type === 'words' ? says.words : {},
    flow: says.type === 'flow' ? says.flow : '',
    skips: mode === 'skip',
    channels,
    urgent: urgent === true,
    cap: frequencyCap ?? 'usual',
  };
}

/** A span in the largest unit that tells it whole. */
function spanOf({ ms }: Extract<After, { type: 'span' }>): AfterDraft {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  if (minutes % 1_440 === 0) return { type: 'span', count: minutes / 1_440, unit: 'days' };
  if (minutes % 60 === 0) return { type: 'span', count: minutes / 60, unit: 'hours' };
  return { type: 'span', count: minutes, unit: 'minutes' };
}
