import { readYaml } from '../yaml.js';

/** What is written: a text, a number, a flag, or a group of them. */
export type Value =
  | string
  | number
  | boolean
  | readonly Value[]
  | { readonly [key: string]: Value };

/** How values are written where the file does not say: words go in quotes, each on a line of its own. */
export type Manner = 'flow' | 'words';

/** Whether a value stands on lines of its own, or within brackets where commas end it. */
export type Where = 'line' | 'brackets';

const QUOTES = /^['"]/;

/**
 * Writes a text, number or flag so that it is read back as it is; as `like` was written where that can
 * be: in single or double quotes, or plain.
 */
export function writeScalar(
  value: string | number | boolean,
  where: Where,
  like?: string,
  manner: Manner = 'flow',
): string {
  if (typeof value !== 'string') return String(value);
  const single = `'${value.replaceAll("'", "''")}'`;
  const double = JSON.stringify(value);
  const quotes = QUOTES.exec(like ?? '')?.[0];
  const isPlain = like === undefined ? manner === 'flow' : quotes === undefined;
  const wanted = [...(isPlain ? [value] : []), ...(quotes === '"' ? [double] : []), single];
  return wanted.find((written) => isReadAs(value, written, where)) ?? double;
}

function isReadAs(value: string, written: string, where: Where): boolean {
  if (written === '' || written.includes('\n')) return false;
  const line = where === 'brackets' ? `k: [${written}, z]\n` : `k: ${written}\n`;
  const { root, problems } = readYaml({ path: '', text: line });
  if (problems.length > 0 || root?.type !== 'map') return false;
  const read = root.get('k');
  const [first, last] = read?.type === 'list' ? read.items : [read, undefined];
  if (where === 'brackets' && (last?.type !== 'scalar' || last.text !== 'z')) return false;
  return first?.type === 'scalar' && first.value === value;
}

/** Writes a value within one line. */
export function writeInline(value: Value, where: Where, manner: Manner = 'flow'): string {
  if (typeof value !== 'object') return writeScalar(value, where, undefined, manner);
  if (isList(value)) {
    return `[${value.map((item) => writeInline(item, 'brackets', manner)).join(', ')}]`;
  }
  const entries = Object.entries(value).map(
    ([key, inner]) => `${writeKey(key)}: ${writeInline(inner, 'brackets', manner)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** The longest group of plain values that is written within one line. */
const LONGEST_INLINE = 72;

/** Writes an entry whose key stands at an indentation; more than a short value goes on lines below it. */
export function writeEntry(key: string, value: Value, indent: number, manner: Manner): string {
  const inline = writeInline(value, 'line', manner);
  const isShort =
    typeof value !== 'object' ||
    (isList(value)
      ? value.every((item) => typeof item !== 'object')
      : manner === 'flow' && isFlat(value) && inline.length <= LONGEST_INLINE) ||
    inline === '{}';
  if (isShort) return `${writeKey(key)}: ${inline}`;
  const within = indent + 2;
  const pad = `\n${' '.repeat(within)}`;
  const below = isList(value)
    ? value.map((item) => `- ${writeItem(item, within, manner)}`)
    : Object.entries(value).map(([name, inner]) => writeEntry(name, inner, within, manner));
  return `${writeKey(key)}:${pad}${below.join(pad)}`;
}

/** Writes an item of a list whose dashes stand at an indentation, without its dash. */
export function writeItem(value: Value, indent: number, manner: Manner): string {
  if (typeof value !== 'object' || isList(value)) return writeInline(value, 'line', manner);
  const within = indent + 2;
  return Object.entries(value)
    .map(([key, inner]) => writeEntry(key, inner, within, manner))
    .join(`\n${' '.repeat(within)}`);
}

/** Writes a key, in quotes where it would be read as something else. */
export function writeKey(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) && !/^(?:true|false|null)$/i.test(key)
    ? key
    : `'${key.replaceAll("'", "''")}'`;
}

function isFlat(value: { readonly [key: string]: Value }): boolean {
  return Object.values(value).every((inner) => typeof inner !== 'object');
}

/** Whether a value is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
