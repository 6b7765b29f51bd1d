/** Spellings of one sound, in the order they are looked for; capitals stand for sounds of two letters. */
const SPELLINGS: readonly [RegExp, string][] = [
  [/eau|au/g, 'o'],
  [/ph/g, 'f'],
  [/sch|ch(?!r)|sh/g, 'S'],
  [/qu|q|ck|ch|c(?=[aoulrtk]|$)/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/gu(?=[eiy])/g, 'g'],
  [/g(?=[eiy])/g, 'j'],
  [/ou/g, 'U'],
  [/oi|oy/g, 'wa'],
  [/(?<=.)(?:er|ez|ees|ee|es|et|e)$/g, 'e'],
  [/ai|ei|ay|ey/g, 'e'],
  [/(?:ain|ein|in|im)(?![aeiouy])/g, 'I'],
  [/(?:en|an|em|am)(?=[^aeiouynm]|$)/g, 'A'],
  [/(?:on|om)(?=[^aeiouynm]|$)/g, 'O'],
  [/y/g, 'i'],
  [/h/g, ''],
  [/z/g, 's'],
  [/(.)\1/g, '$1'],
];

/** Letters that are written at the end of a word and not said. */
const SILENT = /(?<=.{2})[stxdpe]+$/;

/** About how a folded French word sounds: "burô" and "bureau", "doné" and "donner" sound alike. */
export function soundOfFrench(word: string): string {
  const said = SPELLINGS.reduce((sound, [spelling, into]) => sound.replace(spelling, into), word);
  return said.replace(SILENT, '');
}
