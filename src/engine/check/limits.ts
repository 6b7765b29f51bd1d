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
 * Limits by channel. Telegram Bot API: message text 4096; button labels are cut by its clients, and
 * 64 characters are safe. WhatsApp Cloud API: text 4096, interactive body 1024, 3 reply buttons of
 * 20 characters, lists of 10 rows of 24.
 */
const LIMITS: Readonly<Record<string, Limits>> = {
  telegram: {
    name: 'Telegram',
    text: 4096,
    question: 4096,
    buttons: { count: Infinity, label: 64 },
  },
  whatsapp: {
    name: 'WhatsApp',
    text: 4096,
    question: 1024,
    buttons: { count: 3, label: 20 },
    rows: { count: 10, label: 24 },
  },
};

/** The longest label a channel shows when a question offers so many choices. */
function labelLimit(limits: Limits, choices: number): number {
  if (choices <= limits.buttons.count) return limits.buttons.label;
  if (limits.rows !== undefined && choices <= limits.rows.count) return limits.rows.label;
  return Infinity;
}

/** Checks the texts and labels of a flow against the limits of the campaign's channels. */
export function checkLimits(checked: Checked): void {
  const { campaign, draft, catalogues } = checked;
  for (const channel of campaign.channels) {
    const limits = LIMITS[channel];
    if (limits === undefined) continue;
    for (const catalogue of catalogues) {
      for (const step of draft.steps) {
        if (step.type === 'say') {
          checkText(checked, limits, catalogue, step.words, limits.text);
        } else if (step.type === 'collect') {
          checkQuestion(checked, limits, catalogue, step);
        }
      }
    }
  }
}

function checkQuestion(
  checked: Checked,
  limits: Limits,
  catalogue: Catalogue,
  step: DraftCollect,
): void {
  const fixed = step.answer === 'yes_no' ? 2 : (step.options?.length ?? 0);
  const choices = fixed + (step.optional ? 1 : 0);
  const drawn = choices > 0 || step.optionsFrom !== undefined;
  for (const key of [`${step.name}.ask`, `${step.name}.retry`]) {
    checkText(checked, limits, catalogue, key, drawn ? limits.question : limits.text);
  }
  const label = labelLimit(limits, choices);
  const labels = (step.options ?? []).map(({ text }) => `${step.name}.options.${text}`);
  for (const key of step.optional ? [...labels, `${step.name}.skip`] : labels) {
    const entry = catalogue.entries.get(key);
    const length = entry?.reading?.shortest ?? 0;
    if (entry === undefined || length <= label) continue;
    checked.report.error(
      entry.place,
      'label-too-long',
      `"${key}" has ${length} characters, and ${limits.name} shows ${label} of a choice here; shorten it`,
    );
  }
}

function checkText(
  { report }: Checked,
  limits: Limits,
  { entries }: Catalogue,
  key: string,
  limit: number,
): void {
  const entry: CatalogueEntry | undefined = entries.get(key);
  const length = entry?.reading?.shortest ?? 0;
  if (entry === undefined || length <= limit) return;
  report.error(
    entry.place,
    'text-too-long',
    `"${key}" has ${length} characters, and ${limits.name} shows ${limit} in such a message; shorten it, or say it in two steps`,
  );
}
