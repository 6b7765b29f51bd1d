import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openLeases, type Leases, type NamedLease } from '../../src/store/leases.js';
import type { Store } from '../../src/store/connection.js';
import { openHere } from './support.js';

let store: Store;
let close: () => Promise<void>;
let clock: number;
let leases: Leases;
beforeEach(async () => {
  ({ store, close } = await openHere());
  clock = 1_000_000;
  leases = openLeases(store.connection, () => clock);
});
afterEach(() => close());

function leaseOf(owner: string, name = 'telegram polling'): NamedLease {
  return leases.named(owner, name, 20_000);
}

describe('a lease', () => {
  test('is held by one process at a time', async () => {
    const held = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => leaseOf(owner).hold()));
    expect(held.filter((one) => one)).toHaveLength(1);
  });

  test('is prolonged by its holder for as long as it likes', async () => {
    expect(await leaseOf('a').hold()).toBe(true);
    clock += 15_000;
    expect(await leaseOf('a').hold()).toBe(true);
    clock += 15_000;
    expect(await leaseOf('b').hold()).toBe(false);
  });

  test('goes to another once a dead holder prolongs it no more', async () => {
    expect(await leaseOf('a').hold()).toBe(true);
    clock += 20_000;
    expect(await leaseOf('b').hold()).toBe(true);
    expect(await leaseOf('a').hold()).toBe(false);
  });

  test('goes to another at once when it is given up, and only by its holder', async () => {
    expect(await leaseOf('a').hold()).toBe(true);
    await leaseOf('b').release();
    expect(await leaseOf('b').hold()).toBe(false);
    await leaseOf('a').release();
    expect(await leaseOf('b').hold()).toBe(true);
  });

  test('of one name leaves those of others alone', async () => {
    expect(await leaseOf('a').hold()).toBe(true);
    expect(await leaseOf('b', 'something else').hold()).toBe(true);
  });
});
