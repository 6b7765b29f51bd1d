import { openStore } from '../../../src/store/connection.js';
import { createPairing } from '../../../src/outreach/proxies/pair-proxies.js';
import { openProxies } from '../../../src/outreach/proxies/proxies.js';

/** Matches, accepts, lets go of and calls off proxies, over and over in an order of its own, until it is killed. */
async function main([dataDir = '', salt = '1', rounds = '0']: readonly string[]): Promise<void> {
  const store = await openStore({ dataDir });
  const proxies = openProxies(store.connection);
  const pairing = createPairing(proxies, () => Date.now());
  process.stdout.write('ready\n');
  let turn = Number(salt);
  for (let left = Number(rounds); left > 0; left -= 1) {
    const requests = await proxies.requests.find({});
    for (const { _id, offer } of requests.toSorted(() => ((turn += 7) % 3) - 1)) {
      turn += 1;
      await pairing.match(_id);
      if (offer !== undefined && turn % 3 === 0) await pairing.accept(_id, [offer], {});
      if (offer !== undefined && turn % 5 === 0) await pairing.release(_id, [offer]);
    }
    await proxies.requests.set({}, { tried: [] });
  }
  await store.close();
  process.stdout.write('done\n');
}

void main(process.argv.slice(2));
