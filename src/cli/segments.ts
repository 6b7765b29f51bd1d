import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { errorCode } from '../error-code.js';
import { formatProblem } from '../engine/problem.js';
import { jsonOf } from '../engine/transcript/json-of.js';
import { readYaml } from '../engine/yaml.js';
import { printable, printableJson } from './printable.js';
import { Refusal } from './refusal.js';
import type { SegmentsAtHand } from './with-segments.js';
import { write } from './write.js';

type Options = { readonly json?: boolean };

/** Supporters in a sample when no size is named, and the most that may be. */
const SAMPLE = 10;
const LARGEST_SAMPLE = 1_000;

/** `portevoix segments list|show|save|count|sample|remove`: who is meant, by what is known of them. */
export function addSegments(program: Command): void {
  const segments = program
    .command('segments')
    .description('groups of supporters by what is known of them, for messages, flows and exports');
  segments
    .command('list')
    .description('every segment, with who made it and when')
    .option('--json', 'one JSON object a line')
    .action(({ json }: Options) => work((at) => list(at, json === true)));
  segments
    .command('show')
    .description('one segment, as save takes it')
    .argument('<name>')
    .option('--json', 'on one line')
    .action((name: string, { json }: Options) => work((at) => show(at, name, json === true)));
  segments
    .command('save')
    .description('check a segment and keep it in place of any of its name')
    .argument('<file>', 'YAML or JSON; flows/README.md shows what it has')
    .option('--author <name>', 'who made it; the account that runs the command by default')
    .option('--json', 'print the outcome as JSON')
    .action((file: string, options: Options & { readonly author?: string }) =>
      work((at) => save(at, file, options)),
    );
  segments
    .command('count')
    .description('how many are in it now')
    .argument('<name>')
    .option('--json', 'print it as JSON')
    .action((name: string, { json }: Options) => work((at) => count(at, name, json === true)));
  segments
    .command('sample')
    .description('some of those who are in it now')
    .argument('<name>')
    .option('--size <number>', `how many, up to ${LARGEST_SAMPLE}`, String(SAMPLE))
    .option('--json', 'one JSON object a line')
    .action((name: string, options: Options & { readonly size: string }) =>
      work((at) => sample(at, name, options)),
    );
  segments
    .command('remove')
    .description('forget a segment; nobody in it is touched')
    .argument('<name>')
    .option('--json', 'print the outcome as JSON')
    .action((name: string, { json }: Options) => work((at) => remove(at, name, json === true)));
}

/** The store is loaded here only: other commands start faster without it. */
async function work(run: (at: SegmentsAtHand) => Promise<void>): Promise<void> {
  const { withSegments } = await import('./with-segments.js');
  await withSegments(run);
}

async function list({ segments }: SegmentsAtHand, json: boolean): Promise<void> {
  const all = await segments.list();
  for (const { name, title, author, at } of all) {
    await write(
      json
        ? `${printableJson({ name, title, author, at })}\n`
        : `${printable(`${name}  ${title}  (${author}, ${at.toISOString()})`)}\n`,
    );
  }
  if (all.length === 0 && !json) await write('There is no segment yet: portevoix segments save.\n');
}

async function show({ open }: SegmentsAtHand, name: string, json: boolean): Promise<void> {
  const segment = await open(name);
  await write(json ? `${printableJson(segment)}\n` : `${JSON.stringify(segment, null, 2)}\n`);
}

async function save(
  { segments, audience, terms }: SegmentsAtHand,
  file: string,
  { json, author }: Options & { readonly author?: string },
): Promise<void> {
  const { readSegment } = await import('../outreach/segments/read-segment.js');
  const { explainFaults } = await import('./with-segments.js');
  const { accountName } = await import('./publishing/with-flows.js');
  const reading = readSegment(await readData(file), terms);
  if (reading.type === 'faulty') throw new Refusal(explainFaults(file, reading.faults));
  const { segment } = reading;
  const at = new Date();
  await segments.save(segment, author ?? accountName(), at);
  const { name } = segment;
  const size = await audience.count(segment, at);
  await write(
    json === true
      ? `${JSON.stringify({ name, count: size })}\n`
      : `Saved "${name}"; ${size} in it now.\n`,
  );
}

/** What a file of YAML or JSON holds. */
async function readData(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal(`${file} cannot be read (${String(errorCode(error) ?? error)}).`);
  });
  if (file.endsWith('.json')) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new Refusal(`${file} is not JSON.`);
    }
  }
  const { root, problems } = readYaml({ path: file, text });
  if (problems.length > 0 || root === undefined) {
    const lines = problems.map((problem) => formatProblem(problem));
    throw new Refusal(lines.length === 0 ? `${file} is empty.` : lines.join('\n'));
  }
  return jsonOf(root);
}

async function count({ open, audience }: SegmentsAtHand, name: string, json: boolean) {
  const at = new Date();
  const size = await audience.count(await open(name), at);
  await write(json ? `${JSON.stringify({ name, count: size, at })}\n` : `${size} in it now.\n`);
}

async function sample(
  { open, audience, supporters }: SegmentsAtHand,
  name: string,
  { json, size: written }: Options & { readonly size: string },
): Promise<void> {
  const size = Number(written);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_SAMPLE) {
    throw new Refusal(`--size is a number from 1 to ${LARGEST_SAMPLE}.`);
  }
  const ids = await audience.sample(await open(name), new Date(), size);
  for (const { _id: id, language, created_at } of await supporters.table.find({
    _id: { $in: ids },
  })) {
    const since = created_at.toISOString();
    await write(
      json === true
        ? `${JSON.stringify({ id, language, created_at: since })}\n`
        : `id:${id}  ${language}  known since ${since}\n`,
    );
  }
}

async function remove({ segments, open }: SegmentsAtHand, name: string, json: boolean) {
  // One that is not there is told with the nearest name; one that cannot be used is removed too.
  if (!(await segments.remove(name))) await open(name);
  await write(json ? `${JSON.stringify({ name, removed: true })}\n` : `Removed "${name}".\n`);
}
