// Builds the staff console into a folder:
//   node scripts/build-console.mjs FOLDER
// Programs and the style under names with their hash, their compressed forms, and console.json, which
// says what the page begins with.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { compress } from './build-site.mjs';

const source = path.resolve(import.meta.dirname, '../src/console');
const target = 'es2022';

/** Writes the built files into `folder` and removes what an earlier build left there. */
export async function buildConsole(folder) {
  const workers = new Map();
  const [programs, style] = await Promise.all([bundlePrograms(folder, workers), bundleStyle()]);
  const files = new Map([
    ...workers,
    ...programs.outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]),
  ]);
  const styleName = `style-${createHash('sha256').update(style).digest('hex').slice(0, 8)}.css`;
  files.set(styleName, Buffer.from(style));
  await mkdir(folder, { recursive: true });
  const written = new Set(['console.json']);
  for (const [name, contents] of files) {
    for (const [suffix, bytes] of await compress(contents)) {
      await writeFile(path.join(folder, name + suffix), bytes);
      written.add(name + suffix);
    }
  }
  const begins = { ...entryOf(programs.metafile), style: styleName };
  await writeFile(path.join(folder, 'console.json'), `${JSON.stringify(begins)}\n`);
  for (const name of await readdir(folder)) {
    if (!written.has(name)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function bundlePrograms(folder, workers) {
  return build({
    entryPoints: [path.join(source, 'main.tsx')],
    tsconfig: path.join(source, 'tsconfig.json'),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    metafile: true,
    target,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [adoptedStyles, workersApart(workers), engineInBrowsers],
  });
}

/** A program that runs beside the page: `import { url } from './worker.js?worker'`. */
const workersApart = (workers) => ({
  name: 'workers-apart',
  setup(setup) {
    setup.onResolve({ filter: /\?worker$/ }, ({ path: file, resolveDir }) => ({
      path: path.resolve(resolveDir, file.replace(/\.js\?worker$/, '.ts')),
      namespace: 'worker',
    }));
    setup.onLoad({ filter: /.*/, namespace: 'worker' }, async ({ path: file }) => {
      const { outputFiles } = await build({
        entryPoints: [file],
        tsconfig: path.join(source, 'tsconfig.json'),
        bundle: true,
        format: 'esm',
        minify: true,
        write: false,
        target,
        charset: 'utf8',
        legalComments: 'none',
        logLevel: 'warning',
        plugins: [engineInBrowsers],
      });
      const [{ contents }] = outputFiles;
      const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8);
      const name = `${path.basename(file, '.ts')}-${hash}.js`;
      workers.set(name, contents);
      return { contents: `export const url = ${JSON.stringify(`/staff/assets/${name}`)};` };
    });
  },
});

/** The engine names versions by a hash of Node's, and those made in a browser are never kept. */
const engineInBrowsers = {
  name: 'engine-in-browsers',
  setup(setup) {
    setup.onResolve({ filter: /^node:crypto$/ }, () => ({
      path: path.join(source, 'pages/flows/checking/create-hash.ts'),
    }));
  },
};

/** The style of the shell, which the page links, so that nothing is ever shown without it. */
async function bundleStyle() {
  const { outputFiles } = await build({
    entryPoints: [path.join(source, 'style/style.css')],
    bundle: true,
    minify: true,
    write: false,
    target,
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/** A style sheet that a page imports comes with its program: `import './canvas.css'`. */
const adoptedStyles = {
  name: 'adopted-styles',
  setup(setup) {
    setup.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { code } = await transform(await readFile(file, 'utf8'), {
        loader: 'css',
        minify: true,
        target,
      });
      const contents = `const sheet = new CSSStyleSheet();
sheet.replaceSync(${JSON.stringify(code.trim())});
document.adoptedStyleSheets.push(sheet);`;
      return { contents, loader: 'js' };
    });
  },
};

/** The first program, and what it needs at once. */
function entryOf({ outputs }) {
  const [file, { imports }] = Object.entries(outputs).find(([, { entryPoint }]) =>
    entryPoint?.endsWith('src/console/main.tsx'),
  );
  const preload = imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path: part }) => path.basename(part));
  return { script: path.basename(file), preload };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('Usage: node scripts/build-console.mjs FOLDER');
  await buildConsole(path.resolve(folder));
}
