// Writes the communes of every postal code, small enough to be kept in memory, to dist/places.txt.
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const LISTS = '@etalab/decoupage-administratif';

/** Needs the compiled server. */
export async function buildPlaces(root) {
  const dist = path.join(root, 'dist');
  const lists = path.join(root, 'node_modules', LISTS);
  if (!existsSync(path.join(dist, 'supporters')) || !existsSync(lists)) return;
  const read = async (file) => JSON.parse(await readFile(path.join(lists, file), 'utf8'));
  const require = createRequire(path.join(dist, 'main.js'));
  const { writePlaceIndex } = require('./supporters/places/place-index.js');
  const [communes, departements, { version }] = await Promise.all(
    ['data/communes.json', 'data/departements.json', 'package.json'].map(read),
  );
  const index = writePlaceIndex({ communes, departements }, `${LISTS} ${version}`);
  await writeFile(path.join(dist, 'places.txt'), index);
}
