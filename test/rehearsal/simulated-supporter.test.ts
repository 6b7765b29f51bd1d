import { expect, test } from '@jest/globals';
import { REHEARSED } from '../../src/rehearsal/rehearsal.js';
import { isGone, isPromised, simulateSupporter } from '../../src/rehearsal/simulated-supporter.js';

const people = Array.from({ length: 3_000 }, (_, index) => simulateSupporter(index, REHEARSED));

test('simulated supporters have addresses of their own', () => {
  const places = people.flatMap((one) =>
    one.places.map(({ channel, address }) => channel + address),
  );
  expect(new Set(places).size).toBe(places.length);
});

test('most have to be reached, on every channel', () => {
  expect(people.filter(isPromised).length).toBeGreaterThan(people.length * 0.9);
  for (const channel of REHEARSED) {
    const own = people.filter((one) => one.places[0]?.channel === channel);
    expect(own.filter(isPromised).length).toBeGreaterThan(900);
  }
});

test('some never agreed, some blocked us, and of these some are reached elsewhere', () => {
  expect(people.some(({ agreed }) => !agreed)).toBe(true);
  const gone = people.filter(
    ({ places: [first] }) => first && isGone(first.channel, first.address),
  );
  expect(gone.some((one) => isPromised(one))).toBe(true);
  expect(gone.some((one) => !isPromised(one))).toBe(true);
});

test('who wrote too long ago on WhatsApp is promised nothing there', () => {
  const only = people.filter(
    ({ places }) => places.length === 1 && places[0]?.channel === 'whatsapp',
  );
  const silent = only.filter(({ wroteLately }) => !wroteLately);
  expect(silent.length).toBeGreaterThan(0);
  expect(silent.some(isPromised)).toBe(false);
});
