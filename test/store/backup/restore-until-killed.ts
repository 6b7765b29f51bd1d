import { restoreBackup } from '../../../src/store/backup/restore-backup.js';
import { openStore } from '../../../src/store/connection.js';

/** Restores a backup, and dies in the middle of it as by kill -9. */
async function main([dataDir = '', path = '', moment = '']: readonly string[]) {
  const store = await openStore({ dataDir, inProcess: true, unfinished: true });
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  await restoreBackup(store.connection, path, {
    replace: true,
    now: new Date(),
    lasting: ['opt_outs'],
    progress: (share) => (moment === 'halfway' && share > 0.4 ? die() : undefined),
    async mend() {
      if (moment === 'mending') die();
    },
  });
}

void main(process.argv.slice(2));
