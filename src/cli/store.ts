import type { Command } from 'commander';
import { readSettings } from '../config.js';
import type { Verification } from '../store/embedded/verify.js';

/** `portevoix store` and `portevoix store verify`. */
export function addStore(program: Command): void {
  const store = program
    .command('store')
    .description(
      'run the embedded store as a process of its own, for several processes on one host',
    )
    .action(async () => {
      const settings = readSettings();
      const { createLog } = await import('../log.js');
      const log = createLog(settings.logLevel);
      const { serveStore } = await import('../store/connection.js');
      const served = await serveStore({ dataDir: settings.dataDir });
      process.stdout.write(`The store is open: ${served.location}\n`);
      await new Promise<void>((resolve) => {
        process.once('SIGTERM', () => resolve());
        process.once('SIGINT', () => resolve());
      });
      log.info({}, 'stopping');
      await served.close();
    });
  store
    .command('verify')
    .description('compare every index with its documents, and rebuild what differs')
    .option('--json', 'print the report as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { verify } = await import('../store/embedded/verify.js');
      const report = await verify(readSettings().dataDir);
      process.stdout.write(`${json === true ? JSON.stringify(report) : describe(report)}\n`);
      if (report.faults.length > 0) process.exitCode = 1;
    });
}

function describe({ documents, collections, entries, faults }: Verification): string {
  const counted = `${documents} documents and ${entries} index entries in ${collections} collections`;
  if (faults.length === 0) return `${counted}: all is right.`;
  const lines = faults.map(({ times, type, ...where }) => {
    return `  ${type} (${times}): ${Object.values(where).join(', ')}`;
  });
  return [`${counted}; found, and mended where it is an index or a count:`, ...lines].join('\n');
}
