import type { Signer } from '../../sign.js';
import type { SupporterRecord } from '../record.js';
import { readToken, writeToken } from '../signed-link.js';
import { exportPerson, type PersonSources } from './export-person.js';

/** How long the link to a copy of somebody's data is good for. */
const LINK_LIFE_MS = 86_400_000;

export type ExportLinkOptions = {
  readonly signer: Signer;
  readonly publicUrl: string;
  readonly sources: PersonSources;
  get(supporter: string): Promise<SupporterRecord | undefined>;
  now(): number;
};

/** A signed link to a copy of everything known of one person, and what it opens. */
export type ExportLinks = {
  /** The action `privacy.export`. */
  ask(act: { readonly supporter: string }): Promise<{ url: string }>;
  /** Whether a link is good; nothing is read, for programs that show previews open links. */
  isGood(token: string): Promise<boolean>;
  /** The copy as JSON, piece by piece; undefined when the link is not good, or not any more. */
  read(token: string): Promise<AsyncIterable<string> | undefined>;
};

/** Makes links that name the supporter, are good for 24 hours, and end with an erasure. */
export function createExportLinks(options: ExportLinkOptions): ExportLinks {
  const { signer, now } = options;

  async function find(token: string): Promise<SupporterRecord | undefined> {
    const [supporter] = readToken(signer, token, now()) ?? [];
    const record = supporter === undefined ? undefined : await options.get(supporter);
    return record?.erasing === undefined ? record : undefined;
  }

  return {
    async ask({ supporter }) {
      const token = writeToken(signer, [supporter], now() + LINK_LIFE_MS);
      // The page speaks the person's language, also once the link tells nothing of the person any more.
      const language = (await options.get(supporter))?.language ?? '';
      return { url: `${options.publicUrl}/privacy/${token}?lang=${encodeURIComponent(language)}` };
    },
    isGood: async (token) => (await find(token)) !== undefined,
    async read(token) {
      const record = await find(token);
      if (record === undefined) return undefined;
      return exportPerson(record, options.sources, new Date(now()));
    },
  };
}
