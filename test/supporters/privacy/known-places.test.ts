import { expect, test } from '@jest/globals';
import type { AddressRow } from '../../../src/supporters/addresses.js';
import type { JournalRow } from '../../../src/supporters/journal.js';
import { findKnownPlaces } from '../../../src/supporters/privacy/known-places.js';
import { newSupporter } from '../../../src/supporters/record.js';

const at = new Date('2030-01-01T12:00:00Z');
const stranger = newSupporter('s1', 'fr', { channel: 'web', address: 'c1' }, at);

function addressRow(channel: string, address: string): AddressRow {
  const _id = `${channel}:${address}`;
  return { _id, supporter: 's1', channel, address, created_at: at, reachable: true };
}

/** What was remembered over time, as the journal has it. */
async function* remembered(
  ...values: [field: string, value: string][]
): AsyncGenerator<JournalRow> {
  for (const [index, [field, value]] of values.entries()) {
    yield {
      _id: `s1:${index}`,
      supporter: 's1',
      turn: index,
      at,
      channel: 'web',
      address: 'c1',
      event: { type: 'elapsed', at: at.getTime(), channel: 'web' },
      effects: [{ type: 'remember', field, value }],
    };
  }
}

test('somebody is known by every e-mail, number and address they ever had', async () => {
  const record = { ...stranger, email: 'new@exemple.org', phone: '+33600000002' };
  const rows = [addressRow('web', 'c1'), addressRow('whatsapp', '+33600000003')];
  const journal = {
    ofSupporter: () =>
      remembered(
        ['email', 'Old@exemple.org'],
        ['phone', '+33600000001'],
        ['first_name', 'Léa'],
        ['email', 'new@exemple.org'],
      ),
  };
  const before = { ...stranger, email: 'imported@exemple.org', phone: '+33600000004' };
  const merges = {
    of: async () => [
      {
        _id: 'm1',
        kept: 's1',
        merged: 's2',
        at,
        proof: { type: 'staff' as const },
        before: { kept: stranger, merged: { ...before, _id: 's2' }, addresses: [] },
        after: { written: '', turns: 1 },
      },
    ],
  };
  const { emails, places } = await findKnownPlaces(record, rows, { journal, merges });
  expect([...emails].sort()).toEqual([
    'Old@exemple.org',
    'imported@exemple.org',
    'new@exemple.org',
  ]);
  expect([...places].sort()).toEqual([
    'email:imported@exemple.org',
    'email:new@exemple.org',
    'email:old@exemple.org',
    'phone:+33600000001',
    'phone:+33600000002',
    'phone:+33600000003',
    'phone:+33600000004',
    'web:c1',
    'whatsapp:+33600000003',
  ]);
});

test('somebody who told nothing is known by the address they write from', async () => {
  const journal = { ofSupporter: () => remembered() };
  const { emails, places } = await findKnownPlaces(stranger, [addressRow('web', 'c1')], {
    journal,
    merges: { of: async () => [] },
  });
  expect([...emails]).toEqual([]);
  expect(places).toEqual(['web:c1']);
});
