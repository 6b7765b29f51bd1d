import { explain } from './cli/explain.js';
import { readSettings } from './config.js';
import { createLog } from './log.js';
import { startProgram } from './program.js';

/** A stop that takes longer than this is cut short; the outbox goes on after the next start. */
const LONGEST_STOP_MS = 10_000;

/** Starts, says where, and stops cleanly when asked. */
async function main(): Promise<void> {
  const settings = readSettings();
  const log = createLog(settings.logLevel);
  const program = await startProgram(settings, log);
  process.stdout.write(
    [
      '',
      'Portevoix is ready.',
      `  Site with the chat   ${program.url}/`,
      ...(program.staffUrl === undefined ? [] : [`  Staff console        ${program.staffUrl}`]),
      `  For other sites      <script src="${program.url}/embed.js" async></script>`,
      `  Data                 ${program.location}`,
      '',
    ].join('\n'),
  );

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({}, 'stopped before everything was closed');
      process.exit(1);
    }, LONGEST_STOP_MS).unref();
    void program.stop().then(() => {
      log.info({}, 'stopped');
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A fault outside every turn: say it and let the supervisor start us afresh; nothing saved is lost.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught');
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled');
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
