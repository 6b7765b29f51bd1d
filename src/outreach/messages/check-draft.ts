import type { Campaign } from '../../engine/campaign.js';
import { instantOf, isDate } from '../../engine/parse/instant.js';
import type { Problem } from '../../engine/problem.js';
import type { DraftTime, MessageDraft } from './message-draft.js';
import type { MessageDefinition, MessageTime } from './message.js';
import type { MessageContext } from './read-matter.js';
import { readMessage } from './read-message.js';

/** One mistake, by the field of the form it is in: `name`, `words.fr`, `channels`. */
export type DraftProblem = {
  readonly field: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
};

export type DraftCheck = {
  /** Absent when there is any error. */
  readonly message?: MessageDefinition;
  readonly problems: readonly DraftProblem[];
};

/** One line of the file that a draft would be, and the field it comes from. */
export type DraftLine = { readonly field: string; readonly text: string };

/** Checks what a form holds as its file would be checked; every mistake is told beside its field. */
export function checkDraft(draft: MessageDraft, context: MessageContext): DraftCheck {
  const missing = missingIn(draft, context.campaign);
  const lines = linesOf(draft, context.campaign);
  const text = lines.map((line) => `${line.text}\n`).join('');
  const { message, problems } = readMessage({ path: 'message', text }, context);
  const told = problems.flatMap((problem) => {
    const field = fieldAt(problem, lines);
    // What is missing altogether has been said beside its own field.
    const isSaid = missing.some((one) => one.field === field) || OF_WHOLE.includes(problem.code);
    return isSaid && missing.length > 0 ? [] : [tellProblem(field, problem)];
  });
  const all = [...missing, ...told];
  const isSound = message !== undefined && missing.length === 0;
  return { problems: all, ...(isSound ? { message } : {}) };
}

/** A message as a form shows it. */
export function draftOf(definition: MessageDefinition, { timezone }: Campaign): MessageDraft {
  const { name, purpose, content, segment, says, at, channels, expires, urgent } = definition;
  return {
    name,
    purpose,
    content,
    segment: segment ?? '',
    says: says.type,
    words: says.type === 'words' ? says.words : {},
    flow: says.type === 'flow' ? says.flow : '',
    at: timeOf(at, timezone),
    ...(expires === undefined ? {} : { expires: timeOf(expires, timezone) }),
    channels,
    urgent: urgent === true,
    cap: definition.frequencyCap ?? 'usual',
  };
}

/** Codes of problems that are about the whole file. */
const OF_WHOLE = ['missing-key', 'missing-translation'];

function missingIn(draft: MessageDraft, { languages }: Campaign): readonly DraftProblem[] {
  const fields = [
    ...(draft.name.trim() === '' ? ['name'] : []),
    ...(draft.says === 'flow'
      ? draft.flow === ''
        ? ['flow']
        : []
      : languages
          .filter((language) => (draft.words[language] ?? '').trim() === '')
          .map((language) => `words.${language}`)),
    ...(isWhole(draft.at) ? [] : ['at']),
    ...(draft.expires === undefined || isWhole(draft.expires) ? [] : ['expires']),
    ...(draft.channels.length === 0 ? ['channels'] : []),
  ];
  return fields.map(missingField);
}

/** Tells that a field has nothing in it yet. */
export function missingField(field: string): DraftProblem {
  return { field, severity: 'error', code: 'missing', message: 'This is still missing.' };
}

/** Whether a time says all that it has to. */
export function isWhole(time: DraftTime): boolean {
  if (time.type === 'before') return /^\d\d:\d\d$/.test(time.time);
  return isDate(time.at.slice(0, 10)) && /^.{10}T\d\d:\d\d$/.test(time.at);
}

function linesOf(draft: MessageDraft, campaign: Campaign): readonly DraftLine[] {
  const line = (field: string, text: string): DraftLine => ({ field, text });
  const { segment, cap, expires } = draft;
  return [
    line('name', `name: ${quoted(draft.name)}`),
    line('purpose', `purpose: ${quoted(draft.purpose)}`),
    line('content', `content: ${draft.content}`),
    ...(segment === '' ? [] : [line('segment', `segment: ${quoted(segment)}`)]),
    ...(draft.says === 'flow'
      ? [line('flow', `flow: ${quoted(draft.flow)}`)]
      : [
          line('words', 'words:'),
          ...campaign.languages.map((language) =>
            line(`words.${language}`, `  ${language}: ${quoted(draft.words[language] ?? '')}`),
          ),
        ]),
    ...(isWhole(draft.at) ? [line('at', `at: ${writeTime(draft.at, campaign)}`)] : []),
    ...(expires === undefined || !isWhole(expires)
      ? []
      : [line('expires', `expires: ${writeTime(expires, campaign)}`)]),
    line('channels', `channels: [${draft.channels.map(quoted).join(', ')}]`),
    ...(draft.urgent ? [line('urgent', 'urgent: true')] : []),
    ...(cap === 'usual'
      ? []
      : [
          line(
            'cap',
            cap === 'none'
              ? 'frequency_cap: none'
              : `frequency_cap: { messages: ${cap.messages}, days: ${cap.days} }`,
          ),
        ]),
  ];
}

/** A time as a file has it. */
export function writeTime(time: DraftTime, { timezone }: Campaign): string {
  if (time.type === 'before') {
    const round = time.round === 2 ? ', round: 2' : '';
    return `{ days_before: ${time.days}, time: ${quoted(time.time)}${round} }`;
  }
  return new Date(instantOf(time.at.slice(0, 10), time.at.slice(11), timezone)).toISOString();
}

/** A time as a form shows it. */
export function timeOf(time: MessageTime, timezone: string): DraftTime {
  if (time.type === 'before') return time;
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return { type: 'instant', at: clock.format(time.at).replace(' ', 'T') };
}

/** A text between double quotes, on one line: JSON's are YAML's too. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The field that a problem is in, by its line. */
export function fieldAt({ line }: Problem, lines: readonly DraftLine[]): string {
  return lines[line - 1]?.field ?? 'name';
}

/** A problem of a file, by its field. */
export function tellProblem(field: string, { severity, code, message }: Problem): DraftProblem {
  return { field, severity, code, message };
}
