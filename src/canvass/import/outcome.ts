/** Why a row is not taken, for whoever mends the file. */
export type Refused = { readonly type: 'refused'; readonly reason: string };

/** What an import did, and where it wrote the rows that it could not take. */
export type ImportOutcome = {
  /** Rows of the file, without its header. */
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Left out on purpose: not of the places that were asked for. */
  readonly left_out: number;
  /** The file of the rejected rows; absent when there is none. */
  readonly rejects?: string;
};

/** Makes a refusal. */
export function refuse(reason: string): Refused {
  return { type: 'refused', reason };
}
