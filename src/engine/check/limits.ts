import type { Campaign } from '../campaign.js';
import type { DraftCollect } from '../parse/draft.js';
import type { Catalogue, CatalogueEntry } from '../parse/words.js';
import type { Checked } from './reading.js';

/** What a channel can show, in characters; sources in the reference of each platform. */
type Limits = {
  readonly name: string;
  /** A message without choices. */
  readonly text: number;
  /** A message with buttons or a list. */
  readonly question: number;
  /** Buttons under a message, and characters on one. */
  readonly buttons: { readonly count: number; readonly label: number };
  /** Rows of a list, and characters of one; past it choices are numbered in the text. */
  readonly rows?: { readonly count: number; readonly label: number };
};

/**
 * Limits by channel. Web chat: the channel's own. Telegram Bot API: message text 4096; button labels are
 * cut by its clients, and 64 characters are safe. WhatsApp Cloud API: text 4096, interactive body 1024,
 * 3 reply buttons of 20 characters, lists of 10 rows of 24. Bot Framework: Messenger has the least of its
 * networks, text 2000, 13 quick replies of 20 characters.
 */
const LIMITS: Readonly<Record<string, Limits>> = {
  web: { name: 'web chat', text: 4000, question: 4000, buttons: { count: 50, label: 80 } },
  telegram: {
    name: 'Telegram',
    text: 4096,
    question: 4096,
    buttons: { count: 100, label: 64 },
  },
  whatsapp: {
    name: 'WhatsApp',
    text: 4096,
    question: 1024,
    buttons: { count: 3, label: 20 },
    rows: { count: 10, label: 24 },
  },
  botframework: {
    name: 'the Bot Framework',
    text: 2000,
    question: 2000,
    buttons: { count: 13, label: 20 },
  },
};

/** Characters before a choice that is numbered in the text: a line break, "12. ". */
const NUMBERING = 5;

/** How a channel shows so many choices: as buttons, as a list, or numbered in the text. */
function drawn({ buttons, rows }: Limits, choices: number): { readonly label: number } | undefined {
  if (choices <= buttons.count) return buttons;
  return rows !== undefined && choices <= rows.count ? rows : undefined;
}

/** Checks the texts and labels of a flow against the limits of the campaign's channels. */
export function checkLimits(checked: Checked): void {
  const { campaign, draft, catalogues } = checked;
  for (const channel of campaign.channels) {
    const limits = LIMITS[channel];
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
  limits: Limits,
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
      `"${key}" has ${length} characters, and ${limits.name} shows ${shown.label} of a choice here; shorten it`,
    );
  }
}

function checkText(
  checked: Checked,
  limits: Limits,
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
    `"${key}" has up to ${length} characters, and ${limits.name} shows ${limit} in such a message; shorten it, or say it in two steps`,
  );
}

/** Whether a text without arguments, which nearly all are, is short enough as it is written. */
function isSurelyShort({ text, reading }: CatalogueEntry, limit: number): boolean {
  return text.length <= limit && reading?.uses.length === 0;
}

/** Characters of the longest that a phrase can become, as far as campaign.yaml tells. */
function lengthIn({ campaign }: Checked, { entries, language }: Catalogue, key: string): number {
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
