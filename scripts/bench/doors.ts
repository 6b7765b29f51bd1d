import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchProcess } from './measure/watch-process.js';

/*
 * Doors taken in on the embedded store by the built command, as an operator does: seconds, seconds of CPU,
 * and the most memory that the process held, its own and with the pages of the store's file; then the same
 * file again, which changes nothing.
 *
 *   npm run bench -- doors [how many]
 */
const [given = '500000'] = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const doors = Number(given);
const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const file = join(folder, 'adresses.csv');
  try {
    await writeDoors(file);
    console.log(`${doors} doors, ${(statSync(file).size / 1e6).toFixed(0)} MB of CSV`);
    await measure('taken in', folder, file);
    await measure('again', folder, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Columns and lengths as in the Base adresse nationale; a station for each thousand doors. */
async function writeDoors(file: string): Promise<void> {
  const out = createWriteStream(file);
  out.write(
    'id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;cad_parcelles;station\n',
  );
  for (let n = 0; n < doors; n += 1) {
    const street = Math.floor(n / 60);
    const commune = String(35_001 + Math.floor(n / 10_000));
    const number = (n % 60) + 1;
    const lat = (47.9 + (street % 700) * 0.0009 + number * 0.00001).toFixed(6);
    const lon = (-2.2 + Math.floor(street / 700) * 0.002 + number * 0.0002).toFixed(6);
    const name = `Rue des Sources ${street}`;
    const line = `${commune}_${String(street).padStart(4, '0')}_${String(number).padStart(5, '0')};${commune}_${street};${number};;${name};35000;${commune};Valbrume ${commune};;;350000.12;6790000.34;${lon};${lat};entrée;;;VALBRUME;RUE DES SOURCES ${street};commune;commune;1;350010000A${n};${Math.floor(n / 1_000) % 60}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function measure(name: string, dataDir: string, file: string): Promise<void> {
  const child = spawn(process.execPath, [CLI, 'import', 'doors', file, '--json'], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: join(dataDir, 'data') },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const { seconds, cpu, own, whole } = await watchProcess(child);
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, ${own.toFixed(0)} MB of its own, ${whole.toFixed(0)} MB with the pages of the store's file`,
  );
}

void main();
