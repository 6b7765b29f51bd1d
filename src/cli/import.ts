import type { Command } from 'commander';

/** `portevoix import …`: what is known of a town, for canvassing. */
export function addImport(program: Command): void {
  const importing = findOrAdd(program);
  importing
    .command('doors')
    .description('doors: plain columns, or those of the Base adresse nationale')
    .argument('<file>', 'a CSV file, gzipped or not')
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, options) => {
      await (await import('./import/doors.js')).importDoorsFile(file, options);
    });
}

/** Other parts of the program may have begun the command. */
function findOrAdd(program: Command): Command {
  const known = program.commands.find((command) => command.name() === 'import');
  return known ?? program.command('import').description('take data in from files');
}
