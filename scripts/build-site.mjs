// Builds the browser programs of the public site into a folder:
//   node scripts/build-site.mjs FOLDER
// The widget under a name with its hash, embed.js, their compressed forms, and assets.json,
// which gives the hashed names.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, transform } from 'esbuild';

const widget = path.resolve(import.meta.dirname, '../src/site/widget');

/** Writes the built files into `folder` and removes what an earlier build left there. */
export async function buildSite(folder) {
  const chat = await bundle('main.ts', 'esm');
  const chatName = `widget-${createHash('sha256').update(chat).digest('hex').slice(0, 10)}.js`;
  const embed = await bundle('embed.ts', 'iife');
  const files = new Map([
    [chatName, chat],
    ['embed.js', embed],
  ]);
  await mkdir(folder, { recursive: true });
  const written = new Set(['assets.json']);
  for (const [name, text] of files) {
    for (const [suffix, bytes] of await compress(text)) {
      await writeFile(path.join(folder, name + suffix), bytes);
      written.add(name + suffix);
    }
  }
  await writeFile(path.join(folder, 'assets.json'), `${JSON.stringify({ widget: chatName })}\n`);
  for (const name of await readdir(folder)) {
    if (!written.has(name)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

async function bundle(entry, format) {
  const result = await build({
    entryPoints: [path.join(widget, entry)],
    tsconfig: path.join(widget, 'tsconfig.json'),
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [minifiedStyles],
  });
  return result.outputFiles[0].text;
}

/** Imports a style sheet as its minified text, for the shadow root. */
const minifiedStyles = {
  name: 'minified-styles',
  setup(setup) {
    setup.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { code } = await transform(await readFile(file, 'utf8'), {
        loader: 'css',
        minify: true,
        target: 'es2020',
      });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/** A file in every form: by the suffix of its name, its bytes. */
export async function compress(text) {
  const bytes = Buffer.from(text);
  return [
    ['', bytes],
    ['.gz', await promisify(gzip)(bytes, { level: 9 })],
    [
      '.br',
      await promisify(brotliCompress)(bytes, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
    ],
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('Usage: node scripts/build-site.mjs FOLDER');
  await buildSite(path.resolve(folder));
}
