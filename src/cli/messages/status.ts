import { DELIVERY_STATES } from '../../outreach/messages/deliveries.js';
import { statusOf, type MessageStatus } from '../../outreach/messages/status.js';
import { printable, printableJson } from '../printable.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';
import { findMessage } from './at-hand.js';

/** `portevoix messages status ID`. */
export async function showStatus(id: string, { json }: { json?: boolean }): Promise<void> {
  await withPeople(async (people) => {
    const row = await findMessage(people, id);
    const status = await statusOf(row, people.deliveries, Date.now());
    await write(json === true ? `${printableJson(status)}\n` : describe(status));
  });
}

function describe({ name, state, reasons, rate, endsAt, ...counts }: MessageStatus): string {
  const ends = endsAt === undefined ? '' : `, ends ${endsAt.slice(0, 19)}Z`;
  const lines = DELIVERY_STATES.map((one) => [one, counts[one]] as const).filter(([, n]) => n > 0);
  return [
    `${printable(name)}: ${state}${rate > 0 ? `, ${rate}/s` : ''}${ends}`,
    ...lines.map(([what, people]) => `  ${people.toLocaleString('en')} ${what}`),
    ...Object.entries(reasons).map(([why, people]) => `    ${people.toLocaleString('en')} ${why}`),
    '',
  ].join('\n');
}
