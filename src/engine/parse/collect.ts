import { ANSWER_TYPES, PURPOSES, type AnswerType, type Purpose } from '../flow.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import type { DraftCollect } from './draft.js';
import { CEL_WORDS, PHRASE_ARGUMENTS, CONSENT_CHANNELS } from './names.js';
import { readTarget } from './next.js';
import {
  checkKeys,
  readChoice,
  readFlag,
  readList,
  readMap,
  readName,
  readNumber,
  readSpan,
  readText,
  type Written,
} from './read.js';
import type { Report } from './report.js';
import { didYouMean, nearest } from './suggest.js';
import { say } from '../sentence.js';

/** What a question has beside what every step has. */
export type CollectPart = Omit<
  DraftCollect,
  'type' | 'id' | 'place' | 'namePlace' | 'valuePlace' | 'next' | 'checkpoint'
>;

/** Reads the keys of a `collect` step. */
export function readCollect(map: YamlMap, name: Written, report: Report): CollectPart {
  const on = <T>(key: string, read: (node: YamlNode) => T | undefined): T | undefined => {
    const node = map.get(key);
    return node === undefined ? undefined : read(node);
  };
  const answer = readAnswerType(map, name, report);
  const options = on('options', (node) => readOptions(node, report));
  const optionsFrom = on('options_from', (node) => readText(node, 'options_from', report));
  checkOptions(map, answer, name, report);
  const isText = answer === 'text' || answer === 'name';
  const isValue = answer === 'number' || answer === 'amount';
  const bound = { whole: !isValue, ...(answer === 'number' ? {} : { from: 0 }) };
  const min = on('min', (node) => readNumber(node, 'min', report, bound));
  const max = on('max', (node) => readNumber(node, 'max', report, bound));
  const bounded = isText || isValue || answer === 'choices' || answer === undefined;
  for (const key of ['min', 'max']) {
    const entry = map.entry(key);
    if (entry !== undefined && !bounded) {
      report.error(
        entry.keyPlace(),
        'unknown-key',
        say`"${key}" means nothing for ${answer}; take it away (it bounds choices, numbers, amounts and texts)`,
      );
    }
  }
  if (answer === 'amount') checkSuggestions(options ?? [], min, max, report);
  const maxPlace = map.get('max')?.place();
  if (min !== undefined && max !== undefined && min > max && maxPlace !== undefined) {
    report.error(maxPlace, 'wrong-type', say`"max" (${max}) must not be below "min" (${min})`);
  }
  const minPlace = map.get('min')?.place();
  if (
    options !== undefined &&
    answer !== 'amount' &&
    min !== undefined &&
    min > options.length &&
    minPlace !== undefined
  ) {
    report.error(
      minPlace,
      'wrong-type',
      say`"min" asks for ${min} choices of ${options.length}; lower it or add options`,
    );
  }
  const giveUp = on('give_up', (node) => readTarget(node, 'give_up', report));
  const attempts = on('attempts', (node) =>
    readNumber(node, 'attempts', report, { whole: true, from: 1 }),
  );
  const giveUpEntry = map.entry('give_up');
  if (giveUpEntry !== undefined && map.get('attempts') === undefined) {
    report.error(
      giveUpEntry.keyPlace(),
      'missing-key',
      say`"give_up" is never used without "attempts"; add \`attempts: 3\``,
    );
  }
  const into = on('into', (node) => readText(node, 'into', report));
  const consent = on('consent', (node) => readConsent(node, answer, report));
  const remindInMs = on('remind_in', (node) => readSpan(node, 'remind_in', report));
  const expireInMs = on('expire_in', (node) => readSpan(node, 'expire_in', report));
  const part: { -readonly [Key in keyof CollectPart]: CollectPart[Key] } = {
    name: name.text,
    answer,
    optional: on('optional', (node) => readFlag(node, 'optional', report) ?? true) ?? false,
  };
  if (on('passing', (node) => readFlag(node, 'passing', report)) === true) part.passing = true;
  if (on('or_text', (node) => readFlag(node, 'or_text', report)) === true) part.orText = true;
  const orText = map.entry('or_text');
  if (orText !== undefined && answer !== undefined && answer !== 'choice') {
    report.error(
      orText.keyPlace(),
      'unknown-key',
      say`"or_text" means nothing for ${answer}; take it away (it lets a choice take other words as well)`,
    );
  }
  if (options !== undefined) part.options = options;
  if (optionsFrom !== undefined) part.optionsFrom = optionsFrom;
  if (into !== undefined) part.into = into;
  if (min !== undefined) part.min = min;
  if (max !== undefined) part.max = max;
  if (attempts !== undefined) part.attempts = attempts;
  if (giveUp !== undefined) part.giveUp = giveUp;
  if (consent !== undefined) part.consent = consent;
  if (remindInMs !== undefined) part.remindInMs = remindInMs;
  if (expireInMs !== undefined) part.expireInMs = expireInMs;
  return part;
}

/** Reads the name of an answer, which must not clash with what conditions and words already name. */
export function readAnswerName(node: YamlNode, key: string, report: Report): Written | undefined {
  const name = readName(node, key, report);
  if (name === undefined) return undefined;
  const taken: readonly string[] = [...PHRASE_ARGUMENTS, ...CEL_WORDS];
  if (!taken.includes(name.text)) return name;
  report.error(
    name.place,
    'reserved-name',
    say`an answer cannot be called "${name.text}", which means something else in words or conditions; choose another name`,
  );
  return undefined;
}

function readAnswerType(map: YamlMap, name: Written, report: Report): AnswerType | undefined {
  const node = map.get('type');
  if (node === undefined) {
    report.error(
      name.place,
      'missing-key',
      say`"${name.text}" does not say what it asks for; add \`type:\` with one of: ${ANSWER_TYPES.join(', ')}`,
    );
    return undefined;
  }
  const written = readText(node, 'type', report);
  if (written === undefined) return undefined;
  const known = ANSWER_TYPES.find((type) => type === written.text);
  if (known !== undefined) return known;
  report.error(
    written.place,
    'unknown-type',
    say`there is no type of answer "${written.text}"; ${didYouMean(written.text, ANSWER_TYPES)}`,
  );
  const near = nearest(written.text, ANSWER_TYPES);
  return ANSWER_TYPES.find((type) => type === near);
}

function readOptions(node: YamlNode, report: Report): readonly Written[] | undefined {
  const list = readList(node, 'options', report);
  if (list === undefined) return undefined;
  const options: Written[] = [];
  for (const item of list.items) {
    if (item.type === 'map') {
      report.error(
        item.place(),
        'wrong-type',
        say`an option is only its name here; its label goes in the words, under \`options:\``,
      );
      continue;
    }
    const option = readText(item, 'options', report);
    if (option === undefined) continue;
    if (!/^[A-Za-z0-9_-]+$/.test(option.text)) {
      report.error(
        option.place,
        'invalid-name',
        say`"${option.text}" cannot be an option's name; write letters, digits, - and _ only (its label goes in the words)`,
      );
    } else if (options.some((other) => other.text === option.text)) {
      report.error(
        option.place,
        'duplicate-id',
        say`option "${option.text}" is there twice; keep one`,
      );
    } else options.push(option);
  }
  return options;
}

function checkOptions(
  map: YamlMap,
  answer: AnswerType | undefined,
  name: Written,
  report: Report,
): void {
  const fixed = map.entry('options');
  const from = map.entry('options_from');
  const choosing = answer === 'choice' || answer === 'choices';
  if (choosing && fixed === undefined && from === undefined) {
    report.error(
      name.place,
      'missing-key',
      say`"${name.text}" has no options to choose from; add \`options: [one, two]\``,
    );
  }
  if (fixed !== undefined && from !== undefined) {
    report.error(from.keyPlace(), 'unknown-key', say`keep "options" or "options_from", not both`);
  }
  if (fixed?.value.type === 'list' && fixed.value.items.length === 0) {
    report.error(
      fixed.value.place(),
      'wrong-type',
      say`"options" is empty; name at least one option`,
    );
  }
  if (answer === undefined || choosing) return;
  // Those of an amount are suggestions.
  if (answer === 'amount') return;
  for (const entry of [fixed, from]) {
    if (entry === undefined) continue;
    report.error(
      entry.keyPlace(),
      'unknown-key',
      say`"${entry.key}" goes with \`type: choice\` or \`type: choices\`; ${answer} has none`,
    );
  }
}

/** The options of an amount are whole euros or dollars that the question itself takes. */
function checkSuggestions(
  options: readonly Written[],
  min = 0,
  max = Infinity,
  report: Report,
): void {
  for (const { text, place } of options) {
    const amount = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
    if (amount === undefined) {
      report.error(
        place,
        'wrong-type',
        say`"${text}" is no amount to suggest; write a whole number, such as 20`,
      );
    } else if (amount < min || amount > max) {
      const bound = amount < min ? say`below "min" (${min})` : say`over "max" (${max})`;
      report.error(
        place,
        'wrong-type',
        say`${text} is suggested, and it is ${bound}; change one of them`,
      );
    }
  }
}

function readConsent(
  node: YamlNode,
  answer: AnswerType | undefined,
  report: Report,
): { purpose: Purpose; channel?: string } | undefined {
  const written = readMap(node, 'consent', report);
  if (written === undefined) return undefined;
  if (answer !== undefined && answer !== 'yes_no') {
    report.error(
      node.place(),
      'wrong-type',
      say`a consent is a yes or a no, and this asks for "${answer}"; use \`type: yes_no\``,
    );
  }
  const map = checkKeys(written, ['purpose', 'channel'], say`"consent"`, report);
  const purposeNode = map.get('purpose');
  if (purposeNode === undefined) {
    report.error(
      node.place(),
      'missing-key',
      say`"consent" has no "purpose"; add one of: ${PURPOSES.join(', ')}`,
    );
    return undefined;
  }
  const purpose = readChoice(purposeNode, 'purpose', PURPOSES, report);
  const channelNode = map.get('channel');
  const channel =
    channelNode === undefined
      ? undefined
      : readChoice(channelNode, 'channel', CONSENT_CHANNELS, report);
  if (purpose === undefined) return undefined;
  return { purpose, ...(channel === undefined ? {} : { channel }) };
}
