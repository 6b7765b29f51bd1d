import { readFile } from 'node:fs/promises';
import { readSettings } from '../config.js';
import { readSources } from '../conversation/sources.js';
import { findEntities } from '../engine/answers/find-entities.js';
import type { AnswerType } from '../engine/flow.js';
import { formatProblem } from '../engine/problem.js';
import { readSpeech, type Speech } from '../engine/speech.js';
import type { Understood } from '../understanding/create-understand.js';
import { learned } from './learned.js';
import { Refusal } from './refusal.js';
import { formatAs, readAs } from './understand-as.js';

/** What `portevoix understand` is asked. */
export type UnderstandOptions = {
  readonly locale?: string;
  readonly file?: string;
  readonly json?: true;
  readonly as?: AnswerType;
  readonly options?: string;
  /** Epoch milliseconds. */
  readonly at?: number;
};

/** Prints what texts, and those of a file, mean, or what they are as answers. */
export async function understandTexts(
  given: readonly string[],
  options: UnderstandOptions,
): Promise<void> {
  const { file } = options;
  const texts = [...given, ...(file === undefined ? [] : await readTexts(file))];
  const { flowsDir, localesDir, dataDir } = readSettings();
  const speech = readSpeech(await readSources(flowsDir, localesDir));
  for (const problem of speech.problems) {
    process.stderr.write(`${formatProblem(problem)}\n`);
  }
  if (options.as === undefined) await understandAll(texts, speech, options, dataDir);
  else readAll(texts, speech, options, options.as);
}

async function readTexts(file: string): Promise<string[]> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : 'why'}`);
  });
  const lines = content.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

async function understandAll(
  texts: readonly string[],
  { campaign, lists, lessons }: Speech,
  { locale, json, at = Date.now() }: UnderstandOptions,
  dataDir: string,
): Promise<void> {
  const languages = lessons.filter(({ intents }) => intents.size > 0).map((one) => one.language);
  if (languages.length === 0) {
    throw new Refusal('There is no intents.yaml in any language of LOCALES_DIR.');
  }
  if (locale !== undefined && !languages.includes(locale)) {
    throw new Refusal(`No intents.yaml for "${locale}"; there is one for ${languages.join(', ')}.`);
  }
  const understand = await learned(lessons, dataDir);
  const { country, timezone } = campaign;
  for (const text of texts) {
    const understood = understand(text, locale === undefined ? {} : { locale });
    const language = understood.locale;
    const words = lists.get(language) ?? { yes: [], no: [], skip: [], ordinals: [] };
    const context = { language, words, at, country, timezone, options: [] };
    const entities = findEntities(text, context);
    print(json === true ? toJson(text, understood, entities) : toLine(text, understood, entities));
  }
}

function readAll(
  texts: readonly string[],
  { campaign, lists }: Speech,
  { locale, json, options, at = Date.now() }: UnderstandOptions,
  type: AnswerType,
): void {
  const language = locale ?? campaign.languages[0] ?? '';
  const words = lists.get(language);
  if (words === undefined) {
    throw new Refusal(`There are no words for "${language}"; name a language with --locale.`);
  }
  const labels = options?.split(';').map((label) => label.trim());
  const reading = { type, language, words, campaign, at, ...(labels && { labels }) };
  for (const line of readAs(texts, reading)) print(formatAs(line, json === true));
}

type Entities = ReturnType<typeof findEntities>;

function toJson(text: string, understood: Understood, entities: Entities): string {
  const { locale, intent, confidence, runnerUp } = understood;
  const second = runnerUp && { ...runnerUp, confidence: rounded(runnerUp.confidence) };
  return JSON.stringify({
    text,
    locale,
    intent,
    confidence: rounded(confidence),
    runnerUp: second,
    entities,
  });
}

function toLine(text: string, understood: Understood, entities: Entities): string {
  const { locale, intent, confidence, runnerUp } = understood;
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  const meant = intent === null ? 'not understood' : `${intent} ${percent(confidence)}`;
  const second = runnerUp && `${runnerUp.intent} ${percent(runnerUp.confidence)}`;
  const found = entities.map(({ type, value }) => `${type} ${JSON.stringify(value)}`);
  const parts = [meant, ...(second === null ? [] : [`else ${second}`]), ...found];
  return `${text}  (${locale})  ${parts.join(', ')}`;
}

/** Four digits: more would only tell of rounding. */
function rounded(part: number): number {
  return Math.round(part * 10_000) / 10_000;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
