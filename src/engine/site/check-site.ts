import type { Translated } from '../campaign.js';
import { instantOf, isDate } from '../parse/instant.js';
import type { SiteContent } from './site-content.js';

/** What is wrong with a page, at its place: `issues.0.title.fr`. */
export type SiteProblem = {
  readonly path: string;
  readonly code:
    | 'missing'
    | 'too_long'
    | 'too_many'
    | 'no_colour'
    | 'no_day'
    | 'no_time'
    | 'no_address'
    | 'no_email'
    | 'no_picture'
    /** A meeting on a day on which the law forbids them. */
    | 'in_silence';
};

/** What a page is checked against. */
export type SiteRules = {
  readonly languages: readonly string[];
  readonly timezone: string;
  /** When the law wants silence, in epoch milliseconds. */
  readonly silences: readonly { readonly from: number; readonly until: number }[];
};

export const MOST_ISSUES = 12;
export const MOST_DATES = 40;
export const MOST_NOTICES = 8;
/** Characters: of a name or title, and of a text. */
export const LONGEST_LINE = 140;
export const LONGEST_TEXT = 1_500;

/**
 * The page as it is published: without what is blank, without spaces around; pure. Blank is what says nothing
 * in any language.
 */
export function tidySite({ name, site }: SiteContent): SiteContent {
  const { headline, summary, notice, pictureText, controller, url, picture, ...rest } = site;
  const { address, email, officer, ...who } = controller ?? { name: '' };
  const said = { address, email, officer };
  const told = Object.fromEntries(
    Object.entries(said).flatMap(([key, value]) => (isBlank(value) ? [] : [[key, tidy(value)]])),
  );
  const hasController = !isBlank(who.name) || Object.keys(told).length > 0;
  return {
    name: tidy(name),
    site: {
      ...(isBlank(url) ? {} : { url: tidy(url) }),
      ...whenSaid('headline', headline),
      ...whenSaid('summary', summary),
      ...whenSaid('notice', notice),
      ...(picture === undefined ? {} : { picture, ...whenSaid('pictureText', pictureText) }),
      ...(hasController ? { controller: { name: tidy(who.name), ...told } } : {}),
      colours: rest.colours,
      issues: rest.issues.map(({ title, text }) => ({ title: each(title), text: each(text) })),
      notices: rest.notices.map(({ title, text }) => ({ title: each(title), text: each(text) })),
      dates: rest.dates.map(({ on, at, title, place }) => ({
        on,
        ...(isBlank(at) ? {} : { at: tidy(at) }),
        title: each(title),
        ...whenSaid('place', place),
      })),
    },
  };
}

/** Every mistake of a tidy page that keeps it from being published; pure. */
export function checkSite(content: SiteContent, rules: SiteRules): readonly SiteProblem[] {
  const { name, site } = content;
  const { languages } = rules;
  const problems: SiteProblem[] = [];
  const add = (path: string, code: SiteProblem['code']): void => void problems.push({ path, code });
  const line = (path: string, text: string, most = LONGEST_LINE): void => {
    if (text === '') add(path, 'missing');
    else if (text.length > most) add(path, 'too_long');
  };
  const words = (path: string, text: Translated | undefined, most = LONGEST_TEXT): void => {
    if (text === undefined) return;
    for (const language of languages) line(`${path}.${language}`, text[language] ?? '', most);
  };
  line('name', name, 80);
  words('headline', site.headline, LONGEST_LINE);
  words('summary', site.summary);
  words('notice', site.notice);
  words('pictureText', site.pictureText, 300);
  for (const key of ['issues', 'notices'] as const) {
    for (const [index, { title, text }] of site[key].entries()) {
      words(`${key}.${index}.title`, title, LONGEST_LINE);
      words(`${key}.${index}.text`, text);
    }
  }
  for (const [index, { on, at, title, place }] of site.dates.entries()) {
    const path = `dates.${index}`;
    words(`${path}.title`, title, LONGEST_LINE);
    words(`${path}.place`, place, LONGEST_LINE);
    if (!isDate(on)) add(`${path}.on`, 'no_day');
    if (at !== undefined && !isTime(at)) add(`${path}.at`, 'no_time');
    if (isDate(on) && isForbidden(on, at, rules)) add(`${path}.on`, 'in_silence');
  }
  const counts = { issues: MOST_ISSUES, dates: MOST_DATES, notices: MOST_NOTICES } as const;
  for (const key of ['issues', 'dates', 'notices'] as const) {
    if (site[key].length > counts[key]) add(key, 'too_many');
  }
  for (const key of ['primary', 'accent'] as const) {
    if (!isColour(site.colours[key])) add(`colours.${key}`, 'no_colour');
  }
  if (site.url !== undefined && !isWebAddress(site.url)) add('url', 'no_address');
  const { controller } = site;
  if (controller !== undefined) {
    line('controller.name', controller.name);
    const { email } = controller;
    if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
      add('controller.email', 'no_email');
    }
    for (const key of ['address', 'email', 'officer'] as const) {
      if ((controller[key]?.length ?? 0) > 300) add(`controller.${key}`, 'too_long');
    }
  }
  return problems;
}

/** Whether a text is a colour as pages write it, `#1d3f72`. */
export function isColour(text: string): boolean {
  return /^#[0-9a-fA-F]{6}$/.test(text);
}

/** Whether a meeting then falls into a silence (art. L.49, 4° of the code électoral); without a time, any of its day. */
function isForbidden(
  on: string,
  at: string | undefined,
  { timezone, silences }: SiteRules,
): boolean {
  const time = at !== undefined && isTime(at) ? at : '12:00';
  const instant = instantOf(on, time, timezone);
  return silences.some(({ from, until }) => from <= instant && instant < until);
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

/** Without spaces around it, and without signs that nobody sees. */
function tidy(text: string | undefined): string {
  return (text ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();
}

function isBlank(text: string | undefined): boolean {
  return tidy(text) === '';
}

function each(text: Translated): Translated {
  return Object.fromEntries(Object.entries(text).map(([language, said]) => [language, tidy(said)]));
}

function whenSaid<K extends string>(
  key: K,
  text: Translated | undefined,
): { readonly [key in K]?: Translated } {
  const isSaid = text !== undefined && !Object.values(text).every(isBlank);
  const none: { readonly [key in K]?: Translated } = {};
  return isSaid ? { ...none, [key]: each(text) } : none;
}
