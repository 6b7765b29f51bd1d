/**
 * Towns cut into arrondissements: the code of the first less one, and how many there are. Of Paris, the 16th
 * has two codes (75016 and 75116), so it says none. Source: La Poste, base officielle des codes postaux.
 */
const TOWNS: Readonly<Record<string, { readonly zero: number; readonly count: number }>> = {
  paris: { zero: 75_000, count: 20 },
  lyon: { zero: 69_000, count: 9 },
  marseille: { zero: 13_000, count: 16 },
};
const SIXTEENTH = 75_016;

const ARRONDISSEMENT =
  /(?<!\p{L})(?:(paris|lyon|marseille)[ ,]*(\d{1,2}) ?(?:er?|eme|nd|th|st|rd)?|(\d{1,2}) ?(?:er?|eme|nd|th|st|rd)? (?:arrondissement|arr?\.?)(?: de)? (paris|lyon|marseille))(?![\p{L}\p{N}])/u;

/** The postal code of an arrondissement, where it can only be one: "paris 11e" in small plain letters. */
export function codeOfArrondissement(flat: string): string | undefined {
  const [, before, first, second, after] = ARRONDISSEMENT.exec(flat) ?? [];
  const town = TOWNS[before ?? after ?? ''];
  const number = Number(first ?? second);
  if (town === undefined || number < 1 || number > town.count) return undefined;
  const code = town.zero + number;
  return code === SIXTEENTH ? undefined : String(code);
}
