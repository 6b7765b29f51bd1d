/** What a button or a row carries: the question's turn, and the answer. */
export type OptionId = { readonly turn: number; readonly value: string };

export function writeOptionId({ turn, value }: OptionId): string {
  return `v:${turn}:${value}`;
}

/** Undefined when it is none of ours. */
export function readOptionId(text: string): OptionId | undefined {
  const [, turn, value] = /^v:(\d{1,9}):(.+)$/s.exec(text) ?? [];
  return turn === undefined || value === undefined ? undefined : { turn: Number(turn), value };
}
