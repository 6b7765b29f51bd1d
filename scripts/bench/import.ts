import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchProcess } from './measure/watch-process.js';

/*
 * Supporters of another program taken in on the embedded store by the built command, as an operator does:
 * seconds, rows a second, seconds of CPU, and the most memory that the process held, its own and with the pages
 * of the store's file; then the same file again, which changes nothing; then all of it written out, backed up
 * and restored elsewhere.
 *
 *   npm run bench -- import [how many]
 */
const [given = '100000'] = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const people = Number(given);
const ROOT = join(__dirname, '..', '..');
const CLI = join(ROOT, 'dist', 'cli.js');
const CONSENT =
  '--consent newsletter --wording W --language fr --consented-at 2026-01-01 --email-confirmed';

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const [file, backup] = [join(folder, 'people.csv'), join(folder, 'people.backup')];
  const [data, other] = [join(folder, 'data'), join(folder, 'other')];
  const take = `import supporters ${file} --format nationbuilder ${CONSENT} --json`;
  try {
    await writePeople(file);
    console.log(`${people} supporters, ${(statSync(file).size / 1e6).toFixed(0)} MB of CSV`);
    await measure('taken in', data, take);
    await measure('again', data, take);
    await measure('written out', data, 'export supporters --format csv');
    await measure('backed up', data, `backup ${backup} --json`);
    console.log(`a backup of ${(statSync(backup).size / 1e6).toFixed(1)} MB`);
    await measure('restored', other, `restore ${backup} --json`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writePeople(file: string): Promise<void> {
  const out = createWriteStream(file);
  out.write(
    'nationbuilder_id,first_name,last_name,email,email_opt_in,mobile_number,primary_zip,support_level,tags,do_not_contact\n',
  );
  for (let n = 0; n < people; n += 1) {
    const zip = `35${String(n % 999).padStart(3, '0')}`;
    const line = `${n},Prénom${n},Nom${n},p${n}@exemple.org,true,06${10_000_000 + n},${zip},${(n % 5) + 1},"marché, liste ${n % 50}",false\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function measure(name: string, dataDir: string, command: string): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...command.split(' ')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: dataDir,
      FLOWS_DIR: join(ROOT, 'flows'),
      SECRET_KEY: 'a key of the benchmark, of thirty-two signs',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { status, seconds, cpu, own, whole } = await watchProcess(child);
  if (status !== 0) throw new Error(`portevoix ${command} ended with ${status}.`);
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${Math.round(people / seconds)} a second, ${cpu.toFixed(1)} s of CPU, ${own.toFixed(0)} MB of its own, ${whole.toFixed(0)} MB with the pages of the store's file`,
  );
}

void main();
