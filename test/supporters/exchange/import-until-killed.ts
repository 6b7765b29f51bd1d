import { createSigner } from '../../../src/sign.js';
import { openStore } from '../../../src/store/connection.js';
import { importSupporters } from '../../../src/supporters/exchange/import/import-supporters.js';
import { openPeople } from '../../../src/supporters/open-people.js';
import { openPlaces, placesFile } from '../../../src/supporters/places/open-places.js';
import { CAMPAIGN, CONSENT } from './importing.js';

/** Imports, and dies as by kill -9 between the addresses of a batch and its profiles. */
async function main([dataDir = '', path = '']: readonly string[]) {
  const store = await openStore({ dataDir, inProcess: true });
  const people = openPeople(store.connection, 'a secret');
  let batches = 0;
  const { supporters } = people;
  await importSupporters(path, {
    people: {
      ...people,
      supporters: {
        ...supporters,
        async save(record) {
          if (batches === 1) process.kill(process.pid, 'SIGKILL');
          return supporters.save(record);
        },
      },
    },
    campaign: CAMPAIGN,
    places: openPlaces(placesFile(), () => undefined),
    signer: createSigner('a secret', 'imported supporters'),
    format: 'csv',
    at: new Date(Date.UTC(2031, 0, 1)),
    consent: CONSENT,
    emailConfirmed: true,
    progress: () => void (batches += 1),
  });
}

void main(process.argv.slice(2));
