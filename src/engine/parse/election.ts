import type { Election } from '../campaign.js';
import {
  TERRITORIES,
  type CalendarFacts,
  type Country,
  type SilenceRule,
} from '../calendar/make-calendar.js';
import type { QuietHours } from '../calendar/calendar.js';
import type { YamlNode } from '../yaml.js';
import { instantOf, isDate } from './instant.js';
import { refuseDay } from './refuse-day.js';
import { checkKeys, readChoice, readList, readMap, readText } from './read.js';
import { readTranslated } from './translated.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** What `campaign.yaml` says of the election: as pages and words name it, and as the calendar counts it. */
export type ReadElection = {
  readonly election: Election;
  readonly dates: NonNullable<CalendarFacts['election']>;
};

const KEYS = [
  'name',
  'date',
  'second_round',
  'opens',
  'closes',
  'territories',
  'saturday',
  'silence',
];

/** Reads `election:` of `campaign.yaml`. */
export function readElection(
  node: YamlNode,
  {
    languages,
    timezone,
    country,
  }: { languages: readonly string[]; timezone: string; country: Country },
  report: Report,
): ReadElection | undefined {
  const written = readMap(node, 'election', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, KEYS, say`"election"`, report);
  const nameNode = map.get('name');
  const dateNode = map.get('date');
  if (nameNode === undefined || dateNode === undefined) {
    const missing = nameNode === undefined ? 'name' : 'date';
    report.error(
      map.place(),
      'missing-key',
      say`"election" has no "${missing}"; add \`${missing}:\``,
    );
  }
  const name =
    nameNode === undefined ? undefined : readTranslated(nameNode, 'name', languages, report);
  const date = dateNode === undefined ? undefined : readDay(dateNode, 'date', report);
  const opens = readTime(map.get('opens'), 'opens', report) ?? '08:00';
  const closes = readTime(map.get('closes'), 'closes', report) ?? '20:00';
  const secondNode = map.get('second_round');
  const second = secondNode === undefined ? undefined : readDay(secondNode, 'second_round', report);
  if (second !== undefined && secondNode !== undefined && date !== undefined && second <= date) {
    report.error(
      secondNode.place(),
      'wrong-type',
      say`the second round, ${second}, is not after the first, ${date}; write a later day`,
    );
  }
  const territories = readTerritories(map.get('territories'), 'territories', country, report);
  const saturday = readTerritories(map.get('saturday'), 'saturday', country, report);
  const silence = readSilence(map.get('silence'), report);
  if (date === undefined) return undefined;
  const dates = second === undefined || second <= date ? [date] : [date, second];
  return {
    election: {
      name: name ?? {},
      date,
      ...(dates[1] === undefined ? {} : { secondRound: dates[1] }),
      opens: instantOf(date, opens, timezone),
      closes: instantOf(date, closes, timezone),
    },
    dates: {
      dates,
      opens,
      closes,
      ...(territories === undefined ? {} : { territories }),
      ...(saturday === undefined ? {} : { saturday }),
      ...(silence === undefined ? {} : { silence }),
    },
  };
}

/** Reads `quiet_hours:` of `campaign.yaml`: `none`, or from when until when. */
export function readQuietHours(node: YamlNode, report: Report): QuietHours | 'none' | undefined {
  if (node.type === 'scalar' && node.text === 'none') return 'none';
  const written = readMap(node, 'quiet_hours', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['from', 'to'], say`"quiet_hours"`, report);
  const from = readTime(map.get('from'), 'from', report);
  const to = readTime(map.get('to'), 'to', report);
  if (from !== undefined && to !== undefined && from !== to) return { from, to };
  report.error(
    map.place(),
    'missing-key',
    say`"quiet_hours" must be \`none\`, or say \`from:\` and \`to:\` with two times, such as "21:00" and "08:00"`,
  );
  return undefined;
}

/** Reads a time of day, `HH:MM`. */
export function readTime(
  node: YamlNode | undefined,
  key: string,
  report: Report,
): string | undefined {
  const written = node === undefined ? undefined : readText(node, key, report);
  if (written === undefined) return undefined;
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(written.text)) return written.text;
  report.error(written.place, 'wrong-type', say`"${key}" must be a time such as "08:00"`);
  return undefined;
}

/** Reads a day, `YYYY-MM-DD`. */
export function readDay(node: YamlNode, key: string, report: Report): string | undefined {
  const written = readText(node, key, report);
  if (written === undefined) return undefined;
  if (isDate(written.text)) return written.text;
  refuseDay(written, key, '2032-03-14', report);
  return undefined;
}

/** Reads names of territories, or `all` of a country. */
function readTerritories(
  node: YamlNode | undefined,
  key: string,
  country: Country,
  report: Report,
): readonly string[] | undefined {
  if (node === undefined) return undefined;
  const known = Object.keys(TERRITORIES[country]);
  if (known.length === 0) {
    report.error(
      node.place(),
      'unknown-key',
      say`"${key}" is for a country whose territories are known; set \`country:\` to fr or us, or take it away`,
    );
    return undefined;
  }
  if (node.type === 'scalar' && node.text === 'all') return known;
  return readList(node, key, report)?.items.flatMap(
    (item) => readChoice(item, key, known, report) ?? [],
  );
}

function readSilence(node: YamlNode | undefined, report: Report): SilenceRule | 'none' | undefined {
  if (node === undefined) return undefined;
  if (node.type === 'scalar' && node.text === 'none') return 'none';
  const written = readMap(node, 'silence', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['days_before', 'ends', 'reminders'], say`"silence"`, report);
  const daysNode = map.get('days_before');
  const days = daysNode === undefined ? undefined : readText(daysNode, 'days_before', report);
  if (days !== undefined && !/^\d{1,2}$/.test(days.text)) {
    report.error(days.place, 'wrong-type', say`"days_before" must be a number of days such as 1`);
  }
  const endsNode = map.get('ends');
  const remindersNode = map.get('reminders');
  return {
    daysBefore: days === undefined || !/^\d{1,2}$/.test(days.text) ? 1 : Number(days.text),
    ends:
      (endsNode === undefined
        ? undefined
        : readChoice(endsNode, 'ends', ['closing', 'midnight'], report)) ?? 'midnight',
    reminders:
      (remindersNode === undefined
        ? undefined
        : readChoice(remindersNode, 'reminders', ['neutral', 'none'], report)) ?? 'neutral',
  };
}
