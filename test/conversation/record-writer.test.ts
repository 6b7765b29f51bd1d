import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createRecordWriter,
  LEASE_MS,
  type RecordWriter,
} from '../../src/conversation/record-writer.js';
import { createLog } from '../../src/log.js';
import type { OutboxItem } from '../../src/supporters/outbox-item.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { createMemorySupporters, type MemorySupporters } from './memory-supporters.js';

const at = new Date('2030-01-01T12:00:00Z');
const fresh = newSupporter('s1', 'fr', { channel: 'web', address: 'c1' }, at);
const stranger = { fresh, isNew: false };

let supporters: MemorySupporters;
let writer: RecordWriter;
beforeEach(() => {
  supporters = createMemorySupporters();
  writer = createRecordWriter({
    supporters,
    owner: 'me',
    log: createLog('silent'),
    now: () => at.getTime(),
  });
});

function addTurn(record: SupporterRecord): { record: SupporterRecord; answer: number } {
  const turns = record.turns + 1;
  return { record: { ...record, turns }, answer: turns };
}

function item(id: string): OutboxItem {
  const message = { type: 'text', text: 'Bonjour', language: 'fr' } as const;
  return { id, type: 'send', channel: 'web', address: 'c1', message, at };
}

function addItems(...ids: string[]) {
  return (record: SupporterRecord) => ({
    record: {
      ...record,
      outbox: [...record.outbox, ...ids.map(item)],
      lease: writer.newLease(),
    },
    answer: undefined,
  });
}

describe('a record writer', () => {
  test('writes a stranger first, then each change of what was written', async () => {
    expect(await writer.write('s1', stranger, addTurn)).toBe(1);
    expect(await writer.write('s1', stranger, addTurn)).toBe(2);
    expect(supporters.rows.get('s1')).toMatchObject({ turns: 2, revision: 2 });
  });

  test('changes again what another process wrote meanwhile, and loses nothing', async () => {
    await writer.write('s1', stranger, addTurn);
    let interfered = false;
    supporters.before = () => {
      const row = supporters.rows.get('s1');
      if (interfered || row === undefined) return;
      interfered = true;
      supporters.rows.set('s1', { ...row, revision: row.revision + 1, tags: ['theirs'] });
    };
    expect(await writer.write('s1', stranger, addTurn)).toBe(2);
    expect(supporters.rows.get('s1')).toMatchObject({ turns: 2, tags: ['theirs'] });
  });

  test('reads again after a write that failed in doubt', async () => {
    await writer.write('s1', stranger, addTurn);
    supporters.before = (record) => {
      // The write arrived; its answer did not.
      supporters.rows.set('s1', { ...record, revision: record.revision + 1 });
      throw new Error('connection lost');
    };
    await expect(writer.write('s1', stranger, addTurn)).rejects.toThrow('connection lost');
    supporters.before = () => undefined;
    expect(await writer.write('s1', stranger, addTurn)).toBe(3);
  });

  test('takes one change after the other, however many ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => writer.write('s1', stranger, addTurn)),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test('writes nothing when the change says so', async () => {
    await writer.write('s1', stranger, addTurn);
    expect(await writer.write('s1', stranger, () => ({ answer: 'repeated' }))).toBe('repeated');
    expect(supporters.rows.get('s1')?.revision).toBe(1);
  });

  test('writes somebody new without looking, and looks when that was wrong', async () => {
    let reads = 0;
    const { get } = supporters;
    supporters.get = async (id) => {
      reads += 1;
      return get(id);
    };
    expect(await writer.write('s1', { fresh, isNew: true }, addTurn)).toBe(1);
    expect(reads).toBe(0);
    const other = createRecordWriter({
      supporters,
      owner: 'other',
      log: createLog('silent'),
      now: () => at.getTime(),
    });
    expect(await other.write('s1', { fresh, isNew: true }, addTurn)).toBe(2);
    expect(await writer.write('s1', stranger, addTurn)).toBe(3);
  });

  test('knows nobody where there is no record', async () => {
    expect(await writer.write('nobody', undefined, addTurn)).toBeUndefined();
    expect(await writer.takeLease('nobody')).toEqual([]);
  });

  test('takes what is done out of the outbox with the next write', async () => {
    await writer.write('s1', stranger, addItems('1.0', '1.1'));
    writer.done('s1', ['1.0']);
    await writer.write('s1', stranger, addTurn);
    expect(supporters.rows.get('s1')?.outbox.map(({ id }) => id)).toEqual(['1.1']);
    await writer.settle();
  });

  test('gives the lease back with the last item, without any other write', async () => {
    await writer.write('s1', stranger, addItems('1.0'));
    expect(supporters.rows.get('s1')?.lease).toEqual({
      owner: 'me',
      until: new Date(at.getTime() + LEASE_MS),
    });
    writer.done('s1', ['1.0']);
    await writer.settle();
    expect(supporters.rows.get('s1')).toMatchObject({ outbox: [] });
    expect(supporters.rows.get('s1')).not.toHaveProperty('lease');
  });

  test('takes a lease over with what is left to do', async () => {
    supporters.rows.set('s1', {
      ...fresh,
      revision: 4,
      outbox: [item('2.0')],
      lease: { owner: 'dead', until: new Date(0) },
    });
    expect((await writer.takeLease('s1')).map(({ id }) => id)).toEqual(['2.0']);
    expect(supporters.rows.get('s1')?.lease?.owner).toBe('me');
  });

  test('takes no lease where nothing is left to do, and gives back one that was left', async () => {
    await writer.write('s1', stranger, addTurn);
    await writer.takeLease('s1');
    expect(supporters.rows.get('s1')).not.toHaveProperty('lease');
    const lease = { owner: 'dead', until: new Date(0) };
    supporters.rows.set('s1', { ...fresh, revision: 7, lease });
    expect(await writer.takeLease('s1')).toEqual([]);
    expect(supporters.rows.get('s1')).not.toHaveProperty('lease');
  });

  test('leaves a lease alone that somebody took since it was seen', async () => {
    const left = { owner: 'dead', until: new Date(0) };
    const taken = { owner: 'quicker', until: new Date(at.getTime() + LEASE_MS) };
    supporters.rows.set('s1', { ...fresh, revision: 4, outbox: [item('2.0')], lease: taken });
    expect(await writer.takeLease('s1', left)).toEqual([]);
    expect(supporters.rows.get('s1')?.lease).toEqual(taken);
  });

  test('takes no lease with nothing left to do, whoever writes last', async () => {
    await writer.write('s1', stranger, addItems('1.0'));
    writer.done('s1', ['1.0']);
    await writer.write('s1', undefined, (record) => ({ record, answer: undefined }));
    expect(supporters.rows.get('s1')).toMatchObject({ outbox: [] });
    expect(supporters.rows.get('s1')).not.toHaveProperty('lease');
  });

  test('does not hand out again what was done while the lease was written', async () => {
    const lease = { owner: 'me', until: new Date(0) };
    supporters.rows.set('s1', {
      ...fresh,
      revision: 4,
      outbox: [item('2.0'), item('2.1')],
      lease,
    });
    supporters.before = () => writer.done('s1', ['2.0']);
    expect((await writer.takeLease('s1', lease)).map(({ id }) => id)).toEqual(['2.1']);
    supporters.before = () => undefined;
    await writer.settle();
  });

  test('takes what is done out of the outbox even if the store was away at first', async () => {
    await writer.write('s1', stranger, addItems('1.0'));
    let failures = 0;
    supporters.before = () => {
      failures += 1;
      if (failures < 3) throw new Error('store away');
    };
    writer.done('s1', ['1.0']);
    for (let tries = 0; tries < 300 && failures < 3; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await writer.settle();
    expect(supporters.rows.get('s1')?.outbox).toEqual([]);
  });

  test('reads and answers from what another process wrote, not from memory', async () => {
    await writer.write('s1', stranger, addItems('1.0'));
    const full = (record: SupporterRecord) => ({ answer: record.outbox.length });
    expect(await writer.write('s1', undefined, full)).toBe(1);
    const row = supporters.rows.get('s1');
    if (row === undefined) throw new Error('There is nobody.');
    supporters.rows.set('s1', { ...row, revision: 2, outbox: [], email: 'lea@exemple.org' });
    expect(await writer.write('s1', undefined, full)).toBe(0);
    expect((await writer.read('s1'))?.email).toBe('lea@exemple.org');
  });
});
