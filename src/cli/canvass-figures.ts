import type { Command } from 'commander';
import { commandGroup } from './command-group.js';

/** `portevoix canvass rank|backtest|…`: where to knock, and what came of it. */
export function addCanvassFigures(program: Command): void {
  const canvass = commandGroup(program, 'canvass', 'door to door: areas, turfs, walks and results');
  canvass
    .command('rank')
    .description('areas in the order in which an hour at the doors counts most, and why')
    .option(
      '--election <id...>',
      'only by results of these; by default all in which your labels had votes',
    )
    .option('--language <language>', 'fr or en; the campaign’s first by default')
    .option('--limit <number>', 'only so many, the first ones')
    .option('--json', 'one JSON object a line')
    .action(async (options) => {
      await (await import('./canvass/rank.js')).rank(options);
    });
  canvass
    .command('backtest')
    .description('rank by one election, and compare with the next: would it have helped?')
    .requiredOption('--from <id>', 'the election to rank by')
    .requiredOption('--to <id>', 'the later election to compare with')
    .option('--json', 'print it as JSON')
    .action(async (options) => {
      await (await import('./canvass/backtest.js')).showBackTest(options);
    });
  canvass
    .command('results')
    .description('what was found at the doors, with contact and conversion rates')
    .option('--by <group>', 'turf, street, canvasser or hour; turf by default')
    .option('--json', 'one JSON object a line')
    .action(async (options) => {
      await (await import('./canvass/results.js')).showResults(options);
    });
  canvass
    .command('outings')
    .description('each stretch of canvassing of each volunteer, in short')
    .option('--json', 'one JSON object a line')
    .action(async (options) => {
      await (await import('./canvass/outings.js')).listOutings(options);
    });
  canvass
    .command('alerts')
    .description('outings about which something is odd: rates, pace, distance')
    .option('--json', 'one JSON object a line')
    .action(async (options) => {
      await (await import('./canvass/outings.js')).listAlerts(options);
    });
  canvass
    .command('rollback')
    .description('take one outing back: its visits count no more, its doors are to do again')
    .argument('<outing>', 'as outings and alerts name it')
    .option('--yes', 'do it')
    .option('--json', 'print what was done as JSON')
    .action(async (outing: string, options) => {
      await (await import('./canvass/outings.js')).rollBack(outing, options);
    });
  canvass
    .command('print')
    .description('a walk list as a page to print, without names: … > list.html')
    .argument('<turf>', 'the turf’s name or id')
    .option('--language <language>', 'fr or en; the campaign’s first by default')
    .action(async (turf: string, options) => {
      await (await import('./canvass/print.js')).printWalkList(turf, options);
    });
  canvass
    .command('roll')
    .description('what is kept of the electoral roll, and who undertook what before it was read')
    .option('--erase', 'erase what is kept; undertakings stay')
    .option('--json', 'print it as JSON')
    .action(async (options) => {
      await (await import('./canvass/roll.js')).showRoll(options);
    });
}
