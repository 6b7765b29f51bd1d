import type { Command } from 'commander';
import { commandGroup } from './command-group.js';

/** `portevoix import …`: supporters, and what is known of a town. */
export function addImport(program: Command): void {
  const importing = commandGroup(program, 'import', 'take data in from files');
  importing
    .command('supporters')
    .description(
      'supporters from another program; nobody has agreed to anything unless it is proven',
    )
    .argument('<file>', 'a CSV file, gzipped or not')
    .requiredOption('--format <name>', 'nationbuilder, van, action-network, rapidpro or csv')
    .option('--dry-run', 'read all, tell the same figures, and write nothing')
    .option('--consent <purpose>', 'what those whose status says subscribed agreed to elsewhere')
    .option('--wording <text>', 'the wording that they agreed to')
    .option('--language <tag>', 'the language of that wording')
    .option('--consented-at <instant>', 'when they agreed, such as 2031-05-04')
    .option(
      '--channel <name>',
      'where they agreed to be written to (default: wherever the file has an address)',
    )
    .option('--email-confirmed', 'the other program has confirmed the addresses')
    .option('--leave-out-bad-cells', 'leave out a value that cannot be read, not its whole row')
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, options) => {
      await (await import('./import/supporters.js')).importSupportersFile(file, options);
    });
  importing
    .command('doors')
    .description('doors: plain columns, or those of the Base adresse nationale')
    .argument('<file>', 'a CSV file, gzipped or not')
    .option(...ONLY)
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, options) => {
      await (await import('./import/doors.js')).importDoorsFile(file, options);
    });
  importing
    .command('results')
    .description(
      'election results by polling station: data.gouv’s aggregated files, or the ministry’s',
    )
    .argument('<file>', 'a CSV file, gzipped or not')
    .option('--election <id>', 'for files that do not name theirs, such as 2024_legi_t1')
    .option(...ONLY)
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, options) => {
      await (await import('./import/results.js')).importResultsFile(file, options);
    });
  importing
    .command('incomes')
    .description('living standards: INSEE’s squares of 200 m or 1 km (Filosofi), or its IRIS')
    .argument('<file>', 'a CSV file, gzipped or not')
    .option(...ONLY)
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, options) => {
      await (await import('./import/incomes.js')).importIncomesFile(file, options);
    });
  importing
    .command('roll')
    .description(
      'the electoral roll (REU): how many are registered at each address, and where they vote; no names',
    )
    .argument('<file>', 'a CSV file, gzipped or not')
    .option('--undertaking <name>', 'who undertakes to make no commercial use of it')
    .option(
      '--purpose <text>',
      'what it is read for',
      'canvassing: the polling station of each address',
    )
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, options) => {
      await (await import('./import/roll.js')).importRollFile(file, options);
    });
  importing
    .command('stations')
    .description(
      'tells doors without a polling station theirs, by places nearby: INSEE’s addresses by station, or station, lat, lon',
    )
    .argument('<file>', 'a CSV file, gzipped or not')
    .option(...ONLY)
    .option('--json', 'print what was done as JSON')
    .action(async (file: string, options) => {
      await (await import('./import/stations.js')).importStationsFile(file, options);
    });
}

const ONLY = [
  '--only <code...>',
  'places whose INSEE code begins so: 35238 is a town, 35 a department',
] as const;
