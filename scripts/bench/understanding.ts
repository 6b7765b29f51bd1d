// How well and how fast texts are understood, beside natural's Bayes classifier in the same run: the sample campaign,
// 150 kinds of things told apart by 15,000 definitions, and a data set of your own in the format of intents.yaml.
//   node --import tsx scripts/bench/understanding.ts [--json] [--language en --intents FILE --texts FILE]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import porterFr from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import { NONE, type Groups } from '../../src/engine/lesson.js';
import { readSpeech } from '../../src/engine/speech.js';
import { createClassify } from '../../src/understanding/classify.js';
import { createDetectLanguage } from '../../src/understanding/detect-language.js';
import { learn } from '../../src/understanding/learn.js';
import { modelToBytes } from '../../src/understanding/model-bytes.js';
import type { Model } from '../../src/understanding/model.js';
import { wordnetGlosses } from './understanding/wordnet-glosses.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    language: { type: 'string', default: 'en' },
    intents: { type: 'string' },
    texts: { type: 'string' },
  },
});

const ROOT = join(__dirname, '..', '..');

/** What a data set and a classifier came to; shares of the texts in percent, times of CPU. */
type Row = {
  readonly data: string;
  readonly by: 'portevoix' | 'natural Bayes';
  readonly trainSeconds: number;
  readonly right: number;
  /** Taken for another intent than the right one, and not held back. */
  readonly wrong: number;
  /** Right, had nothing been held back. */
  readonly nearest: number;
  readonly microseconds: number;
  readonly megabytes?: number;
};

/** What a classifier makes of a text: the nearest, and what it is sure of. */
type Read = (text: string) => { readonly nearest: string | undefined; readonly sure: boolean };

function main(): void {
  const rows: Row[] = [];
  const models: Model[] = [];
  const add = (row: Row): void => {
    rows.push(row);
    process.stdout.write(values.json ? `${JSON.stringify(row)}\n` : `${lineOf(row)}\n`);
  };
  for (const language of ['fr', 'en']) {
    const { intents, synonyms } = lessonOf(language);
    const test = groupsOf(
      join(ROOT, 'test', 'understanding', `phrases.${language}.yaml`),
      language,
    );
    const ours = measure(`sample, ${language}`, language, intents, synonyms, test);
    models.push(ours.model);
    ours.rows.forEach(add);
  }
  tellLanguages(models);
  const { train, test } = wordnetGlosses();
  measure('WordNet', 'en', train, lessonOf('en').synonyms, test).rows.forEach(add);
  if (values.intents !== undefined && values.texts !== undefined) {
    const { language, intents: file, texts } = values;
    const intents = groupsOf(file, language);
    const { synonyms } = lessonOf(language);
    measure(file, language, intents, synonyms, groupsOf(texts, language)).rows.forEach(add);
  }
}

function measure(
  data: string,
  language: string,
  intents: Groups,
  synonyms: Groups,
  test: Groups,
): { readonly model: Model; readonly rows: readonly Row[] } {
  const ours = timed(() => learn({ language, intents, synonyms }));
  const classify = createClassify(ours.value);
  const read: Read = (text) => {
    const { understood, candidates } = classify(text);
    return { nearest: candidates[0]?.intent, sure: understood };
  };
  const bayes = new BayesClassifier(language === 'fr' ? porterFr : porter);
  const theirs = timed(() => {
    for (const [intent, texts] of intents) {
      for (const text of texts) bayes.addDocument(text, intent);
    }
    bayes.train();
  });
  const readTheirs: Read = (text) => ({ nearest: bayes.classify(text), sure: true });
  return {
    model: ours.value,
    rows: [
      {
        data,
        by: 'portevoix',
        trainSeconds: ours.seconds,
        ...tried(read, test),
        megabytes: modelToBytes(ours.value).length / 1e6,
      },
      { data, by: 'natural Bayes', trainSeconds: theirs.seconds, ...tried(readTheirs, test) },
    ],
  };
}

function tried(
  read: Read,
  test: Groups,
): Pick<Row, 'right' | 'wrong' | 'nearest' | 'microseconds'> {
  const texts = [...test].flatMap(([intent, all]) => all.map((text) => ({ intent, text })));
  // The first texts are slower than all that follow.
  for (const { text } of texts.slice(0, 200)) read(text);
  const { value: outcomes, seconds } = timed(() => texts.map(({ text }) => read(text)));
  let [right, wrong, near] = [0, 0, 0];
  texts.forEach(({ intent }, index) => {
    const { nearest, sure } = outcomes[index] ?? { nearest: undefined, sure: false };
    const understood = sure && nearest !== NONE ? nearest : undefined;
    if ((understood ?? NONE) === intent) right += 1;
    else if (understood !== undefined) wrong += 1;
    if (nearest === intent || (intent === NONE && understood === undefined)) near += 1;
  });
  const percent = (count: number): number => (100 * count) / texts.length;
  return {
    right: percent(right),
    wrong: percent(wrong),
    nearest: percent(near),
    microseconds: (seconds * 1e6) / texts.length,
  };
}

/** How many of the sample's texts that were never taught are told from those of the other language. */
function tellLanguages(models: readonly Model[]): void {
  const detect = createDetectLanguage(models);
  let [right, all] = [0, 0];
  models.forEach(({ language }, at) => {
    const test = groupsOf(
      join(ROOT, 'test', 'understanding', `phrases.${language}.yaml`),
      language,
    );
    for (const text of [...test].flatMap(([intent, texts]) => (intent === NONE ? [] : texts))) {
      all += 1;
      if ((detect(text)[at] ?? 0) > 0.5) right += 1;
    }
  });
  const line = `language told, nothing expected: ${((100 * right) / all).toFixed(1)} %`;
  process.stdout.write(values.json ? '' : `${line}\n`);
}

function lessonOf(language: string): { readonly intents: Groups; readonly synonyms: Groups } {
  const locales = ['intents', 'synonyms'].map((name) => {
    const path = join(ROOT, 'locales', language, `${name}.yaml`);
    return { path, text: readFileSync(path, 'utf8') };
  });
  const [lesson] = readSpeech({ flows: [], locales }).lessons;
  return lesson ?? { intents: new Map(), synonyms: new Map() };
}

function groupsOf(file: string, language: string): Groups {
  const source = { path: join(language, 'intents.yaml'), text: readFileSync(file, 'utf8') };
  return readSpeech({ flows: [], locales: [source] }).lessons[0]?.intents ?? new Map();
}

function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  return { value, seconds: (user + system) / 1e6 };
}

function lineOf({
  data,
  by,
  trainSeconds,
  right,
  wrong,
  nearest,
  microseconds,
  megabytes,
}: Row): string {
  return [
    data.padEnd(12),
    by.padEnd(14),
    `${right.toFixed(1)} % right, ${wrong.toFixed(1)} % wrong`,
    `nearest ${nearest.toFixed(1)} %`,
    `${microseconds.toFixed(0)} µs a text`,
    `${trainSeconds.toFixed(1)} s to train`,
    ...(megabytes === undefined ? [] : [`${megabytes.toFixed(1)} MB`]),
  ].join('  ');
}

main();
