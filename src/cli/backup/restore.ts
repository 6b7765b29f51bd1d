import { resolve } from 'node:path';
import { readSettings } from '../../config.js';
import { moved } from '../../outreach/messages/message.js';
import { isServerAtWork } from '../../scheduler.js';
import { keepSecretKey, readSecretKey } from '../../secrets.js';
import type { BackupHeader } from '../../store/backup/frames.js';
import { verifyBackup } from '../../store/backup/read-backup.js';
import { restoreBackup } from '../../store/backup/restore-backup.js';
import { eraseAgain } from '../../supporters/privacy/erase-again.js';
import { openProgressBar } from '../progress-bar.js';
import { Refusal } from '../refusal.js';
import { withPeople, type PeopleAtHand } from '../with-people.js';
import { write } from '../write.js';
import { keyFingerprint } from './key-fingerprint.js';

type Options = {
  readonly replace?: boolean;
  readonly keepSending?: boolean;
  readonly json?: boolean;
};

/** `portevoix restore FILE`: the file is read to its end before anything is changed. */
export async function restore(file: string, options: Options): Promise<void> {
  const { dataDir, secretKey } = readSettings();
  const path = resolve(file);
  const bar = openProgressBar();
  try {
    const { header } = await verifyBackup(path, (share) => bar.show(share / 2, 'checking'));
    // In a fresh folder a key would be generated otherwise, and kept.
    const isFresh = readSecretKey(dataDir, secretKey) === undefined;
    if (isFresh && header.secret !== undefined) keepSecretKey(dataDir, header.secret);
    await withPeople(
      async (people) => {
        await refuseInUse(people);
        let [erased, paused] = [0, 0];
        const restored = await restoreBackup(people.connection, path, {
          replace: options.replace === true,
          now: new Date(),
          // Who was erased since is not to come back.
          lasting: ['opt_outs'],
          progress: (share, documents) => bar.show(0.5 + share / 2, `${documents} documents`),
          async mend() {
            erased = await eraseAgain(people, people.erase, header.at);
            if (options.keepSending !== true) paused = await pauseAll(people);
            if (options.replace === true) takeKey(people, header);
          },
        });
        bar.end();
        const isSameKey = header.key === keyFingerprint(readSecretKey(dataDir, secretKey) ?? '');
        const outcome = { at: header.at, ...restored, erased_again: erased, paused };
        await write(
          options.json === true
            ? `${JSON.stringify({ ...outcome, same_key: isSameKey })}\n`
            : describe(outcome, isSameKey),
        );
      },
      { unfinished: true },
    );
  } finally {
    bar.end();
  }
}

/** A server would write into what is being replaced. */
async function refuseInUse({ store, connection }: PeopleAtHand): Promise<void> {
  const isInUse =
    store.kind === 'embedded' ? !store.owner : await isServerAtWork(connection, new Date());
  if (!isInUse) return;
  throw new Refusal(
    'A server is at work on this store: stop it everywhere, wait half a minute, and run this again.',
  );
}

/** What was sent since the backup is not known any more, and would be sent again. */
async function pauseAll({ messages, sequences }: PeopleAtHand): Promise<number> {
  let paused = 0;
  for (const row of await sequences.findAll()) {
    if (row.state !== 'active') continue;
    await sequences.move(row, 'paused', new Date());
    paused += 1;
  }
  for (const { _id, follows } of await messages.findActive()) {
    if (follows !== undefined) continue;
    const after = await messages.change(_id, (row) => {
      const state = moved(row.state, 'pause');
      return state === undefined ? undefined : { ...row, state };
    });
    if (after !== undefined) paused += 1;
  }
  return paused;
}

/** A generated key goes with the data that it signed for. */
function takeKey({ settings, secret }: PeopleAtHand, { secret: brought }: BackupHeader): void {
  if (brought === undefined || brought === secret || settings.secretKey !== undefined) return;
  keepSecretKey(settings.dataDir, brought);
}

function describe(
  outcome: {
    readonly at: Date;
    readonly collections: number;
    readonly documents: number;
    readonly erased_again: number;
    readonly paused: number;
  },
  isSameKey: boolean,
): string {
  const { at, collections, documents, erased_again: erased, paused } = outcome;
  const lines = [
    `${documents} documents of ${collections} collections, as they were at ${at.toISOString()}.`,
  ];
  if (erased > 0) lines.push(`${erased} people were erased since, and are erased again.`);
  if (paused > 0) {
    lines.push(
      `${paused} messages and sequences under way are paused, for what was sent since the backup would be sent again: see portevoix messages list and portevoix sequences list.`,
    );
  }
  if (!isSameKey) {
    lines.push(
      'The key that signs links is another one than that of the backup: set SECRET_KEY to that one before you start. With another, links and sign-ins of before are not good any more, and the register of those who were erased knows nobody.',
    );
  }
  return `${lines.join('\n')}\n`;
}
