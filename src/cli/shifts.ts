import type { Command } from 'commander';
import { ADDRESS } from './find-one.js';

type Options = { readonly json?: boolean };

/** `portevoix shifts …`: where and when volunteers are wanted, and who comes. */
export function addShifts(program: Command): void {
  const shifts = program
    .command('shifts')
    .description('shifts of volunteers: places, waiting lists, who came');
  shifts
    .command('create')
    .description('check a file of shifts and open them for signing up; prints their names')
    .argument('<file>', 'a YAML file of one shift or a list of them, as README.md shows one')
    .option('--json', 'one JSON object a line')
    .action(async (file: string, options: Options) => {
      await (await import('./shifts/create.js')).createShifts(file, options);
    });
  shifts
    .command('list')
    .description('shifts to come, the next first')
    .option('--all', 'those that are over or called off too')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options & { all?: boolean }) => {
      await (await import('./shifts/show.js')).listShifts(options);
    });
  shifts
    .command('show')
    .description('one shift, with the code that its leader tells those who came')
    .argument('<name>', 'the shift')
    .option('--json', 'print it as JSON')
    .action(async (name: string, options: Options) => {
      await (await import('./shifts/show.js')).showShift(name, options);
    });
  shifts
    .command('signups')
    .description('who signed up, in the order of the list')
    .argument('<name>', 'the shift')
    .option('--json', 'one JSON object a line')
    .action(async (name: string, options: Options) => {
      await (await import('./shifts/show.js')).listSignups(name, options);
    });
  shifts
    .command('check-in')
    .description('note that somebody is there, or was')
    .argument('<name>', 'the shift')
    .argument('<supporter>', ADDRESS)
    .option('--json', 'print the outcome as JSON')
    .action(async (name: string, supporter: string, options: Options) => {
      await (await import('./shifts/change.js')).checkInBy(name, supporter, options);
    });
  shifts
    .command('cancel')
    .description('call a shift off; a running server tells everybody who signed up')
    .argument('<name>', 'the shift')
    .option('--json', 'print the outcome as JSON')
    .action(async (name: string, options: Options) => {
      await (await import('./shifts/change.js')).cancelShift(name, options);
    });
}
