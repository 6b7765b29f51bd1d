import { fold } from '../../../engine/fold.js';
import type { Meaning, SupporterColumns } from './columns.js';
import type { Standing } from './person.js';
import { readYes } from './read-value.js';

/** Words of a status, folded, by what they mean. */
const WORDS: ReadonlyMap<string, Standing> = new Map(
  Object.entries({
    subscribed: 'subscribed, subscribe, active, actif, opted in, opt in, s, abonne, inscrit',
    unsubscribed:
      'unsubscribed, unsubscribe, opted out, opt out, u, desabonne, desinscrit, none, inactive',
    bounced: 'bouncing, bounced, bounce, bad, invalid, cleaned',
    refused: 'blocked, stopped, spam complaint, spam, complained, do not contact, refused, refuse',
    unknown: 'n, not subscribed yet, neutral, unknown, archived, pending',
  } satisfies { readonly [standing in Standing]: string }).flatMap(([standing, words]) =>
    words.split(', ').map((word) => [word, standingOf(standing)] as const),
  ),
);

function standingOf(name: string): Standing {
  if (name === 'subscribed' || name === 'unsubscribed') return name;
  return name === 'bounced' || name === 'refused' ? name : 'unknown';
}

export type ReadStanding =
  | { readonly type: 'standing'; readonly standing: Standing; readonly status: string }
  | { readonly type: 'fault'; readonly reason: string };

/** What a row says of whether its person wants to be written to; the strictest word counts. */
export function readStanding({ of }: SupporterColumns, cell: (at: number) => string): ReadStanding {
  const words = (meaning: Meaning): string[] =>
    (of.get(meaning) ?? []).map(cell).filter((text) => text !== '');
  const told: { readonly standing: Standing; readonly status: string }[] = [];
  const marks = [
    ['do_not_contact', 'refused'],
    ['bad_email', 'bounced'],
    ['do_not_mail', 'unsubscribed'],
  ] as const;
  for (const [meaning, standing] of marks) {
    const found = words(meaning).find((text) => readYes(text) === true);
    if (found !== undefined) told.push({ standing, status: `${meaning}: ${found}` });
  }
  for (const text of words('status')) {
    const yes = readYes(text);
    const meant = yes === undefined ? undefined : yes ? 'subscribed' : 'unsubscribed';
    const standing = WORDS.get(fold(text)) ?? meant;
    if (standing === undefined) return { type: 'fault', reason: `status “${text}” is not known` };
    told.push({ standing, status: `status: ${text}` });
  }
  for (const standing of ['refused', 'bounced', 'unsubscribed', 'subscribed'] as const) {
    const found = told.find((one) => one.standing === standing);
    if (found !== undefined) return { type: 'standing', ...found };
  }
  return { type: 'standing', standing: 'unknown', status: '' };
}
