import type { Command } from 'commander';

type Options = { readonly json?: boolean };

/** `portevoix sequences …`: what follows up something that happened. */
export function addSequences(program: Command): void {
  const sequences = program
    .command('sequences')
    .description('steps that follow up a consent, a tag, a signup, a donation, or a long silence');
  sequences
    .command('create')
    .description('check the file of a sequence and begin it; prints its id')
    .argument('<file>', 'a YAML file, as README.md shows one')
    .option('--json', 'print the outcome as JSON')
    .action(async (file: string, options: Options) => {
      await (await import('./sequences/create.js')).createSequence(file, options);
    });
  sequences
    .command('list')
    .description('all sequences, the newest first')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options) => {
      await (await import('./sequences/show.js')).listSequences(options);
    });
  for (const [name, what] of [
    ['show', 'what it begins with, its steps, and what ends it early'],
    ['status', 'how far its steps got'],
  ] as const) {
    sequences
      .command(name)
      .description(what)
      .argument('<id>', 'the sequence')
      .option('--json', 'print it as JSON')
      .action(async (id: string, options: Options) => {
        const { showSequence, showSequenceStatus } = await import('./sequences/show.js');
        await (name === 'show' ? showSequence : showSequenceStatus)(id, options);
      });
  }
  for (const [name, what] of MOVES) {
    sequences
      .command(name)
      .description(what)
      .argument('<id>', 'the sequence')
      .option('--json', 'print the outcome as JSON')
      .action(async (id: string, options: Options) => {
        await (await import('./sequences/move.js')).moveSequence(id, name, options);
      });
  }
}

const MOVES = [
  ['pause', 'hold its steps up; who qualifies meanwhile gets them once it goes on'],
  ['resume', 'go on with it'],
  ['remove', 'send nothing more of it, and forget it'],
] as const;
