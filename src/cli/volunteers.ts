import { Argument, type Command } from 'commander';
import { ROLES, type Role } from '../volunteers/tasks.js';
import { ADDRESS } from './find-one.js';

type Options = { readonly json?: boolean };

/** `portevoix volunteers …`: who asks for a part that the team gives, and what it says. */
export function addVolunteers(program: Command): void {
  const volunteers = program
    .command('volunteers')
    .description('approval of canvassers, drivers and poll watchers');
  volunteers
    .command('list')
    .description('who asked for a part, those who wait first')
    .option('--all', 'those who have an answer too')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options & { all?: boolean }) => {
      await (await import('./volunteers/decide.js')).listVolunteers(options);
    });
  for (const [name, state, what] of [
    ['approve', 'approved', 'let somebody take a part; a running server tells them'],
    ['decline', 'declined', 'let somebody not take a part; a running server tells them kindly'],
  ] as const) {
    volunteers
      .command(name)
      .description(what)
      .argument('<supporter>', ADDRESS)
      .addArgument(new Argument('<role>', 'the part').choices(ROLES))
      .option('--json', 'print the outcome as JSON')
      .action(async (supporter: string, role: Role, options: Options) => {
        await (await import('./volunteers/decide.js')).decide(supporter, role, state, options);
      });
  }
}
