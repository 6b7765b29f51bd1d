import type { Json } from '../engine/json.js';
import type { Purpose } from '../engine/flow.js';
import { consentNow, consentsNow } from './consents-now.js';
import { viewSupporter } from './profile.js';
import type { SignupState, SupporterRecord } from './record.js';

/** Something that a write can make true of a supporter, and that others want to hear of. */
export type Happening =
  | { readonly type: 'consent'; readonly purpose: Purpose }
  | { readonly type: 'tag'; readonly tag: string }
  /** A field of the profile gets a value; or the one named. */
  | { readonly type: 'field'; readonly field: string; readonly value?: Json }
  /** One more signup is in this state. */
  | { readonly type: 'signup'; readonly state: SignupState }
  /** One more donation. */
  | { readonly type: 'donation' };

/** Something that happened, until it was heeded. */
export type News = { readonly what: string; readonly at: Date };

/** Unheeded news that a record holds; the oldest stay. */
const MOST_NEWS = 20;

/** Names a happening, always the same way. */
export function happeningKey(happening: Happening): string {
  switch (happening.type) {
    case 'consent':
      return `consent ${happening.purpose}`;
    case 'tag':
      return `tag ${happening.tag}`;
    case 'field': {
      const { field, value } = happening;
      return `field ${field}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`;
    }
    case 'signup':
      return `signup ${happening.state}`;
    case 'donation':
      return 'donation';
    default:
      return happening satisfies never;
  }
}

/** A record with what its write made true among what is `watched`; pure. */
export function withNews(
  before: SupporterRecord,
  after: SupporterRecord,
  watched: readonly Happening[],
  at: Date,
): SupporterRecord {
  const news = [...(after.news ?? [])];
  for (const happening of watched) {
    const what = happeningKey(happening);
    if (news.some((one) => one.what === what) || news.length >= MOST_NEWS) continue;
    if (levelOf(happening, after) > levelOf(happening, before)) news.push({ what, at });
  }
  return news.length === (after.news?.length ?? 0) ? after : { ...after, news };
}

/** The record once some of its news are heeded. */
export function withoutNews(record: SupporterRecord, heeded: readonly News[]): SupporterRecord {
  const isHeeded = (one: News): boolean =>
    heeded.some(({ what, at }) => what === one.what && at.getTime() === one.at.getTime());
  const { news = [], ...rest } = record;
  const left = news.filter((one) => !isHeeded(one));
  return left.length === 0 ? rest : { ...rest, news: left };
}

/** What a record says under a name that flows use: `email`, `fields.pledged`, `preferences.topics`. */
function valueOf(record: SupporterRecord, path: string): Json | undefined {
  const [room, name] = path.split('.', 2);
  if (name !== undefined && (room === 'fields' || room === 'preferences')) {
    return record[room][name];
  }
  return viewSupporter(record).profile[path];
}

/** How often something is so: 0 or 1 for what is so or not. */
function levelOf(happening: Happening, record: SupporterRecord): number {
  switch (happening.type) {
    case 'consent':
      return Number(
        consentsNow(record.consents).includes(consentNow(happening.purpose, undefined, 'given')),
      );
    case 'tag':
      return Number(record.tags.includes(happening.tag));
    case 'field': {
      const is = valueOf(record, happening.field);
      if (is === undefined || is === null) return 0;
      const { value } = happening;
      return Number(value === undefined || JSON.stringify(value) === JSON.stringify(is));
    }
    case 'signup':
      return record.summary?.signups?.[happening.state] ?? 0;
    case 'donation':
      return record.summary?.donations?.count ?? 0;
    default:
      return happening satisfies never;
  }
}
