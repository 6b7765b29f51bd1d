import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClassify } from '../../src/understanding/classify.js';
import { createUnderstand, type Understand } from '../../src/understanding/create-understand.js';
import { learn } from '../../src/understanding/learn.js';
import { modelFromBytes, modelToBytes } from '../../src/understanding/model-bytes.js';
import type { Model } from '../../src/understanding/model.js';
import { readSpeech } from '../../src/engine/speech.js';
import type { Lesson } from '../../src/engine/lesson.js';

const ROOT = join(__dirname, '..', '..');
const FILES = ['common', 'stop-words', 'synonyms', 'intents'];

/** What the sample campaign is understood by, by language. */
export function sampleLessons(): readonly Lesson[] {
  const locales = ['en', 'fr'].flatMap((language) =>
    FILES.map((name) => {
      const path = `locales/${language}/${name}.yaml`;
      return { path, text: readFileSync(join(ROOT, path), 'utf8') };
    }),
  );
  return readSpeech({ flows: [], locales }).lessons;
}

/** The model of a language of the sample. It is kept until a phrase, or the code that learns it, changes. */
export function sampleModel(language: string): Model {
  const lesson = sampleLessons().find((one) => one.language === language);
  if (lesson === undefined) throw new Error(`No lesson of ${language}.`);
  const folder = join(tmpdir(), 'portevoix-test-models');
  const file = join(folder, `${language}-${hashOf(lesson)}`);
  if (existsSync(file)) {
    const kept = modelFromBytes(readFileSync(file));
    if (kept !== undefined) return kept;
  }
  const model = learn(lesson);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, modelToBytes(model));
  renameSync(`${file}.${process.pid}`, file);
  return model;
}

/** Understands what the sample campaign understands. */
export function sampleUnderstand(): Understand {
  return createUnderstand([sampleModel('fr'), sampleModel('en')]);
}

/** A model of a few phrases, learned at once. */
export function classifyBy(
  intents: Readonly<Record<string, readonly string[]>>,
  synonyms: Readonly<Record<string, readonly string[]>> = {},
  language = 'en',
): ReturnType<typeof createClassify> {
  const lesson = {
    language,
    intents: new Map(Object.entries(intents)),
    synonyms: new Map(Object.entries(synonyms)),
  };
  return createClassify(learn(lesson));
}

function hashOf({ intents, synonyms }: Lesson): string {
  const folder = join(ROOT, 'src', 'understanding');
  const code = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const content = JSON.stringify([process.version, [...intents], [...synonyms], code]);
  return createHash('sha256').update(content).digest('hex').slice(0, 24);
}
