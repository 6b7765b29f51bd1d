import type { Command } from 'commander';
import { readSettings } from '../config.js';
import { createLog } from '../log.js';

/** `portevoix store` and `portevoix store verify`. */
export function addStore(program: Command): void {
  const store = program
    .command('store')
    .description(
      'run the embedded store as a process of its own, for several processes on one host',
    )
    .action(async () => {
      const settings = readSettings();
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
      const { verifyStore } = await import('../store/connection.js');
      const report = await verifyStore(readSettings().dataDir);
      process.stdout.write(`${json === true ? JSON.stringify(report) : describe(report)}\n`);
      if (report.mended.length > 0) process.exitCode = 1;
    });
}

function describe(report: {
  collections: number;
  documents: number;
  mended: readonly string[];
}): string {
  const counted = `${report.documents} documents in ${report.collections} collections`;
  if (report.mended.length === 0) return `${counted}: every index is right.`;
  return [`${counted}; rebuilt:`, ...report.mended.map((line) => `  ${line}`)].join('\n');
}
