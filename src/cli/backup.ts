import type { Command } from 'commander';

/** `portevoix backup` and `portevoix restore`: everything the store holds, in one file. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write all that the store holds, as it is at one instant, into one file')
    .argument('<file>', 'a file that is not there yet')
    .option('--with-secret', 'the key that signs links too: keep such a file like the key itself')
    .option('--json', 'print what was written as JSON')
    .action(async (file: string, options) => {
      await (await import('./backup/back-up.js')).backUp(file, options);
    });
  program
    .command('restore')
    .description('put what a backup holds into an empty store, embedded or MongoDB')
    .argument('<file>', 'what portevoix backup wrote')
    .option('--replace', 'give up what the store holds')
    .option('--keep-sending', 'messages under way go on: nothing was sent since the backup')
    .option('--json', 'print what was restored as JSON')
    .action(async (file: string, options) => {
      await (await import('./backup/restore.js')).restore(file, options);
    });
}
