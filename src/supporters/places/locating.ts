import type { Json } from '../../engine/json.js';
import type { SupporterRecord } from '../record.js';
import { locate } from './locate.js';
import type { Places } from './open-places.js';

export type LocatingOptions = {
  readonly places: Places;
  /** The campaign's country: postal codes are looked up in France only. */
  country(): string;
  write<T>(
    supporter: string,
    change: (record: SupporterRecord) => { readonly record?: SupporterRecord; readonly answer: T },
  ): Promise<T | undefined>;
  now(): number;
};

/** Where supporters live, found by their postal code. */
export type Locating = {
  /** Fills it in, in the write of a turn that told the postal code. */
  complete(
    record: SupporterRecord,
    campaign: { readonly country: string },
    at: Date,
  ): SupporterRecord;
  /** The action `supporter.locate`; it also fills in what a profile of an earlier version lacks. */
  ask(act: {
    readonly supporter: string;
    readonly with: { readonly [name: string]: Json };
  }): Promise<{ readonly [name: string]: Json }>;
};

/** Asked again with the same postal code it answers the same; a commune once chosen is not asked again. */
export function createLocating({ places, country, write, now }: LocatingOptions): Locating {
  function describe(record: SupporterRecord, asked: Json | undefined): { [name: string]: Json } {
    const code = typeof asked === 'string' ? asked : record.postal_code;
    const found = code === undefined || country() !== 'fr' ? [] : places.find(code);
    const options = found.flatMap(({ commune, commune_name }) =>
      commune === undefined || commune_name === undefined
        ? []
        : [{ value: commune, label: commune_name }],
    );
    const own = record.postal_code === code ? record.commune : undefined;
    const known =
      options.find(({ value }) => value === own) ?? (options[1] ? undefined : options[0]);
    if (known !== undefined) return { state: 'one', options, commune: known.label };
    if (options.length > 0) return { state: 'several', options };
    return { state: found.length > 0 ? 'area' : 'unknown', options };
  }

  return {
    complete: (record, campaign, at) => locate(record, places, campaign.country, at),
    async ask({ supporter, with: { postal_code } }) {
      const answer = await write(supporter, (record) => {
        const located = locate(record, places, country(), new Date(now()));
        const described = describe(located, postal_code);
        return located === record ? { answer: described } : { record: located, answer: described };
      });
      if (answer === undefined) throw new Error('There is no such supporter.');
      return answer;
    },
  };
}
