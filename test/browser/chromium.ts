import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);

const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** Starts a headless Chromium (see `findChromium`). Close it when done. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env } });
}

/**
 * A Chromium and what its environment needs: the one at `CHROMIUM_PATH`, else the one that came with
 * `npm ci` (Linux x64).
 */
export async function findChromium(): Promise<{
  readonly executablePath: string;
  readonly env: { readonly [name: string]: string };
}> {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && own !== '') return { executablePath: own, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'Browser tests carry a Chromium for Linux x64 only; elsewhere set CHROMIUM_PATH.',
    );
  }
  const folder = await unpackChromium();
  const libraries = path.join(folder, 'al2023', 'lib');
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      // A bare machine has neither the libraries nor a font; the package carries both.
      LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  };
}

/** The font the package carries, and the machine's own where it has any. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
</fontconfig>
`;

/** Unpacks once for each installation; processes that race all end with the same folder. */
async function unpackChromium(): Promise<string> {
  const entry = require.resolve('@sparticuz/chromium');
  const modules = entry.slice(0, entry.lastIndexOf(path.join('@sparticuz', 'chromium')));
  const folder = path.join(modules, '.cache', 'portevoix', 'chromium');
  if (existsSync(folder)) return folder;
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  // The package unpacks into the temporary folder, and its libraries only where it believes to run on AWS:
  // a process of its own keeps both settings away from this one.
  await run(
    process.execPath,
    [
      '-e',
      `require(${JSON.stringify(entry)}).executablePath().catch((e) => { console.error(e); process.exit(1); })`,
    ],
    { env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' } },
  );
  await writeFile(path.join(draft, 'fonts.conf'), FONTS);
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
