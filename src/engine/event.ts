import type { Json } from './json.js';

/** Words read by exact rule before anything else; each names the command it stands for. */
export type Rule = 'stop' | 'help' | 'privacy' | 'language' | 'person';

/** What a text in a language was understood to mean: an intent, or the nearest ones, or nothing. */
export type Meaning = {
  /** The intent, when understood at or above its threshold. */
  readonly intent?: string;
  /** Set when the intent is not sure enough to leave an open question for. */
  readonly tentative?: true;
  /** The nearest intents below it, the likeliest first; none when one was understood. */
  readonly guesses?: readonly string[];
};
/** Tells what a text means; the language is what its writer is spoken to in. */
export type ReadMeaning = (text: string, language: string) => Meaning;

export const MEDIA = ['photo', 'voice', 'sticker', 'video', 'file'] as const;
export type Media = (typeof MEDIA)[number];

/** A file that came with an event; `id` is what the channel calls it, to fetch it by. */
export type SentFile = { readonly media: Media; readonly id: string; readonly name?: string };

/** A contact shared through the channel; `own` when the channel says it is the sender's. */
export type SharedContact = {
  readonly phone: string;
  readonly name?: string;
  readonly own: boolean;
};

/** A point of the globe, in degrees (WGS 84). */
export type Location = { readonly lat: number; readonly lon: number };

/** What came in, with the instant (epoch milliseconds) and the channel it came from. */
export type Event = { readonly at: number; readonly channel: string } & (
  | {
      readonly type: 'opened';
      /** Present when the supporter came here from another channel, to go on where they stopped. */
      readonly joined?: true;
    }
  | ({
      readonly type: 'said';
      readonly text: string;
      /** Set when the whole text is a rule word of any language. */
      readonly rule?: Rule;
      /** What the text is the caption of. */
      readonly files?: readonly SentFile[];
    } & Meaning)
  | {
      readonly type: 'chose';
      /** The turn that asked the question, as its buttons carry it. */
      readonly turn: number;
      readonly values: readonly string[];
    }
  | {
      readonly type: 'sent';
      readonly media: Media;
      /** What the channel calls the file, to fetch it by. */
      readonly id?: string;
      /** What the sender called it. */
      readonly name?: string;
      /** The others, of several that came together. */
      readonly also?: readonly SentFile[];
    }
  /** An earlier message was changed; answers are not read twice, so nothing of it is kept. */
  | { readonly type: 'edited' }
  | { readonly type: 'shared'; readonly contact: SharedContact }
  | { readonly type: 'shared'; readonly location: Location }
  | {
      readonly type: 'returned';
      /** Id of the effect this answers. */
      readonly effect: string;
      /** Undefined when the action failed. */
      readonly result?: { readonly [key: string]: Json };
    }
  | { readonly type: 'started'; readonly flow: string }
  | { readonly type: 'elapsed' }
);

/** The files that came with an event, as far as the channel can fetch them. */
export function filesOf(event: Event): readonly SentFile[] {
  if (event.type === 'said') return event.files ?? [];
  if (event.type !== 'sent') return [];
  const { media, id, name, also = [] } = event;
  if (id === undefined) return also;
  return [{ media, id, ...(name === undefined ? {} : { name }) }, ...also];
}
