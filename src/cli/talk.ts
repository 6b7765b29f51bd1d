import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { drawMessage, TERMINAL_LIMITS } from '../channels/terminal.js';
import { readSettings } from '../config.js';
import { compose } from '../conversation/compose.js';
import type { Effect } from '../engine/effect.js';
import type { ReadMeaning, Rule } from '../engine/event.js';
import type { Library } from '../engine/flow.js';
import { createLibrary } from '../engine/library.js';
import {
  createSimulation,
  letPass,
  saying,
  simulate,
  type Simulated,
  type Simulation,
} from '../engine/simulate.js';
import { runTranscript, writeTranscript, type They } from '../engine/transcript.js';
import { explainFlows } from './explain.js';
import { compileFolders } from './flows.js';
import { learnedMeaning } from './learned.js';
import { Refusal } from './refusal.js';

type Hearing = { readonly rules: ReadonlyMap<string, Rule>; readonly readMeaning: ReadMeaning };
export type ChatOptions = { flow?: string; locale?: string; save?: string };

const HINT = 'Write to the bot. :after 1h lets time pass, :send photo sends one, :quit ends.';
const MEDIA = ['photo', 'voice', 'sticker', 'video', 'file'] as const;
const SPANS: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Talks to the flows in the terminal until the input ends, and writes the transcript that is asked for. */
export async function chat(options: ChatOptions): Promise<void> {
  const settings = readSettings();
  const compiled = await compileFolders(settings);
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  const start = library.startedBy({ type: 'command', command: 'start' });
  const flow = options.flow ?? start;
  if (flow === undefined) throw new Refusal(explainFlows(compiled.problems));
  if (library.flow(flow) === undefined) {
    const names = [...compiled.flows.keys()].join(', ');
    throw new Refusal(`There is no sound flow "${flow}"; there are ${names}.`);
  }
  const locale = languageOf(library, options.locale);
  const file = options.save === undefined ? undefined : fileOf(settings.flowsDir, options.save);

  const opening: They = flow === start ? { type: 'open' } : { type: 'start', flow };
  const readMeaning = await learnedMeaning(compiled.lessons, settings.dataDir);
  const hearing = { rules: compiled.rules, readMeaning };
  const said = await talk(library, hearing, locale, opening);
  if (file === undefined || options.save === undefined) return;
  const turns = said.map((they) => ({ they, do: [], we: [] }));
  const draft = { title: options.save, flow, locale, turns };
  const { recorded } = runTranscript(library, compiled.rules, draft, readMeaning);
  await mkdir(join(settings.flowsDir, 'tests'), { recursive: true });
  await writeFile(file, writeTranscript(recorded), { flag: 'wx' });
  process.stdout.write(`Written to ${file}\n`);
}

function languageOf(library: Library, asked: string | undefined): string {
  const { languages } = library.campaign;
  if (asked !== undefined && !languages.includes(asked)) {
    throw new Refusal(`The campaign does not speak "${asked}"; it speaks ${languages.join(', ')}.`);
  }
  return asked ?? languages[0] ?? 'fr';
}

/** Where a transcript goes; one that exists is never written over. */
function fileOf(flowsDir: string, name: string): string {
  if (!/^[\w.-]+$/.test(name)) {
    throw new Refusal('A transcript is named with letters, digits, dots, dashes and underscores.');
  }
  const file = join(flowsDir, 'tests', `${name}.yaml`);
  if (existsSync(file)) throw new Refusal(`${file} exists; choose another name.`);
  return file;
}

/** Talks until the input ends; answers what the supporter did. */
async function talk(
  library: Library,
  hearing: Hearing,
  locale: string,
  opening: They,
): Promise<They[]> {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY,
    prompt: '> ',
  });
  let simulation = createSimulation(locale, Date.now(), 'terminal');
  const said: They[] = [];
  const take = (they: They): void => {
    const taken = settle(library, play(library, hearing, simulation, they));
    simulation = taken.simulation;
    said.push(they);
    show(taken.effects, simulation.supporter.language);
    lines.prompt();
  };
  process.stdout.write(`${HINT}\n\n`);
  take(opening);
  for await (const line of lines) {
    const they = read(line.trim());
    if (they === 'quit') break;
    if (they !== undefined) take(they);
    else if (line.trim() !== '') process.stdout.write(`${HINT}\n`);
  }
  lines.close();
  return said;
}

/** What a line of the terminal means; undefined when it means nothing. */
function read(line: string): They | 'quit' | undefined {
  if (!line.startsWith(':')) return line === '' ? undefined : { type: 'text', text: line };
  if (line === ':quit') return 'quit';
  const span = /^:after (\d+)([smhdw])$/.exec(line);
  if (span !== null) return { type: 'after', ms: Number(span[1]) * (SPANS[span[2] ?? ''] ?? 0) };
  const sent = /^:send (\w+)$/.exec(line)?.[1];
  const media = MEDIA.find((kind) => kind === sent);
  return media === undefined ? undefined : { type: 'send', media };
}

function play(
  library: Library,
  { rules, readMeaning }: Hearing,
  simulation: Simulation,
  they: They,
): Simulated {
  switch (they.type) {
    case 'text':
      return simulate(
        library,
        simulation,
        saying(they.text, rules, (text) => readMeaning(text, simulation.supporter.language)),
      );
    case 'send':
      return simulate(library, simulation, { type: 'sent', media: they.media });
    case 'after':
      return letPass(library, simulation, they.ms);
    case 'start':
      return simulate(library, simulation, { type: 'started', flow: they.flow });
    case 'open':
    case 'choose':
    case 'skip':
    case 'share':
      return simulate(library, simulation, { type: 'opened' });
    default:
      return they satisfies never;
  }
}

/** Actions that are waited for are not carried out here: they fail, and the flow goes on. */
function settle(library: Library, played: Simulated): Simulated {
  const awaited = played.effects.find((effect) => effect.type === 'act' && effect.awaited);
  if (awaited?.type !== 'act') return played;
  const event = { type: 'returned' as const, effect: awaited.id };
  const next = settle(library, simulate(library, played.simulation, event));
  return { simulation: next.simulation, effects: [...played.effects, ...next.effects] };
}

function show(effects: readonly Effect[], language: string): void {
  const says = effects.filter((effect) => effect.type === 'say');
  for (const message of compose(says, TERMINAL_LIMITS, language)) {
    process.stdout.write(`${drawMessage(message)}\n\n`);
  }
  for (const effect of effects) {
    if (effect.type === 'act') process.stdout.write(`  [action ${effect.action}]\n`);
    else if (effect.type === 'alert') {
      process.stdout.write(`  [alert ${effect.code} at ${effect.flow}.${effect.step}]\n`);
    }
  }
}
