import type { Campaign } from '../engine/campaign.js';
import { checkNeutralWords } from '../engine/check/neutral.js';
import { instantOf, isTimezone } from '../engine/parse/instant.js';
import { openYaml } from '../engine/parse/open.js';
import {
  checkKeys,
  needKey,
  readChoice,
  readList,
  readMap,
  readNumber,
  readText,
} from '../engine/parse/read.js';
import { createReport, sortProblems, type Report } from '../engine/parse/report.js';
import { readTranslated } from '../engine/parse/translated.js';
import type { Problem } from '../engine/problem.js';
import type { SourceFile, YamlMap, YamlNode } from '../engine/yaml.js';
import { isSilentDuring } from './is-silent.js';
import { CHECK_IN_WAYS, MOST_PLACES, type ShiftDefinition, type ShiftPlace } from './shift.js';
import { isNeutralTask, SKILLS, TASKS } from './tasks.js';
import { say, type Sentence } from '../engine/sentence.js';

export type ShiftsReading = {
  /** Absent when there is any error. `leader` is an address, to be looked up. */
  readonly shifts?: readonly { readonly definition: ShiftDefinition; readonly leader?: string }[];
  readonly problems: readonly Problem[];
};

const KEYS = [
  'name',
  'title',
  'task',
  'place',
  'timezone',
  'starts',
  'ends',
  'capacity',
  'skills',
  'languages',
  'leader',
  'check_in',
];
const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/;
/** Buttons of Telegram show 64 characters, of which the day and the hour take about half. */
const LONGEST_TITLE = 34;
/** Nobody is there for longer; a mistyped year would be. */
const LONGEST_MS = 24 * 3_600_000;

/** Reads the file of one shift, or of a list of them: every mistake at once, with its place and cure. */
export function readShifts(file: SourceFile, campaign: Campaign): ShiftsReading {
  const report = createReport();
  const { root } = openYaml(file, report);
  if (root === undefined) {
    const top = { file: file.path, line: 1, column: 1 };
    report.error(
      top,
      'missing-key',
      say`the file says nothing; begin with \`name:\` and \`title:\``,
    );
  }
  const nodes = root === undefined ? [] : root.type === 'list' ? root.items : [root];
  const names = new Set<string>();
  const shifts = nodes.flatMap((node) => {
    const map = readMap(node, 'shift', report);
    if (map === undefined) return [];
    const shift = readShift(checkKeys(map, KEYS, say`a shift`, report), campaign, report);
    if (shift === undefined) return [];
    const { name } = shift.definition;
    if (names.has(name)) {
      const cure = say`give one another name`;
      report.error(node.place(), 'duplicate-id', say`two shifts are called "${name}"; ${cure}`);
    }
    names.add(name);
    return [shift];
  });
  const problems = sortProblems(report.problems);
  const isSound = !problems.some(({ severity }) => severity === 'error');
  return { problems, ...(isSound ? { shifts } : {}) };
}

function readShift(
  map: YamlMap,
  campaign: Campaign,
  report: Report,
): NonNullable<ShiftsReading['shifts']>[number] | undefined {
  const need = (key: string, cure: Sentence): YamlNode | undefined =>
    needKey(map, say`the shift`, key, cure, report);
  const name = readName(
    need('name', say`\`name: market-22-november\`, by which staff know it`),
    report,
  );
  const title = readTitle(map, need, campaign, report);
  const taskNode = need('task', say`\`task:\` with one of: ${TASKS.join(', ')}`);
  const task = taskNode === undefined ? undefined : readChoice(taskNode, 'task', TASKS, report);
  const place = readPlace(need('place', say`\`place: { name: …, lat: 48.1, lon: -1.7 }\``), report);
  const timezone = readZone(map.get('timezone'), campaign, report);
  const starts = readInstant(
    need('starts', say`\`starts: 2032-02-21T14:00\``),
    'starts',
    timezone,
    report,
  );
  const ends = readInstant(need('ends', say`\`ends: 2032-02-21T17:00\``), 'ends', timezone, report);
  const capacity = readCapacity(
    need('capacity', say`\`capacity: 10\`, how many can take part`),
    report,
  );
  const skills = readNames(map.get('skills'), 'skills', SKILLS, report);
  const languages = readLanguages(map.get('languages'), report);
  const ways = readNames(map.get('check_in'), 'check_in', CHECK_IN_WAYS, report);
  const leaderNode = map.get('leader');
  const leader =
    leaderNode === undefined ? undefined : readText(leaderNode, 'leader', report)?.text;
  if (starts !== undefined && ends !== undefined) checkSpan(map, starts, ends, report);
  if (task !== undefined && place !== undefined && starts !== undefined && ends !== undefined) {
    const isForbidden = !isNeutralTask(task) && isSilentDuring(campaign, { place, starts, ends });
    if (isForbidden) {
      report.error(
        map.get('starts')?.place() ?? map.place(),
        'neutral-content',
        say`"${task}" campaigns, which ${campaign.calendar.law} forbids at that time; choose another time, or a task of the vote itself: lifts, polls`,
      );
    }
  }
  if (
    name === undefined ||
    title === undefined ||
    task === undefined ||
    place === undefined ||
    timezone === undefined ||
    starts === undefined ||
    ends === undefined ||
    capacity === undefined
  ) {
    return undefined;
  }
  const definition: ShiftDefinition = {
    name,
    title,
    task,
    place,
    timezone,
    starts,
    ends,
    capacity,
    skills,
    languages,
    check_in: ways.length === 0 ? CHECK_IN_WAYS : ways,
  };
  return { definition, ...(leader === undefined ? {} : { leader }) };
}

function readName(node: YamlNode | undefined, report: Report): string | undefined {
  const written = node === undefined ? undefined : readText(node, 'name', report);
  if (written === undefined || NAME.test(written.text)) return written?.text;
  report.error(
    written.place,
    'invalid-name',
    say`"${written.text}" cannot be a name; write small letters, digits and dashes, such as market-22-november`,
  );
  return undefined;
}

function readTitle(
  map: YamlMap,
  need: (key: string, cure: Sentence) => YamlNode | undefined,
  campaign: Campaign,
  report: Report,
): ShiftDefinition['title'] | undefined {
  const example = campaign.languages.map((language) => `${language}: …`).join(', ');
  const node = need('title', say`\`title: { ${example} }\``);
  if (node === undefined) return undefined;
  const title = readTranslated(node, 'title', campaign.languages, report);
  const own = map.get('title');
  for (const entry of own?.type === 'map' ? own.entries : []) {
    if (entry.value.type !== 'scalar') continue;
    const { text } = entry.value;
    if (text.length > LONGEST_TITLE) {
      report.error(
        entry.value.place(),
        'label-too-long',
        say`it has ${text.length} characters, and stands on a button: shorten it to ${LONGEST_TITLE}`,
      );
    }
    // Reminders are sent during the election silence too.
    const words = { text, place: entry.value.place(), keyPlace: entry.keyPlace() };
    const cure = say`in the title of a shift, which neutral reminders repeat; take it away`;
    checkNeutralWords(new Map([[entry.key, words]]), campaign, cure, report);
  }
  return title;
}

function readPlace(node: YamlNode | undefined, report: Report): ShiftPlace | undefined {
  const written = node === undefined ? undefined : readMap(node, 'place', report);
  if (written === undefined) return undefined;
  const keys = ['name', 'address', 'postal_code', 'lat', 'lon'];
  const map = checkKeys(written, keys, say`"place"`, report);
  const text = (key: string): string | undefined => {
    const at = map.get(key);
    return at === undefined ? undefined : readText(at, key, report)?.text;
  };
  const nameNode = needKey(map, say`"place"`, 'name', say`\`name: Place du Lavoir\``, report);
  const name = nameNode === undefined ? undefined : readText(nameNode, 'name', report)?.text;
  const [address, code] = [text('address'), text('postal_code')];
  const lat = readDegrees(map, 'lat', 90, report);
  const lon = readDegrees(map, 'lon', 180, report);
  if (name === undefined || lat === undefined || lon === undefined) return undefined;
  return {
    name,
    address: address ?? '',
    ...(code === undefined ? {} : { postal_code: code }),
    lat,
    lon,
  };
}

function readDegrees(
  map: YamlMap,
  key: 'lat' | 'lon',
  most: number,
  report: Report,
): number | undefined {
  const cure = say`\`${key}:\` in degrees, as maps show it: people find the way by it, and are found near it`;
  const node = needKey(map, say`"place"`, key, cure, report);
  const degrees = node === undefined ? undefined : readNumber(node, key, report, { whole: false });
  if (node === undefined || degrees === undefined || Math.abs(degrees) <= most) return degrees;
  report.error(node.place(), 'wrong-type', say`"${key}" is between -${most} and ${most} degrees`);
  return undefined;
}

function readZone(
  node: YamlNode | undefined,
  { timezone }: Campaign,
  report: Report,
): string | undefined {
  const written = node === undefined ? undefined : readText(node, 'timezone', report);
  if (node === undefined) return timezone;
  if (written === undefined || isTimezone(written.text)) return written?.text;
  report.error(
    written.place,
    'wrong-type',
    say`"timezone" must be one of IANA’s, such as Europe/Paris`,
  );
  return undefined;
}

function readInstant(
  node: YamlNode | undefined,
  key: string,
  timezone: string | undefined,
  report: Report,
): Date | undefined {
  const written = node === undefined ? undefined : readText(node, key, report);
  if (written === undefined) return undefined;
  const [, date, time] = LOCAL.exec(written.text) ?? [];
  const at =
    date === undefined || time === undefined || timezone === undefined
      ? Number.NaN
      : instantOf(date, time, timezone);
  if (Number.isFinite(at)) return new Date(at);
  if (timezone !== undefined) {
    report.error(
      written.place,
      'wrong-type',
      say`"${key}" must be a day and a time on the shift’s own clock, such as 2032-02-21T14:00`,
    );
  }
  return undefined;
}

function readCapacity(node: YamlNode | undefined, report: Report): number | undefined {
  if (node === undefined) return undefined;
  const capacity = readNumber(node, 'capacity', report, { whole: true, from: 1 });
  if (capacity === undefined || capacity <= MOST_PLACES) return capacity;
  const cure = say`${MOST_PLACES} is the most; make several shifts`;
  report.error(node.place(), 'wrong-type', say`"capacity" is ${capacity}; ${cure}`);
  return undefined;
}

function readNames<const T extends string>(
  node: YamlNode | undefined,
  key: string,
  names: readonly T[],
  report: Report,
): readonly T[] {
  const list = node === undefined ? undefined : readList(node, key, report);
  const items = list?.items ?? [];
  return [...new Set(items.flatMap((item) => readChoice(item, key, names, report) ?? []))];
}

function readLanguages(node: YamlNode | undefined, report: Report): readonly string[] {
  const list = node === undefined ? undefined : readList(node, 'languages', report);
  return (list?.items ?? []).flatMap((item) => {
    const written = readText(item, 'languages', report);
    if (written === undefined || /^[a-z]{2,3}$/.test(written.text)) return written?.text ?? [];
    report.error(written.place, 'wrong-type', say`write languages by their tags, such as [fr, ar]`);
    return [];
  });
}

function checkSpan(map: YamlMap, starts: Date, ends: Date, report: Report): void {
  const ms = ends.getTime() - starts.getTime();
  if (ms > 0 && ms <= LONGEST_MS) return;
  const why = ms <= 0 ? say`it ends before it starts` : say`it lasts longer than a day`;
  report.error(
    map.get('ends')?.place() ?? map.place(),
    'wrong-type',
    say`${why}; correct \`ends:\``,
  );
}
