import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(__dirname, '..');
const src = join(root, 'src');

/** Where a file lives: its top folder in `src/`, or its own name at the top. */
type Room = string;

/** What each room may import besides itself, as written in CONTRIBUTING.md. Others may import all. */
const LAW: Record<Room, readonly string[]> = {
  engine: [],
  channels: ['channels/channel', 'channels/number-choices', 'channels/send-parts'],
  supporters: ['store', 'engine', 'supporters', 'csv'],
  donations: ['store', 'engine', 'supporters', 'csv'],
  volunteers: ['store', 'engine', 'supporters', 'csv'],
  canvass: ['store', 'engine', 'supporters', 'csv', 'site/server/html', 'spawn-thread'],
  outreach: ['store', 'engine', 'supporters'],
  rehearsal: ['engine', 'store', 'supporters', 'outreach', 'channels/webchat/token'],
  conversation: ['engine', 'supporters', 'store', 'channels/channel', 'log'],
  understanding: ['engine', 'spawn-thread'],
  store: ['spawn-thread'],
  site: ['engine/campaign', 'channels/webchat/protocol'],
  staff: [
    'store',
    'engine',
    'supporters',
    'outreach',
    'donations',
    'volunteers',
    'canvass',
    'conversation',
    'channels/channel',
    'log',
    'site/server',
  ],
  console: ['staff/api', 'engine', 'site/server/render-preview', 'site/palette'],
  scheduler: ['log'],
  server: ['log', 'metrics'],
  config: ['channels/whatsapp/cloud-account'],
  log: [],
  metrics: [],
  secrets: [],
  csv: ['engine/fold'],
  'error-code': [],
  repeat: [],
  sign: [],
  mail: ['site/palette', 'site/server/html'],
  'spawn-thread': [],
};
/** What every room but the engine may import. */
const EVERYWHERE = ['error-code', 'repeat', 'sign'];
/** Rooms that wire the others. */
const WIRING = ['main', 'program', 'open-channels', 'cli', 'personal-data', 'actions'];

/** The one file or folder that may import each third-party library. */
const LIBRARIES: Record<string, readonly string[]> = {
  '@agendajs/mongo-backend': ['scheduler.ts'],
  '@codemirror/commands': ['console'],
  '@codemirror/lang-yaml': ['console'],
  '@codemirror/language': ['console'],
  '@codemirror/lint': ['console'],
  '@codemirror/state': ['console'],
  '@codemirror/view': ['console'],
  '@dagrejs/dagre': ['console'],
  '@formatjs/icu-messageformat-parser': ['engine/icu'],
  '@lezer/highlight': ['console'],
  '@marcbachmann/cel-js': ['engine/cel.ts'],
  '@node-rs/argon2': ['staff'],
  '@xyflow/react': ['console'],
  agenda: ['scheduler.ts'],
  botbuilder: ['channels/botframework'],
  bson: ['store/embedded'],
  commander: ['cli'],
  'csv-parse': ['csv'],
  'csv-stringify': ['csv'],
  'disposable-email-domains-js': ['engine/answers'],
  // The HTTP server's routes are express routers wherever they are written.
  express: ['server.ts', 'channels', 'site/server', 'staff', 'donations/gateway'],
  grammy: ['channels/telegram'],
  helmet: ['server.ts'],
  'ical-generator': ['volunteers'],
  'intl-messageformat': ['engine/icu'],
  kdbush: ['canvass'],
  'libphonenumber-js': ['engine/answers'],
  lmdb: ['store/embedded'],
  // Every table names its connection; only the store opens one.
  mongoose: ['store', 'types only'],
  natural: ['understanding'],
  nodemailer: ['mail'],
  otplib: ['staff'],
  pino: ['log.ts'],
  preact: ['site/widget'],
  'prom-client': ['metrics.ts'],
  'proxy-addr': ['program.ts'],
  react: ['console'],
  'react-dom': ['console'],
  stripe: ['donations/gateway'],
  swr: ['console'],
  uqr: ['channels/whatsapp', 'site/server', 'staff'],
  'whatsapp-web.js': ['channels/whatsapp'],
  wouter: ['console'],
  ws: ['channels/webchat'],
  yaml: ['engine/yaml'],
  zod: ['config.ts', 'channels', 'staff'],
};

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join(src, file));
const imports = files.flatMap((file) => importsOf(file));
const inside = imports.filter(({ to }) => to.startsWith('.'));
const outside = imports.filter(({ to }) => !to.startsWith('.') && !isBuiltin(to));

describe('the import law', () => {
  test('sees the imports of every file', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(inside.length).toBeGreaterThan(files.length);
  });

  test('lets each room import only what it may', () => {
    const broken = inside.filter(({ from, to }) => !isAllowed(from, target(from, to)));
    expect(broken.map(({ from, to }) => `${shown(from)} imports ${to}`)).toEqual([]);
  });

  test('knows every room', () => {
    const rooms = new Set(files.map((file) => roomOf(shown(file))));
    for (const room of rooms) expect([...Object.keys(LAW), ...WIRING]).toContain(room);
  });

  test('lets each library be imported in one place', () => {
    const broken = outside.filter((found) => !isHome(found));
    expect(broken.map(({ from, to }) => `${shown(from)} imports ${to}`)).toEqual([]);
  });

  test('names no library that is not imported', () => {
    const imported = new Set(outside.map(({ to }) => packageOf(to)));
    expect(Object.keys(LIBRARIES).filter((library) => !imported.has(library))).toEqual([]);
  });

  test('keeps the clock, chance, promises and the world out of the engine', () => {
    const engine = files.filter((file) => shown(file).startsWith('engine/'));
    const impure =
      /\bDate\.now\(|new Date\(\)|Math\.random|\bprocess\.|\bfetch\(|\basync\b|\bawait\b|set(?:Timeout|Interval)\(/;
    expect(engine.filter((file) => impure.test(withoutComments(file))).map(shown)).toEqual([]);
    const builtins = imports.filter(
      ({ from, to }) => shown(from).startsWith('engine/') && isBuiltin(to),
    );
    expect(builtins.filter(({ to }) => to !== 'node:crypto')).toEqual([]);
  });

  test('reads the environment in one place', () => {
    const readers = files.filter((file) => /process\.env/.test(withoutComments(file)));
    expect(readers.map(shown)).toEqual(['config.ts']);
  });
});

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|\brequire\(\s*'([^']+)'\s*\)/gm,
  );
  return [...found].map(([, type, ...paths]) => ({
    from: file,
    to: paths.find((path) => path !== undefined) ?? '',
    typeOnly: type !== undefined,
  }));
}

function withoutComments(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

function shown(file: string): string {
  return relative(src, file);
}

function target(from: string, to: string): string {
  return shown(normalize(join(dirname(from), to))).replace(/\.(js|ts|tsx|css)$/, '');
}

function roomOf(path: string): Room {
  return (path.split('/')[0] ?? path).replace(/\.tsx?$/, '');
}

function isAllowed(from: string, to: string): boolean {
  const room = roomOf(shown(from));
  if (WIRING.includes(room)) return true;
  // A channel's own folder is its room; `channels/webchat` never sees `channels/telegram`.
  if (room === 'channels') {
    const own = dirname(shown(from));
    if (own !== 'channels' && to.startsWith(`${own}/`)) return true;
    if (shown(from) === 'channels/channel.ts') return to.startsWith('engine/');
    return [...(LAW['channels'] ?? []), ...EVERYWHERE].includes(to);
  }
  if (roomOf(to) === room || EVERYWHERE.includes(to)) return true;
  return (LAW[room] ?? []).some((allowed) => to === allowed || to.startsWith(`${allowed}/`));
}

function isHome({ from, to, typeOnly }: Import): boolean {
  const homes = LIBRARIES[packageOf(to)] ?? [];
  if (typeOnly && homes.includes('types only')) return true;
  return homes.some((home) => shown(from) === home || shown(from).startsWith(`${home}/`));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}
