import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSigner } from '../../src/sign.js';
import type { Store } from '../../src/store/connection.js';
import {
  emailPlace,
  openOptOuts,
  phonePlace,
  type OptOuts,
} from '../../src/supporters/opt-outs.js';
import { openHere } from '../store/support.js';

const day = (number: number): Date => new Date(Date.UTC(2030, 0, number));

let store: Store;
let close: () => Promise<void>;
let optOuts: OptOuts;
beforeEach(async () => {
  ({ store, close } = await openHere());
  optOuts = openOptOuts(store.connection, createSigner('a secret', 'opt-outs'));
});
afterEach(() => close());

describe('the register of opt-outs', () => {
  test('knows a place again, and nobody who is not in it', async () => {
    await optOuts.enter([emailPlace('Lea@Exemple.org'), phonePlace('+33612345678')], day(1), 7);
    expect(await optOuts.latest([emailPlace('lea@exemple.org ')])).toMatchObject({
      at: day(1),
      reason: 'erased',
      turns: 7,
    });
    expect(await optOuts.latest([phonePlace('+33612345678')])).toBeDefined();
    expect(await optOuts.latest([emailPlace('tom@exemple.org'), 'web:c1'])).toBeUndefined();
  });

  test('holds no place that could be read, nor one that another key could find', async () => {
    await optOuts.enter([emailPlace('lea@exemple.org')], day(1), 7);
    const rows = JSON.stringify(await optOuts.table.find({}));
    expect(rows).not.toMatch(/lea|exemple/i);
    const other = openOptOuts(
      store.connection.useDb(store.connection.name, { useCache: false }),
      createSigner('another secret', 'opt-outs'),
    );
    expect(await other.latest([emailPlace('lea@exemple.org')])).toBeUndefined();
  });

  test('keeps the later instant and the more turns, in whatever order they come', async () => {
    await optOuts.enter(['web:c1'], day(2), 3);
    await optOuts.enter(['web:c1'], day(3), 1);
    await optOuts.enter(['web:c1'], day(1), 9);
    expect(await optOuts.latest(['web:c1'])).toMatchObject({ at: day(3), turns: 3 });
    await optOuts.enter(['web:c2'], day(5), 1);
    expect(await optOuts.latest(['web:c1', 'web:c2'])).toMatchObject({ at: day(5) });
    expect(await optOuts.table.count({})).toBe(2);
  });
});
