import type { Campaign } from '../campaign.js';
import { CHECKED_LIMITS, type CheckedLimits } from '../channel-limits.js';
import type { DraftCollect } from '../parse/draft.js';
import type { Catalogue, CatalogueEntry } from '../parse/words.js';
import type { Checked } from './reading.js';
import { say } from '../sentence.js';

/** Characters before a choice that is numbered in the text: a line break, "12. ". */
const NUMBERING = 5;

/** How a channel shows so many choices: as buttons, as a list, or numbered in the text. */
function drawn(limits: CheckedLimits, choices: number): { readonly label: number } | undefined {
  if (choices <= limits.buttons) return { label: limits.buttonLabel };
  return choices <= limits.listRows ? { label: limits.listLabel } : undefined;
}

/** Checks that texts which are sent as they are fit the channels they go to. */
export function checkTexts(
  about: Pick<Checked, 'campaign' | 'report'>,
  catalogue: Catalogue,
  channels: readonly string[],
): void {
  for (const channel of channels) {
    const limits = CHECKED_LIMITS[channel];
    if (limits === undefined) continue;
    for (const key of catalogue.entries.keys()) {
      checkText(about, limits, catalogue, key, limits.text);
    }
  }
}

/** Checks the texts and labels of a flow against the limits of the campaign's channels. */
export function checkLimits(checked: Checked): void {
  const { campaign, draft, catalogues } = checked;
  for (const channel of campaign.channels) {
    const limits = CHECKED_LIMITS[channel];
    if (limits === undefined) continue;
    for (const catalogue of catalogues) {
      const reasons = [...catalogue.entries.keys()].filter((key) => key.includes('.retry.'));
      for (const step of draft.steps) {
        if (step.type === 'say') {
          checkText(checked, limits, catalogue, step.words, limits.text);
        } else if (step.type === 'collect') {
          checkQuestion(checked, limits, catalogue, reasons, step);
        }
      }
    }
  }
}

function checkQuestion(
  checked: Checked,
  limits: CheckedLimits,
  catalogue: Catalogue,
  /** Keys of what is said for one reason only. */
  reasons: readonly string[],
  step: DraftCollect,
): void {
  const { name, options = [], optional } = step;
  const labels = [
    ...options.map(({ text }) => `${name}.options.${text}`),
    ...(optional ? [`${name}.skip`] : []),
  ];
  const choices = (step.answer === 'yes_no' ? 2 : options.length) + (optional ? 1 : 0);
  const shown = drawn(limits, choices);
  const asks = choices > 0 || step.optionsFrom !== undefined;
  // Choices that are numbered stand in the text, which then has no buttons.
  const room =
    shown === undefined
      ? limits.text -
        labels.reduce((sum, key) => sum + NUMBERING + lengthIn(checked, catalogue, key), 0)
      : asks
        ? limits.question
        : limits.text;
  const own = reasons.filter((key) => key.startsWith(`${name}.retry.`));
  for (const key of [`${name}.ask`, `${name}.retry`, ...own]) {
    checkText(checked, limits, catalogue, key, room);
  }
  if (shown === undefined) return;
  for (const key of labels) {
    const entry = catalogue.entries.get(key);
    if (entry === undefined || isSurelyShort(entry, shown.label)) continue;
    const length = lengthIn(checked, catalogue, key);
    if (length <= shown.label) continue;
    checked.report.error(
      entry.place,
      'label-too-long',
      say`"${key}" has ${length} characters, and ${limits.name} shows ${shown.label} of a choice here; shorten it`,
    );
  }
}

function checkText(
  checked: Pick<Checked, 'campaign' | 'report'>,
  limits: CheckedLimits,
  catalogue: Catalogue,
  key: string,
  limit: number,
): void {
  const entry = catalogue.entries.get(key);
  if (entry === undefined || isSurelyShort(entry, limit)) return;
  const length = lengthIn(checked, catalogue, key);
  if (length <= limit) return;
  checked.report.error(
    entry.place,
    'text-too-long',
    say`"${key}" has up to ${length} characters, and ${limits.name} shows ${limit} in such a message; shorten it, or say it in two steps`,
  );
}

/** Whether a text without arguments, which nearly all are, is short enough as it is written. */
function isSurelyShort({ text, reading }: CatalogueEntry, limit: number): boolean {
  return text.length <= limit && reading?.uses.length === 0;
}

/** Characters of the longest that a phrase can become, as far as campaign.yaml tells. */
function lengthIn(
  { campaign }: Pick<Checked, 'campaign'>,
  { entries, language }: Catalogue,
  key: string,
): number {
  const reading = entries.get(key)?.reading;
  return reading?.longest((name) => knownLength(campaign, language, name)) ?? 0;
}

function knownLength(campaign: Campaign, language: string, name: string): number {
  const known: Readonly<Record<string, string | undefined>> = {
    campaign: campaign.name,
    candidate: campaign.candidate,
    election: campaign.election?.name[language],
    agent: campaign.donations?.agent,
  };
  return Object.hasOwn(known, name) ? (known[name]?.length ?? 0) : 0;
}
