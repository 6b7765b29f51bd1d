import type { Command } from 'commander';
import { commandGroup } from './command-group.js';
import { ADDRESS } from './find-one.js';

/** `portevoix canvass cut|turfs|route|assign|release`: who walks where, and in which order. */
export function addCanvass(program: Command): void {
  const canvass = commandGroup(program, 'canvass', 'door to door: areas, turfs, walks and results');
  canvass
    .command('cut')
    .description('cut doors into turfs as alike as can be; those that are begun stay as they are')
    .option('--turfs <number>', 'how many')
    .option('--size <doors>', 'or how many doors each should have')
    .option(
      '--station <code...>',
      'only doors of these polling stations, the first to be walked first',
    )
    .option('--reach <metres>', 'doors so far apart are still neighbours, 150 by default')
    .option('--json', 'print what was done as JSON')
    .action(async (options) => {
      await (await import('./canvass/cut.js')).cut(options);
    });
  canvass
    .command('turfs')
    .description('every turf, with how far it is and who walks it')
    .option('--json', 'one JSON object a line')
    .action(async (options) => {
      await (await import('./canvass/turfs.js')).listTurfs(options);
    });
  canvass
    .command('route')
    .description('the walk list of a turf, or a short closed tour of a TSPLIB file of points')
    .argument('[turf]', 'its name, or the beginning of its id')
    .option('--file <file.tsp>', 'points by EUC_2D, CEIL_2D, MAN_2D, MAX_2D, ATT or GEO')
    .option('--json', 'print order, length and, of a file, milliseconds of CPU time as JSON')
    .action(async (turf: string | undefined, options) => {
      await (await import('./canvass/route.js')).route(turf, options);
    });
  canvass
    .command('assign')
    .description('keep a turf for a volunteer, who gets it when they ask for one')
    .argument('<turf>', 'its name, or the beginning of its id')
    .argument('<volunteer>', ADDRESS)
    .option('--leader <person>', 'who is told when somebody on it needs help')
    .option('--json', 'print the outcome as JSON')
    .action(async (turf: string, volunteer: string, options) => {
      await (await import('./canvass/assign.js')).assign(turf, volunteer, options);
    });
  canvass
    .command('release')
    .description('take a turf from those who walk it; what they reported stays')
    .argument('<turf>', 'its name, or the beginning of its id')
    .option('--json', 'print the outcome as JSON')
    .action(async (turf: string, options) => {
      await (await import('./canvass/assign.js')).release(turf, options);
    });
}
