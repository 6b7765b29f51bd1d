import { InvalidArgumentError, type Command } from 'commander';

/** `portevoix flows publish|versions|rollback|export|replay`, all beside a running server. */
export function addPublishing(flows: Command): void {
  flows
    .command('publish')
    .description('check the files, replay recorded conversations against them, and publish them')
    .argument('[name...]', 'flows to publish; without, all whose files were never published')
    .option('--comment <text>', 'why, for the history')
    .option('--author <name>', 'who publishes, instead of the account that runs the command')
    .option('--retire <name>', 'take a flow out of force, as when it was renamed', gather)
    .option('--dry-run', 'show what would happen, and publish nothing')
    .option('--json', 'print the result as JSON')
    .action(async (names: string[], options) => {
      await (await import('./publishing/publish.js')).publish(names, options);
    });
  flows
    .command('versions')
    .description('the versions of a flow, with who published them, when and why')
    .argument('<name>', 'name of the flow')
    .option('--json', 'print one version a line as JSON')
    .action(async (name: string, options) => {
      await (await import('./publishing/versions.js')).showVersions(name, options);
    });
  flows
    .command('rollback')
    .description('put an older version of a flow back in force')
    .argument('<name>', 'name of the flow')
    .argument('<version>', 'the version, or how it begins')
    .option('--comment <text>', 'why, for the history')
    .option('--author <name>', 'who does it, instead of the account that runs the command')
    .option('--json', 'print the result as JSON')
    .action(async (name: string, version: string, options) => {
      await (await import('./publishing/rollback.js')).rollback(name, version, options);
    });
  flows
    .command('export')
    .description('write the flows in force to files')
    .argument(
      '[dir]',
      'folder of flows, instead of FLOWS_DIR; words go to the folder locales beside it',
    )
    .option('--force', 'write over files that hold what never was published')
    .option('--json', 'print what was written as JSON')
    .action(async (dir: string | undefined, options) => {
      await (await import('./publishing/export.js')).exportToFiles(dir, options);
    });
  flows
    .command('replay')
    .description('show how recorded conversations would go with the files')
    .argument('[name]', 'one flow, instead of all that differ from what is in force')
    .option('--limit <turns>', 'turns to replay, the last conversations first', readTurns)
    .option('--json', 'print a summary, then one differing conversation a line, as JSON')
    .action(async (name: string | undefined, options) => {
      await (await import('./publishing/replay.js')).replay(name, options);
    });
}

/** Gathers an option that may be given several times. */
function gather(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function readTurns(text: string): number {
  const turns = Number(text);
  if (Number.isSafeInteger(turns) && turns > 0) return turns;
  throw new InvalidArgumentError('It must be a number from 1.');
}
