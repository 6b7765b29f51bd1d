import type { Campaign } from '../engine/campaign.js';
import { isDate } from '../engine/parse/instant.js';
import type { Problem } from '../engine/problem.js';
import { tellInstant } from '../engine/calendar/wall-clock.js';
import { readShifts } from './read-shifts.js';
import type { ShiftDraft } from './shift-draft.js';
import type { Shift, ShiftDefinition } from './shift.js';

/** One mistake, by the field of the form it is in: `title.fr`, `place.point`, `ends`. */
export type ShiftProblem = {
  readonly field: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
};

export type ShiftCheck = {
  /** Absent when there is any error. */
  readonly definition?: ShiftDefinition;
  readonly problems: readonly ShiftProblem[];
};

type Line = { readonly field: string; readonly text: string };

/** Checks what a form holds as its file would be checked; every mistake is told beside its field. */
export function checkShiftDraft(name: string, draft: ShiftDraft, campaign: Campaign): ShiftCheck {
  const missing = missingIn(draft, campaign);
  const lines = linesOf(name, draft, campaign);
  const text = lines.map((line) => `${line.text}\n`).join('');
  const { shifts = [], problems } = readShifts({ path: 'shift', text }, campaign);
  const told = problems.flatMap((problem) => {
    const field = lines[problem.line - 1]?.field ?? 'title';
    // What is missing altogether has been said beside its own field.
    const isSaid = missing.some((one) => one.field === field) || OF_WHOLE.includes(problem.code);
    return isSaid && missing.length > 0 ? [] : [tell(field, problem)];
  });
  const definition = missing.length === 0 ? shifts[0]?.definition : undefined;
  return {
    problems: [...missing, ...told],
    ...(definition === undefined ? {} : { definition }),
  };
}

/** A shift as a form shows it. */
export function draftOfShift(shift: Shift): ShiftDraft {
  const { title, task, place, timezone, starts, ends, capacity, skills, languages } = shift;
  return {
    title,
    task,
    place: {
      name: place.name,
      address: place.address,
      postalCode: place.postal_code ?? '',
      point: `${place.lat}, ${place.lon}`,
    },
    timezone,
    starts: tellInstant(starts.getTime(), timezone).slice(0, 16),
    ends: tellInstant(ends.getTime(), timezone).slice(0, 16),
    capacity,
    skills,
    languages,
    checkIn: shift.check_in,
    leader: shift.leader ?? '',
  };
}

/**
 * A name for a shift that has none yet, from its title and day: `tracts-au-marche-2032-02-21`; `again` tells
 * apart those that would have the same.
 */
export function nameShift({ title, starts }: ShiftDraft, campaign: Campaign, again = 1): string {
  const [first = ''] = campaign.languages;
  const words = (title[first] ?? Object.values(title)[0] ?? '')
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MOST_SIGNS)
    .replace(/-+$/, '');
  const parts = [words, starts.slice(0, 10), again === 1 ? '' : String(again)];
  return parts.filter((part) => part !== '').join('-') || 'shift';
}

/** Of a name's 60 signs, what the day and a number leave. */
const MOST_SIGNS = 40;
/** Codes of problems that are about the whole file. */
const OF_WHOLE = ['missing-key', 'missing-translation'];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
const POINT = /^\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*$/;

function missingIn(draft: ShiftDraft, { languages }: Campaign): readonly ShiftProblem[] {
  const isEmpty = (text = ''): boolean => text.trim() === '';
  const fields = [
    ...languages
      .filter((language) => isEmpty(draft.title[language]))
      .map((language) => `title.${language}`),
    ...(isEmpty(draft.place.name) ? ['place.name'] : []),
    ...(isEmpty(draft.place.point) ? ['place.point'] : []),
    ...(isWhole(draft.starts) ? [] : ['starts']),
    ...(isWhole(draft.ends) ? [] : ['ends']),
  ];
  const missing = fields.map((field): ShiftProblem => ({
    field,
    severity: 'error',
    code: 'missing',
    message: 'This is still missing.',
  }));
  const isUnread = !isEmpty(draft.place.point) && pointOf(draft.place.point) === undefined;
  return isUnread
    ? [
        ...missing,
        {
          field: 'place.point',
          severity: 'error',
          code: 'no-point',
          message: 'Write both degrees as a map shows them, such as 48.1113, -1.68.',
        },
      ]
    : missing;
}

function isWhole(instant: string): boolean {
  return INSTANT.test(instant) && isDate(instant.slice(0, 10));
}

/** Latitude and longitude, however a map writes them. */
function pointOf(text: string): readonly [lat: string, lon: string] | undefined {
  const [, lat, lon] = POINT.exec(text) ?? [];
  if (lat === undefined || lon === undefined) return undefined;
  return [lat.replace(',', '.'), lon.replace(',', '.')];
}

function linesOf(name: string, draft: ShiftDraft, { languages }: Campaign): readonly Line[] {
  const { place } = draft;
  const line = (field: string, text: string): Line => ({ field, text });
  const said = (field: string, key: string, value: string): readonly Line[] =>
    value.trim() === '' ? [] : [line(field, `${key}: ${quoted(value)}`)];
  const list = (key: string, values: readonly string[]): string =>
    `${key}: [${values.map(quoted).join(', ')}]`;
  const [lat, lon] = pointOf(place.point) ?? [];
  return [
    line('title', `name: ${quoted(name)}`),
    line('title', 'title:'),
    ...languages.map((language) =>
      line(`title.${language}`, `  ${language}: ${quoted(draft.title[language] ?? '')}`),
    ),
    line('task', `task: ${quoted(draft.task)}`),
    line('place.name', 'place:'),
    ...said('place.name', '  name', place.name),
    ...said('place.address', '  address', place.address),
    ...said('place.postalCode', '  postal_code', place.postalCode),
    ...(lat === undefined ? [] : [line('place.point', `  lat: ${lat}`)]),
    ...(lon === undefined ? [] : [line('place.point', `  lon: ${lon}`)]),
    ...said('timezone', 'timezone', draft.timezone),
    ...(isWhole(draft.starts) ? said('starts', 'starts', draft.starts) : []),
    ...(isWhole(draft.ends) ? said('ends', 'ends', draft.ends) : []),
    line('capacity', `capacity: ${draft.capacity}`),
    line('skills', list('skills', draft.skills)),
    line('languages', list('languages', draft.languages)),
    line('checkIn', list('check_in', draft.checkIn)),
  ];
}

/** A text between double quotes, on one line: JSON's are YAML's too. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function tell(field: string, { severity, code, message }: Problem): ShiftProblem {
  return { field, severity, code, message };
}
